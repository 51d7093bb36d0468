/**
 * Writes a file of a person's anew: beside it, under a hidden name, and in its place only when all of it is on the disk. Whoever looks, after
 * whatever happened, finds the old bytes or the new ones. A link in its place is not followed.
 */

import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeLeftovers, temporaryName } from '../export/temporary.ts';
import { syncFolder } from '../store/ownPlace.ts';
import { openFile, piecesOf } from './contents.ts';

/** What became of a file since somebody began to read it. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/**
 * The mode stays. Throws `ChangedMeanwhile` when somebody else wrote to it in between, or what the file system says: then it is as it was.
 * @param next what is to stand there, made of what stands there; a file of which it returns nothing is empty
 */
export async function rewriteFile(path: string, next: (pieces: AsyncIterable<Buffer>) => AsyncIterable<Buffer>): Promise<void> {
  await removeLeftovers(dirname(path));
  const partial = join(dirname(path), temporaryName(basename(path)));
  const before = await openFile(path);
  try {
    const { ino, size, mtimeMs, mode } = await before.stat();
    const file = await open(partial, 'wx', mode & 0o7777);
    try {
      await file.chmod(mode & 0o7777); // what the process takes off new files stays on
      for await (const piece of next(piecesOf(before, 0, size))) for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
      await file.sync();
    } finally {
      await file.close();
    }
    const now = await lstat(path);
    if (now.ino !== ino || now.size !== size || now.mtimeMs !== mtimeMs || !now.isFile()) throw new ChangedMeanwhile(`${path} was changed meanwhile.`);
    await rename(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await before.close();
  }
}
