/** What *Health* says of the limits that a person set for Daybook. */

import type { Budget } from '../../shared/protocol.ts';
import type { HealthNote } from '../../shared/health.ts';
import { size } from '../../shared/size.ts';
import type { Slowed } from './pace.ts';

/** What became of the budget since the thread that reads was started last. */
export interface BudgetState {
  readonly slowed?: Slowed & { readonly at: Date };
  /** Bytes of the data folder, where they are more than the limit. */
  readonly diskBytes?: number;
}

const gigabyte = 1e9;

/** Whether so many bytes are more than the disk limit; 0 is no limit. */
export function isOverDisk(bytes: number, { diskGigabytes }: Budget): boolean {
  return diskGigabytes > 0 && bytes > diskGigabytes * gigabyte;
}

export function budgetNotes({ slowed, diskBytes }: BudgetState, budget: Budget): HealthNote[] {
  const notes: HealthNote[] = [];
  if (diskBytes !== undefined) {
    notes.push(note('warning', 'budget-disk', budget.diskGigabytes, `The record takes ${size(diskBytes)}, more than the ${budget.diskGigabytes} GB of daybook.budget.diskGigabytes: sessions `
      + 'from before are no longer read. What happens now is recorded as ever. Daybook: Forget… makes room, and so does a larger limit.'));
  }
  if (slowed?.by === 'memory') {
    notes.push(note('warning', 'budget-memory', budget.memoryMegabytes, `Reading and compressing were slowed down, last at ${time(slowed.at)}: the server held ${size(slowed.residentBytes)}, `
      + `more than the ${budget.memoryMegabytes} MB of daybook.budget.memoryMegabytes. Nothing is left out.`));
  }
  if (slowed?.by === 'cpu') {
    notes.push(note('ok', 'budget-cpu', budget.cpuPercent, `Reading and compressing rest now and then, last at ${time(slowed.at)}, so that the server stays within `
      + `the ${budget.cpuPercent} % of a processor core of daybook.budget.cpuPercent. Nothing is left out.`));
  }
  return notes;
}

/** Of another limit, somebody who dismissed it is told. */
function note(state: HealthNote['state'], code: string, limit: number, message: string): HealthNote {
  return { id: `daybook:${code}:${limit}`, code, state, message };
}

function time(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
