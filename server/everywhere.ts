/**
 * A person's word that nothing is recorded any more, by no window and no program, until they take it back: a file in the data directory,
 * which every process looks at before it records.
 */

import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the file in the data directory. */
export const stopFile = 'stopped';

export interface Everywhere {
  /** RFC 3339; undefined while recording is allowed. Asks the disk each time. */
  readonly stoppedSince: string | undefined;
  /** Nothing happens when it is stopped already. */
  stop(): void;
  resume(): void;
}

/** What is said to who wants something recorded meanwhile. */
export const stoppedReason = 'Recording is stopped everywhere. Daybook: Resume Recording in any window, or daybook resume, begins again.';

/** @param dataDirectory absolute; made where it is not there */
export function createEverywhere(dataDirectory: string): Everywhere {
  const path = join(dataDirectory, stopFile);
  // Whatever bears the name stops: a link there is not followed, neither to look nor to write.
  const since = (): string | undefined => lstatSync(path, { throwIfNoEntry: false })?.mtime.toISOString();
  return {
    get stoppedSince() {
      return since();
    },
    stop() {
      if (since() !== undefined) return;
      mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
      try {
        writeFileSync(path, 'Daybook records nothing while this file is here.\n', { mode: 0o600, flag: 'wx' });
      } catch (error) {
        if (since() === undefined) throw error; // on a full disk the name alone does, and somebody else may have been first
      }
    },
    resume: () => rmSync(path, { force: true }),
  };
}
