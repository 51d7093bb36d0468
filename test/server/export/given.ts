/** What an export was given, and how to find in it what an example says that it is made of. */

import assert from 'node:assert/strict';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { Message } from './expected.ts';

/** What was chosen. */
export interface Given {
  readonly records: readonly DaybookRecord[];
  readonly sessions: readonly SessionDocument[];
}

/** Made once for the same records. */
export function byId(records: readonly DaybookRecord[]): ReadonlyMap<string, DaybookRecord> {
  const known = indexes.get(records) ?? new Map(records.map((record) => [record.id, record]));
  indexes.set(records, known);
  return known;
}

const indexes = new WeakMap<readonly DaybookRecord[], ReadonlyMap<string, DaybookRecord>>();

export function diffOf(id: string, { records }: Given): string {
  return (byId(records).get(id)?.data as { diff?: string } | undefined)?.diff ?? assert.fail(id);
}

export interface Pair {
  readonly prompt: readonly Message[];
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
  readonly labels: readonly { readonly kind: string; readonly records: readonly string[] }[];
}

/** What the first and the second half of the records say: of a call, both are the call and its answer. */
export function provenBy(label: Pair['labels'][number] | undefined, { records }: Given): [unknown, unknown] {
  const proof = (label?.records ?? []).map((id) => byId(records).get(id)?.data ?? assert.fail(id));
  const isCall = label?.kind === 'call-replaced';
  return isCall ? [proof.slice(0, 2), proof.slice(2)] : [proof[0], proof.at(-1)];
}
