/** What is to be finished when a process dies while it forgets. The file says no more than that: what is to go is among the tombstones. */

import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile, replaceFile } from './replaceFile.ts';

export interface Intention {
  /** Another one for each forgetting, so that nobody ends one that came after. */
  readonly id: string;
  /** Process that began it. */
  readonly pid: number;
  /** `begun`: the journal is as it was. `erasing`: some of its files may be rewritten, and the index says nothing about them. `erased`: all are. */
  readonly phase: 'begun' | 'erasing' | 'erased';
}

export interface IntentionFile {
  read(): Intention | undefined;
  begin(): void;
  /** Nothing when there is none any more, or another one. */
  reach(intention: Intention, phase: Intention['phase']): void;
  end(intention: Intention): void;
  /** Whether another process that lives is at it. */
  isOthers(intention: Intention): boolean;
}

/** Whoever takes longer than this is taken for dead: another process may have got its number. Milliseconds. */
const longestMs = 600_000;

/** @param root absolute path of the data directory */
export function openIntention(root: string): IntentionFile {
  const path = join(root, 'forget.json');
  const put = (intention: Intention): void => replaceFile(path, [`${JSON.stringify(intention)}\n`]);

  function read(): Intention | undefined {
    if (!statSync(path, { throwIfNoEntry: false })) return undefined;
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Intention;
    } catch {
      return { id: 'unreadable', pid: 0, phase: 'erasing' }; // somebody changed it by hand: then everything is looked through
    }
  }

  return {
    read,
    // What another process has half erased is still to be finished.
    begin: () => put({ id: randomUUID(), pid: process.pid, phase: read()?.phase === 'erasing' ? 'erasing' : 'begun' }),
    reach(intention, phase) {
      if (read()?.id === intention.id) put({ ...intention, phase });
    },
    end(intention) {
      if (read()?.id === intention.id) removeFile(path);
    },
    isOthers({ pid }) {
      const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      return pid !== process.pid && isAlive(pid) && Date.now() - since < longestMs;
    },
  };
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0); // asks only
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
