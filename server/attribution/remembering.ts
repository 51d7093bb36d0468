/** A witness that is asked once for each hour of what git and the disk did: whoever looks through thousands of edits asks for the same again. */

import type { DaybookRecord } from '../../shared/record.ts';
import { fileKinds, gitKinds, type Witness } from './witness.ts';

const hourMs = 3_600_000;
/** Hours that are remembered; of each kind of question one. */
const mostHours = 64;
/** Longer questions are asked as they are. */
const longestMs = hourMs;

export function remembering(witness: Witness): Witness {
  const hours = new Map<string, readonly DaybookRecord[]>();

  function hour(start: number, kinds: readonly string[]): readonly DaybookRecord[] {
    const key = `${start} ${kinds === gitKinds}`;
    const known = hours.get(key) ?? [...witness.scan({ since: start, until: start + hourMs, kinds })];
    hours.delete(key);
    hours.set(key, known);
    for (const oldest of hours.keys()) {
      if (hours.size <= mostHours) break;
      hours.delete(oldest);
    }
    return known;
  }

  return {
    ...witness,
    *scan({ since, until, kinds }) {
      if ((kinds !== gitKinds && kinds !== fileKinds) || until - since > longestMs) {
        yield* witness.scan({ since, until, kinds });
        return;
      }
      for (let start = Math.floor(since / hourMs) * hourMs; start < until; start += hourMs) {
        for (const record of hour(start, kinds)) {
          const at = Date.parse(record.time);
          if (at >= since && at < until) yield record;
        }
      }
    },
  };
}
