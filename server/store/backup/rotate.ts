/** Which backups stay: the newest of each of the last days and weeks (UTC, from Monday) that have one, and the newest of each other reason. */

import type { Manifest } from './manifest.ts';

export interface Kept {
  /** Days of which one is kept. */
  readonly daily: number;
  /** Weeks of which one is kept. */
  readonly weekly: number;
}

type Dated = Pick<Manifest, 'id' | 'at' | 'reason'>;

const dayMs = 86_400_000;

/** Ids of those that go. The newest of all always stays. */
export function outdated(backups: readonly Dated[], { daily, weekly }: Kept): string[] {
  const newestFirst = backups.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const kept = new Set<string>();
  const keep = (those: Iterable<Dated | undefined>): void => {
    for (const each of those) if (each) kept.add(each.id);
  };
  const firstOf = (group: (backup: Dated) => unknown): (Dated | undefined)[] => [...Map.groupBy(newestFirst, group).values()].map(([first]) => first);
  keep(newestFirst.slice(0, 1));
  keep(firstOf(({ at }) => dayOf(at)).slice(0, daily));
  // The first day of 1970 was a Thursday.
  keep(firstOf(({ at }) => Math.floor((dayOf(at) + 3) / 7)).slice(0, weekly));
  keep(firstOf(({ reason }) => reason).filter((each) => each?.reason !== 'scheduled'));
  return backups.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
}

function dayOf(at: string): number {
  return Math.floor(Date.parse(at) / dayMs);
}
