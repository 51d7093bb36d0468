/** Lines of the journal under the rules of today: which of them are to be others. */

import { setImmediate } from 'node:timers/promises';
import type { DaybookRecord } from '../../shared/record.ts';
import { redactRecords, type Redactor } from '../ingest/redact.ts';
import type { OnFound } from '../ingest/redaction/rule.ts';
import { parseRecord } from '../store/payload.ts';
import { withFates, type Fate } from './attachments.ts';
import { baseOf, identify, type Identities } from './identity.ts';

export interface LookAtLines {
  readonly redactor: Redactor;
  readonly onFound: OnFound;
  readonly fates: ReadonlyMap<string, Fate>;
  /** Whether the first revision with this id is to be looked at; undefined where everything is. */
  readonly chosen: ReadonlySet<string> | undefined;
  readonly identities: Identities;
  /** Called between batches; what it throws ends the reading. */
  readonly between: () => void;
}

/** A line and the one that is to stand in its place. */
export interface LineChange {
  readonly line: Buffer;
  readonly next: string;
  /** Absent for a line that is no record. */
  readonly records?: { readonly before: DaybookRecord; readonly after: DaybookRecord };
}

/** Lines whose strings share one look, and after which a server answers others. */
const batchLines = 200;
const batchBytes = 1 << 20;

export async function* changesOf(lines: Iterable<Buffer>, look: LookAtLines): AsyncGenerator<LineChange> {
  for (const batch of batches(lines)) {
    look.between();
    await setImmediate();
    const [records, others] = parted(batch);
    yield* await changedRecords(records, look);
    if (!look.chosen) yield* await changedOthers(others, look);
  }
}

interface Parsed {
  readonly line: Buffer;
  readonly record: DaybookRecord;
}

function parted(lines: readonly Buffer[]): readonly [Parsed[], Buffer[]] {
  const records: Parsed[] = [];
  const others: Buffer[] = [];
  for (const line of lines) {
    const record = parseRecord(line);
    if (record) records.push({ line, record });
    else others.push(line);
  }
  return [records, others];
}

async function changedRecords(parsed: readonly Parsed[], { redactor, onFound, fates, chosen, identities }: LookAtLines): Promise<LineChange[]> {
  const wanted = parsed.filter(({ record }) => chosen?.has(baseOf(record)) ?? true);
  // A revision has the id of its thing and a hash of its payload, which another payload does not have.
  const redacted = await redactRecords(redactor, wanted.map(({ record }) => ({ ...record, id: baseOf(record) })), onFound);
  const after = new Map(wanted.map(({ record }, at) => [record, redacted[at]]));
  return parsed.flatMap(({ line, record }) => {
    const seen = after.get(record);
    const isFound = seen !== undefined && (seen.redactions ?? 0) > (record.redactions ?? 0);
    const next = withFates(isFound ? seen : record, fates);
    return next === record ? [] : [change(line, record, { ...next, id: identify(record, { ...next, id: isFound ? seen.id : baseOf(record) }, identities) })];
  });
}

function change(line: Buffer, before: DaybookRecord, after: DaybookRecord): LineChange {
  return { line, next: JSON.stringify(after), records: { before, after } };
}

/** What is no record is read by nobody but people, and they are to read no secret in it either. */
async function changedOthers(lines: readonly Buffer[], { redactor, onFound }: LookAtLines): Promise<LineChange[]> {
  const changes: LineChange[] = [];
  for (const line of lines) {
    const value = jsonOf(line);
    if (value === undefined) {
      const { text, count } = await redactor.text(line.toString('utf8'), onFound);
      if (count > 0) changes.push({ line, next: text });
      continue;
    }
    const [found] = await redactor.values([value], onFound);
    if (found && found.count > 0) changes.push({ line, next: JSON.stringify(found.value) });
  }
  return changes;
}

function jsonOf(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8')) as unknown;
  } catch {
    return undefined; // the rest of a line: it is looked at as text
  }
}

function* batches(lines: Iterable<Buffer>): Generator<Buffer[]> {
  let batch: Buffer[] = [];
  let bytes = 0;
  for (const line of lines) {
    batch.push(line);
    bytes += line.length;
    if (batch.length < batchLines && bytes < batchBytes) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}
