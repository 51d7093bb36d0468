/** Which of several states counts. */

import type { HealthState } from '../../shared/health.ts';

const ranks: Readonly<Record<HealthState, number>> = { failed: 0, warning: 1, ok: 2 };

/** The worst first. */
export function byRank<T extends { readonly state: HealthState }>(things: readonly T[]): T[] {
  return things.toSorted((a, b) => ranks[a.state] - ranks[b.state]);
}

/** The worst state of some things; `ok` of none. */
export function worst(things: readonly { readonly state: HealthState }[]): HealthState {
  return byRank(things)[0]?.state ?? 'ok';
}
