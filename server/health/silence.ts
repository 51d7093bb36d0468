/** Which files have waited too long to be read. */

import { isBehind, lastChange, type SourceFileState } from './sourceFiles.ts';

/** A file that changed is read within seconds; after this long nobody reads it. */
export const patienceMs = 2 * 60_000;

export interface Silence {
  /** Takes the files as they are now, and tells of each whether it is silent. */
  from(files: readonly SourceFileState[], now: number): (file: SourceFileState) => boolean;
}

/** Remembers since when each file waits: one that grows all the time is never unchanged for long. */
export function createSilence(): Silence {
  let waiting = new Map<string, { readonly offset: number; readonly since: number }>();
  return {
    from(files, now) {
      const still = new Map<string, { readonly offset: number; readonly since: number }>();
      for (const file of files) {
        if (!isBehind(file)) continue;
        const known = waiting.get(file.path);
        still.set(file.path, known?.offset === file.offset ? known : { offset: file.offset, since: now });
      }
      waiting = still;
      return (file) => isBehind(file) && (now - lastChange(file) > patienceMs || now - (still.get(file.path)?.since ?? now) > patienceMs);
    },
  };
}
