/**
 * Puts a restored record in the place of the one that is there, while others may be writing: the intention is written down first, and every
 * write transaction carries it out before it does anything else. Whenever a process dies in between, the next one that writes goes on.
 */

import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { syncFolder } from '../ownPlace.ts';
import { removeFile, replaceFile } from '../replaceFile.ts';

export interface Swap {
  /** Says that what lies in the folder, absolute and inside of the data directory, is to take the place. Call under the write lock. */
  begin(staged: string): void;
  /** Call first in every write transaction. Returns what to call once it is committed; undefined where there was nothing to do. */
  settle(): (() => void) | undefined;
}

export interface SwapDeps {
  /** Absolute path of the data directory. */
  readonly root: string;
  /** The index is to know nothing any more, but the cursors that lie in the folder. Call in a transaction. */
  readonly reset: (staged: string) => void;
}

const parts = ['journal', 'attachments'] as const;

export function openSwap({ root, reset }: SwapDeps): Swap {
  const path = join(root, 'restore.json');

  /** Undefined when there is nothing to do, or when somebody changed the file by hand: it names nothing outside of the folder. */
  function stagedFolder(): string | undefined {
    if (!existsSync(path)) return undefined;
    const { staged } = JSON.parse(readFileSync(path, 'utf8')) as { staged?: unknown };
    return typeof staged === 'string' && !isAbsolute(staged) && /^tmp[\\/]restore-[\w-]+$/.test(staged) ? join(root, staged) : undefined;
  }

  function exchange(staged: string): void {
    for (const part of parts) {
      if (!existsSync(join(staged, part))) continue;
      if (existsSync(join(root, part))) renameSync(join(root, part), join(staged, `${part}-before`));
      renameSync(join(staged, part), join(root, part));
    }
    syncFolder(root);
  }

  return {
    begin: (staged) => replaceFile(path, [`${JSON.stringify({ staged: relative(root, staged) })}\n`]),
    settle() {
      const staged = stagedFolder();
      if (staged === undefined) return undefined;
      exchange(staged);
      reset(staged);
      return () => {
        removeFile(path);
        rmSync(staged, { recursive: true, force: true });
      };
    },
  };
}
