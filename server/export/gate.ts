/** The last gate: everything that leaves goes through the redactor once more, with the rules of today. */

import { setImmediate } from 'node:timers/promises';
import type { DaybookRecord } from '../../shared/record.ts';
import type { SessionDocument } from '../../shared/results.ts';
import type { ExportedSession } from './exportedSession.ts';
import type { Span } from './labels/aftermath.ts';

/** What the gate needs of the redactor. */
export interface Redaction {
  /** Identifies what the rules of today find. */
  readonly ruleSet: string;
  /** The same records in the same order, with `redactions` raised where something was found. */
  records(records: readonly DaybookRecord[]): Promise<readonly DaybookRecord[]>;
  /** The same values in the same order, with the number of redactions. */
  values<T>(values: readonly T[]): Promise<readonly { readonly value: T; readonly count: number }[]>;
}

export interface Gate {
  records(source: Iterable<DaybookRecord>): AsyncGenerator<DaybookRecord>;
  /** @param between what was recorded from one moment to another, in RFC 3339 */
  sessions(source: Iterable<SessionDocument>, between: Between): AsyncGenerator<ExportedSession>;
  /** Counts redactions that somebody else made, in what has this id or name. */
  count(id: string, found: number): void;
  counts(): GateCounts;
}

type Between = (span: Span) => Iterable<DaybookRecord>;

export interface GateCounts {
  /** Records or sessions that went through. */
  readonly chosen: number;
  readonly redactions: number;
  /** Ids of the first records and sessions in which something was found. */
  readonly redacted: readonly string[];
}

/** Records redacted together: their strings share one scan, and a server answers others in between. */
const batchSize = 200;

/** More ids than this would help nobody. */
const maxNamed = 20;

/** @param beforeBatch called before each batch; what it throws ends the reading */
export function createGate(redaction: Redaction, beforeBatch: (chosen: number) => void): Gate {
  let chosen = 0;
  let redactions = 0;
  const redacted: string[] = [];

  function count(id: string, found: number): void {
    if (found === 0) return;
    redactions += found;
    if (redacted.length < maxNamed) redacted.push(id);
  }

  async function pass(batch: readonly DaybookRecord[]): Promise<readonly DaybookRecord[]> {
    const passed = await redaction.records(batch);
    for (const [at, record] of passed.entries()) count(record.id, (record.redactions ?? 0) - (batch[at]?.redactions ?? 0));
    return passed;
  }

  /** Only its ids leave, and it is no part of what was chosen: it is not counted. */
  async function aftermath(spans: readonly Span[], between: Between): Promise<readonly DaybookRecord[]> {
    const records: DaybookRecord[] = [];
    for (const span of spans) {
      for (const batch of batches(between(span))) {
        beforeBatch(chosen);
        await setImmediate();
        records.push(...await redaction.records(batch));
      }
    }
    return records;
  }

  async function turn(): Promise<void> {
    beforeBatch(chosen);
    await setImmediate();
  }

  return {
    async* records(source) {
      for (const batch of batches(source)) {
        await turn();
        for (const record of await pass(batch)) {
          chosen++;
          yield record;
        }
      }
    },
    async* sessions(source, between) {
      for (const { session, turns } of source) {
        await turn();
        const [head] = await redaction.values([session]);
        count(session.id, head?.count ?? 0);
        const passed: SessionDocument['turns'][number][] = [];
        for (const each of turns) {
          const records: DaybookRecord[] = [];
          for (const batch of batches(each.records)) records.push(...await pass(batch));
          passed.push({ ...each, records });
        }
        chosen++;
        yield { session: head?.value ?? session, turns: passed, aftermath: (spans) => aftermath(spans, between) };
      }
    },
    count,
    counts: () => ({ chosen, redactions, redacted }),
  };
}

function* batches(source: Iterable<DaybookRecord>): Generator<DaybookRecord[]> {
  let batch: DaybookRecord[] = [];
  for (const record of source) {
    batch.push(record);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
