/**
 * What is written into the data directory lands there. A link that somebody planted in it, in the place of a file or of a folder, could lead
 * anywhere, and is refused. The data directory itself may be a link: where it is, is the user's choice.
 */

import { closeSync, constants, fsyncSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';

/** Of `open`: what is a link is not opened. Windows has no such flag; there the look before it has to do. */
export const noFollow = constants.O_NOFOLLOW ?? 0;

/**
 * Says where something else lies than a plain file, or nothing, under folders that are folders.
 * @param root absolute path of the data directory
 * @param path absolute, below it
 * @throws ProblemError `link-in-the-way`
 */
export function checkFile(root: string, path: string): void {
  checkFolder(root, dirname(path));
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw inTheWay(path, found.isSymbolicLink());
}

/** The same for a folder, whether or not it is there. */
export function checkFolder(root: string, path: string): void {
  for (const folder of below(root, path)) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (!found) return;
    if (!found.isDirectory()) throw inTheWay(folder, found.isSymbolicLink());
  }
}

/**
 * Makes a folder and those above it, mode 0700, durably.
 * @throws ProblemError `link-in-the-way`, or what the system says
 */
export function makeFolder(root: string, path: string): void {
  checkFolder(root, path);
  const first = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let folder = path; folder !== dirname(first); folder = dirname(folder)) syncFolder(dirname(folder));
}

/** What a folder says of its files is durable only when it is synced; Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The folders on the way from the data directory to a path, the uppermost first. */
function below(root: string, path: string): string[] {
  const parts = relative(root, path).split(sep).filter((part) => part !== '');
  if (parts[0] === '..') throw new Error(`${path} is not below ${root}.`);
  return parts.map((_, at) => join(root, ...parts.slice(0, at + 1)));
}

function inTheWay(path: string, isLink: boolean): ProblemError {
  const what = isLink ? 'is a symbolic link' : 'is neither a file nor a folder of Daybook';
  const message = `${path} ${what}, and Daybook does not write through it: it could lead anywhere. Remove it; to keep the record elsewhere, use the setting daybook.dataDirectory.`;
  return new ProblemError({ code: 'link-in-the-way', message, where: { file: path } });
}
