/** `daybook doctor --repair`: puts right what can be put right, after a backup. Each thing it did is a sentence. */

import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RepairResult } from '../shared/results.ts';
import { plural } from '../shared/words.ts';
import { backUp, type BackedUp } from './backups.ts';
import type { Progress, Store } from './store/store.ts';

export type Repaired = BackedUp & Pick<Store, 'check' | 'makeAnew' | 'behind' | 'rebuild' | 'stats'>;

/** @throws ProblemError when no backup can be made: then nothing but the database, which is kept aside, is touched */
export function repair(store: Repaired, between?: (done: Progress) => void): RepairResult {
  const done: string[] = [];
  // First: a damaged index cannot say what is to be backed up. The journal is not touched, and the old database is kept.
  const [fault] = store.check();
  if (fault !== undefined) {
    const { records, durationMs } = store.makeAnew(fault, between);
    done.push(`The database was damaged (${fault}). It is kept aside, and was made again from the journal: ${plural(records, 'record')} in ${(durationMs / 1_000).toFixed(1)} s.`);
  }
  const backup = store.stats().records > 0 ? backUp(store, { reason: 'repair' }).id : null;
  if (store.behind() > 0) {
    const { records } = store.rebuild(between);
    done.push(`The index and the journal did not agree. It was made again: ${plural(records, 'record')}.`);
  }
  done.push(...closed(store.paths.root), ...tidied(store.paths.journal, join(store.paths.root, 'forget.json')));
  return { backup, done };
}

function closed(root: string): string[] {
  if (process.platform === 'win32' || (statSync(root).mode & 0o077) === 0) return [];
  chmodSync(root, 0o700);
  return [`${root} could be read by other users of this machine, and can no more.`];
}

/** What a process that died left beside a file that it was about to replace: the file itself is whole. */
function tidied(journal: string, intention: string): string[] {
  if (!statSync(journal, { throwIfNoEntry: false }) || statSync(intention, { throwIfNoEntry: false })) return [];
  const left = readdirSync(journal, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.jsonl(?:\.zst)?\.tmp$/.test(entry.name));
  for (const { parentPath, name } of left) rmSync(join(parentPath, name), { force: true });
  return left.length === 0 ? [] : [`${plural(left.length, 'file')} that a process left half-written ${left.length === 1 ? 'was' : 'were'} taken away; nothing of the record was in ${left.length === 1 ? 'it' : 'them'} alone.`];
}
