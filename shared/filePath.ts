/** One name for each file, however it was written: as a URI, as a path of Windows, below a folder. */

const ownSchemes = /^(?:file|vscode-remote|vscode-notebook-cell)$/;
/** Longer ones are no path of any system. */
const longest = 4_096;

/**
 * The absolute path with `/`, a drive as `/c:`; undefined where it cannot be told.
 * @param written a URI or a path
 * @param base what a relative path is below: the URI or absolute path of a folder
 */
export function filePath(written: string, base?: string): string | undefined {
  if (written === '' || written.length > longest || written.includes('\0')) return undefined;
  const uri = /^([A-Za-z][A-Za-z0-9+.-]+):\//.exec(written);
  if (uri) return ownSchemes.test(uri[1] ?? '') ? pathOfUri(written) : undefined;
  const path = isWindows(written) || (base !== undefined && isWindows(base)) ? written.replaceAll('\\', '/') : written;
  if (path.startsWith('/')) return plain(path);
  if (/^[A-Za-z]:\//.test(path)) return plain(`/${path}`);
  const folder = base === undefined ? undefined : filePath(base);
  return folder === undefined || path.startsWith('~') ? undefined : plain(`${folder}/${path}`);
}

function isWindows(text: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\|file:\/\/\/[A-Za-z](?::|%3[Aa])\/)/.test(text);
}

function pathOfUri(uri: string): string | undefined {
  const [, scheme, host = '', path = ''] = /^([^:]+):(?:\/\/([^/?#]*))?([^?#]*)/.exec(uri) ?? [];
  try {
    const decoded = decodeURIComponent(path);
    return plain(scheme === 'file' && host !== '' ? `//${host}${decoded}` : decoded);
  } catch {
    return undefined; // no URI after all
  }
}

/** Without `.`, `..` and empty names; the drive in lower case, as editors write it. */
function plain(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  const start = path.startsWith('//') ? '//' : '/';
  return start + names.join('/').replace(/^[A-Z]:(?=\/|$)/, (drive) => drive.toLowerCase());
}
