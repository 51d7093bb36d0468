/** The one door: every record of every producer comes in through here, in these steps. */

import { attachmentsIn } from '../../shared/attachment.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { RecordResult } from '../../shared/results.ts';
import { isTrouble } from '../../shared/trouble.ts';
import { keepAttachments, type KeepDeps, type Kept } from './attachments/keep.ts';
import { unpackOutputs, type Unpacked } from './attachments/output.ts';
import { createBatcher } from './batch.ts';
import { deduplicate, type Known } from './deduplicate.ts';
import { derived } from './derive.ts';
import { joined, portionsOf } from './portions.ts';
import { redactRecords, type Redactor } from './redact.ts';
import type { Cursor, Submission } from './submission.ts';
import { validate } from './validate.ts';

export interface Ingest {
  /** Resolves when the records are durable. */
  submit(submission: Submission): Promise<RecordResult>;
  /** Resolves when everything submitted so far is settled. */
  idle(): Promise<void>;
}

/** What the pipeline needs of the store. */
export interface IngestStore {
  write<T>(work: (batch: IngestBatch) => T): T;
}

export interface IngestBatch {
  seen: Known['seen'];
  append(records: readonly DaybookRecord[]): void;
  setCursor(path: string, cursor: Omit<Cursor, 'path'>): void;
}

export interface IngestDeps {
  readonly store: IngestStore;
  readonly redactor: Redactor;
  readonly hashes: Pick<Known, 'contentHash' | 'revisionId'>;
  /** Where images and documents are kept, and how large they may be; without it none are. */
  readonly attachments?: Omit<KeepDeps, 'redactor'>;
  /** Awaited between two portions of what is read of a source. */
  readonly between?: () => Promise<void>;
  /** Called after each batch that added something. */
  readonly onStored?: (records: readonly DaybookRecord[]) => void;
}

/** Records in one write transaction: long enough to share a sync, short enough to hold the lock for milliseconds; see portions.ts, too. */
const batchSize = 500;

export function createIngest(deps: IngestDeps): Ingest {
  const batcher = createBatcher<Submission, RecordResult>(
    (submissions) => store(submissions, deps),
    ({ records }) => records.length,
    batchSize,
    isTrouble,
  );
  const pending = new Set<Promise<RecordResult>>();

  async function inPortions(submission: Submission): Promise<RecordResult> {
    const portions = portionsOf(submission);
    const results: RecordResult[] = [];
    for (const portion of portions) {
      if (results.length > 0) await deps.between?.();
      results.push(await batcher.submit(portion));
    }
    return joined(portions, results);
  }

  return {
    async submit(submission) {
      const result = inPortions(submission);
      pending.add(result);
      try {
        return await result;
      } finally {
        pending.delete(result);
      }
    },
    async idle() {
      await Promise.allSettled(pending);
    },
  };
}

async function store(submissions: readonly Submission[], deps: IngestDeps): Promise<readonly RecordResult[]> {
  const checked = submissions.map(({ records, source }) => check(records, source));
  const { records, printed } = await unpackOutputs(checked.flatMap(({ valid }) => valid));
  const redacted = await redactRecords(deps.redactor, records);
  const kept = await keep(redacted, submissions, printed, deps);
  try {
    const derives = checked.flatMap(({ valid }, index) => valid.map(() => submissions[index]?.derive));
    const all = [...kept.records, ...kept.problems, ...(await derived(deps.redactor, kept.records, derives))];
    const cursors = await redactCursors(deps.redactor, submissions.flatMap(({ cursor }) => cursor ?? []));
    const fresh = deps.store.write((batch) => {
      const unique = deduplicate(all, { ...deps.hashes, seen: batch.seen });
      const added = unique.filter((record) => record !== undefined);
      for (const record of added) for (const name of attachmentsIn(record)) kept.files.get(name)?.commit();
      batch.append(added);
      for (const cursor of cursors) batch.setCursor(cursor.path, cursor);
      return unique;
    });
    const stored = fresh.filter((record) => record !== undefined);
    if (stored.length > 0) deps.onStored?.(stored);
    return results(checked, fresh);
  } finally {
    for (const file of kept.files.values()) file.discard();
  }
}

async function keep(
  records: readonly DaybookRecord[], submissions: readonly Submission[], printed: Unpacked['printed'], { attachments, redactor }: IngestDeps,
): Promise<Kept> {
  const said = new Map(submissions.flatMap((submission) => [...(submission.contents ?? [])]));
  const isAny = said.size + printed.size > 0;
  return attachments && isAny ? keepAttachments(records, { said, printed }, { ...attachments, redactor }) : { records, problems: [], files: new Map() };
}

/** What a reader remembers of its file is written down as well: a title, a prompt that waits for its answer. */
async function redactCursors(redactor: Redactor, cursors: readonly Cursor[]): Promise<Cursor[]> {
  const texts = cursors.map(({ cursor, sessions }) => ({ cursor: JSON.parse(cursor) as unknown, sessions }));
  const redacted = await redactor.values(texts);
  return cursors.map((cursor, index) => {
    const { value, count } = redacted[index] ?? { count: 0 };
    return value && count > 0 ? { ...cursor, cursor: JSON.stringify(value.cursor), sessions: value.sessions } : cursor;
  });
}

/** Deals the outcome of the whole batch out to the submissions it was made of. */
function results(checked: readonly Checked[], fresh: readonly (DaybookRecord | undefined)[]): RecordResult[] {
  let from = 0;
  return checked.map(({ valid, rejected }) => {
    const mine = fresh.slice(from, (from += valid.length));
    const accepted = mine.filter((record) => record !== undefined).length;
    return { accepted, duplicates: mine.length - accepted, rejected };
  });
}

interface Checked {
  readonly valid: readonly DaybookRecord[];
  readonly rejected: RecordResult['rejected'];
}

function check(records: readonly unknown[], source: string): Checked {
  const valid: DaybookRecord[] = [];
  const rejected: { line: number; reason: string }[] = [];
  for (const [index, input] of records.entries()) {
    const result = validate(input, source);
    if ('record' in result) valid.push(result.record);
    else rejected.push({ line: index + 1, reason: result.reason });
  }
  return { valid, rejected };
}
