/**
 * Paths that a session names. Others wrote them: only ordinary files of this machine are ever looked at, for even to look at a share of
 * another machine would say hello to it.
 */

import { stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const longest = 1_000;
/** Asking about what is below them can wait, or do something. */
const systemFolders = ['/dev', '/proc', '/sys', '/net', '/run'];

/**
 * The absolute path that is meant; undefined for what is no file of this machine, or leads out of the folder it is named in.
 * @param folder absolute path that relative ones are below; undefined when it is not known
 */
export function pathMeant(path: string, folder: string | undefined): string | undefined {
  if (path === '' || path.length > longest || /\p{Cc}/u.test(path) || /^(?:[\\/]{2}|~)/.test(path)) return undefined;
  const isOther = process.platform === 'win32' ? /^\\\\|^\/\//.test(normalize(path)) : /^[a-z]:[\\/]/i.test(path);
  if (isOther) return undefined;
  if (isAbsolute(path)) return isSystem(normalize(path)) ? undefined : normalize(path);
  if (folder === undefined || isSystem(folder)) return undefined;
  const meant = join(folder, path);
  const below = relative(folder, meant);
  return below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below) ? undefined : meant;
}

/** Whether it is an ordinary file that is there. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false; // gone, or not to be seen by this person: either way it cannot be opened
  }
}

/** Folder of a workspace URI as a path of this machine; undefined for a folder elsewhere. */
export function folderOf(workspace: string | null): string | undefined {
  if (workspace === null || !/^file:\/\/\//i.test(workspace)) return undefined;
  try {
    return fileURLToPath(workspace);
  } catch {
    return undefined; // of another platform
  }
}

function isSystem(path: string): boolean {
  return process.platform !== 'win32' && systemFolders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}
