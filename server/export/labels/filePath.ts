/** One spelling for a file, however a record names it: an absolute path with `/`, as a URI has it. */

/**
 * @param name a URI, an absolute path, or a path below `folder`
 * @param folder URI of a folder; null where it is not known
 * @returns undefined where it cannot be told which file it is
 */
export function filePath(name: string, folder: string | null): string | undefined {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name)) return pathOf(name);
  const plain = name.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(plain)) return pathOf(`file:///${plain.replaceAll('%', '%25')}`);
  if (plain.startsWith('/')) return pathOf(`file://${plain.replaceAll('%', '%25')}`);
  const base = folder === null ? undefined : pathOf(folder);
  return base === undefined ? undefined : pathOf(`file://${base.replaceAll('%', '%25')}/${plain.replaceAll('%', '%25')}`);
}

function pathOf(uri: string): string | undefined {
  const { pathname } = URL.parse(uri.replaceAll('?', '%3F').replaceAll('#', '%23')) ?? {};
  if (pathname === undefined) return undefined;
  try {
    return decodeURIComponent(pathname).replace(/^\/[a-z]:/, (drive) => drive.toUpperCase()).replace(/\/+$/, '') || undefined;
  } catch {
    return undefined; // no URI that anybody could have meant
  }
}

/** Whether one of two folders is the other one or lies in it. */
export function isWithin(one: string | null | undefined, other: string | null | undefined): boolean {
  const [a, b] = [one, other].map((uri) => (uri ? pathOf(uri) : undefined));
  return a !== undefined && b !== undefined && (`${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`));
}
