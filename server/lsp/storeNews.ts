/** Says when the store holds something new, whoever put it there; a burst is said once. */

import { watch, type FSWatcher } from 'node:fs';
import { sentence } from '../../shared/problem.ts';
import type { Core } from '../core.ts';
import { stopFile } from '../everywhere.ts';

export interface StoreNews {
  /** Something of our own was stored. */
  stored(): void;
  /** Begins to look for what other windows, the command line and our own reading thread write: the database's log file tells. */
  watch(core: Pick<Core, 'dataDirectory' | 'version'>): void;
  close(): void;
}

export interface StoreNewsDeps {
  readonly tell: () => void;
  readonly onTrouble: (message: string) => void;
  /** Recording was stopped everywhere, or is no longer: called more often than that is so. */
  readonly onStop: () => void;
}

/** Views are told of news at most this often. */
const tellMs = 300;

export function createStoreNews({ tell, onTrouble, onStop }: StoreNewsDeps): StoreNews {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function stored(): void {
    if (!closed) timer ??= setTimeout(() => {
      timer = undefined;
      tell();
    }, tellMs);
  }

  return {
    stored,
    watch(core) {
      const blind = (error: unknown): void => onTrouble(`${core.dataDirectory} cannot be watched: ${sentence(error)}`);
      let known = core.version();
      try {
        watcher = watch(core.dataDirectory, { persistent: false }, (_kind, name) => {
          if (name === stopFile) onStop();
          if (!name?.startsWith('daybook.db') || timer) return;
          try {
            const now = core.version();
            if (now !== known) stored();
            known = now;
          } catch (error) {
            blind(error); // somebody deleted the folder: the next record makes it again
          }
        });
        watcher.on('error', blind);
      } catch (error) {
        blind(error); // the system is out of watches: everything else goes on
      }
    },
    close() {
      closed = true;
      watcher?.close();
      clearTimeout(timer);
    },
  };
}
