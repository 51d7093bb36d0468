/** The data directory itself. */

import { closeSync, constants, mkdirSync, openSync, rmSync, writeSync, fdatasyncSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, sentence } from '../../shared/problem.ts';
import { refuseNetwork } from './network.ts';
import { noFollow } from './ownPlace.ts';
import { writeTrouble } from './trouble.ts';

/**
 * Makes it, mode 0700, where it is not there.
 * @throws ProblemError `network-directory`, `directory-unusable`, or one of trouble.ts
 */
export function makeRoot(root: string): void {
  try {
    refuseNetwork(root);
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (error) {
    const trouble = writeTrouble(error, root);
    if (trouble instanceof ProblemError) throw trouble;
    const message = `The data directory ${root} cannot be used: ${sentence(error)}.`;
    throw new ProblemError({ code: 'directory-unusable', message, where: { file: root, setting: 'daybook.dataDirectory' } }, { cause: error });
  }
}

/** As much as a batch of records may need. */
const probe = Buffer.alloc(64 << 10, '\n');

/** Writes a little, durably, and takes it away again. @throws what the system says */
export function tryPlace(root: string): void {
  const path = join(root, `.try-${process.pid}`);
  rmSync(path, { force: true });
  const handle = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
  try {
    for (let at = 0; at < probe.length;) at += writeSync(handle, probe, at);
    fdatasyncSync(handle);
  } finally {
    closeSync(handle);
    rmSync(path, { force: true });
  }
}
