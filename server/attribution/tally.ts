/** How many edits were whose: what is unknown is counted, too. */

import type { ActorCounts } from '../../shared/links.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { fileKinds, type Witness } from './witness.ts';

const dayMs = 86_400_000;
const days = 7;
/** Day by day from the newest on, until so many are told. */
const mostCounted = 5_000;
const kinds = ['editor.edited', ...fileKinds];

/** @param now milliseconds since 1970 */
export function countActors(scan: Witness['scan'], actor: (record: DaybookRecord) => string | undefined, now: number): ActorCounts {
  const counts: Record<string, number> = {};
  let total = 0;
  let since = now;
  for (let day = 0; day < days && total < mostCounted; day++) {
    for (const record of scan({ since: since - dayMs, until: since, kinds })) {
      const who = actor(record) ?? 'unknown';
      counts[who] = (counts[who] ?? 0) + 1;
      total++;
    }
    since -= dayMs;
  }
  return { since: new Date(since).toISOString(), total, byActor: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
