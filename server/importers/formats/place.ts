/** Paths that a source names, of whatever system it was written on. */

import { fileURLToPath, pathToFileURL } from 'node:url';

/** The file URI of an absolute path, also of one on Windows read on another system; undefined for what is no absolute path. */
export function fileUri(path: string): string | undefined {
  const windows = isWindows(path);
  if (!windows && !path.startsWith('/')) return undefined;
  try {
    return pathToFileURL(path, { windows }).href;
  } catch {
    return undefined; // A network path whose server is no host name: there is no URI for it.
  }
}

/** The absolute path of a `file:` URI, in the spelling of the system it names; undefined for other URIs. */
export function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri, { windows: /^file:\/\/(?:[^/]|\/[A-Za-z](?::|%3A))/i.test(uri) });
  } catch {
    return undefined; // Not a file URI, or one that names no path.
  }
}

/** The names a path is made of, the file's own last. */
export function segments(path: string): readonly string[] {
  return path.split(/[\\/]/).filter((name) => name !== '');
}

/** The name of a file without its last extension. */
export function fileStem(path: string): string {
  return (segments(path).at(-1) ?? path).replace(/(.)\.[^.]*$/, '$1');
}

/** The folder a file lies in. */
export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '') || '/';
}

function isWindows(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path) || /^\\\\[^\\/]+[\\/][^\\/]/.test(path);
}
