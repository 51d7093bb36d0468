import { pathToFileURL } from 'node:url';

/** The file URI of a working directory, also of one on Windows read on another system; undefined for what is no absolute path. */
export function workspaceUri(cwd: string): string | undefined {
  const windows = /^[A-Za-z]:[\\/]/.test(cwd) || /^\\\\[^\\/]+[\\/][^\\/]/.test(cwd);
  if (!windows && !cwd.startsWith('/')) return undefined;
  try {
    return pathToFileURL(cwd, { windows }).href;
  } catch {
    return undefined; // A network path whose server is no host name: there is no URI for it.
  }
}
