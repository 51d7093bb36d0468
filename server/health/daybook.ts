/** Daybook's own place: whether it can be written, who can read it, whether the index knows what the journal holds. */

import { accessSync, constants, statSync } from 'node:fs';
import { sentence } from '../../shared/problem.ts';
import type { DoctorResult } from '../../shared/results.ts';
import { createEverywhere } from '../everywhere.ts';
import type { Store } from '../store/store.ts';

export type Check = DoctorResult['checks'][number];

export function checkDirectory(root: string): Check {
  const name = 'data directory';
  try {
    accessSync(root, constants.R_OK | constants.W_OK);
  } catch (error) {
    return { name, state: 'failed', message: `${root} cannot be written: ${sentence(error)}.` };
  }
  const open = process.platform !== 'win32' && (statSync(root).mode & 0o077) !== 0;
  if (open) return { name, state: 'warning', message: `${root} can be read by other users of this machine. Run: chmod 700 '${root}'` };
  return { name, state: 'ok', message: root };
}

export function checkStopped(root: string): Check {
  const name = 'recording';
  const since = createEverywhere(root).stoppedSince;
  if (since === undefined) return { name, state: 'ok', message: 'Recording is not stopped.' };
  return { name, state: 'warning', message: `Recording is stopped everywhere since ${since}. Daybook: Resume Recording, or daybook resume, begins again.` };
}

export function checkIndex(store: Store): Check {
  const behind = store.behind();
  if (behind === 0) return { name: 'index', state: 'ok', message: 'The index holds everything the journal holds.' };
  const files = behind === 1 ? 'One journal file holds' : `${behind} journal files hold`;
  return { name: 'index', state: 'warning', message: `${files} more, or less, than the index. Run: daybook rebuild` };
}
