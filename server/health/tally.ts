/** What the record holds of each source: figures, and what was lost, one by one. */

import { setImmediate } from 'node:timers/promises';
import type { Problem } from '../../shared/problem.ts';
import { parseType, type DaybookRecord, type SourceGap, type UnknownChatRecord } from '../../shared/record.ts';
import type { Ledger, LedgerEntry, LedgerFigures } from '../store/ledger.ts';

export interface Tally {
  readonly figures: readonly LedgerFigures[];
  readonly problems: readonly Met<Problem>[];
  readonly gaps: readonly Met<SourceGap>[];
  readonly unknown: readonly Met<{ readonly type: string; readonly session: string | undefined; readonly entry: LedgerEntry }>[];
}

/** Something that was met and recorded. */
export interface Met<Data> {
  readonly id: string;
  readonly source: string;
  /** RFC 3339. */
  readonly time: string;
  readonly data: Data;
}

type Note =
  | { readonly kind: 'source.problem'; readonly met: Met<Problem> }
  | { readonly kind: 'source.gap'; readonly met: Met<SourceGap> }
  | { readonly kind: 'unknown'; readonly met: Tally['unknown'][number] };

/** Kinds that say what was not recorded as it should be. */
const lossKinds = ['source.problem', 'source.gap', 'unknown'] as const;

export interface Tallies {
  take(): Promise<Tally>;
}

/** How many records are read without letting others run. */
const readsAtOnce = 100;

/** Remembers what it has read, by where it lies: a second look reads only what is new. */
export function createTallies(ledger: () => Ledger): Tallies {
  let known = new Map<string, Note | undefined>();

  async function take(): Promise<Tally> {
    const figures: LedgerFigures[] = [];
    const seen = new Map<string, Note | undefined>();
    for (let after: number | undefined = 0; after !== undefined;) {
      const slice = ledger().slice(after, lossKinds);
      figures.push(...slice.figures);
      for (const [at, entry] of slice.marked.entries()) {
        if (at % readsAtOnce === readsAtOnce - 1) await setImmediate();
        seen.set(entry.place, known.has(entry.place) ? known.get(entry.place) : noteOf(entry));
      }
      await setImmediate();
      after = slice.next;
    }
    known = seen;
    const notes = [...seen.values()].filter((note) => note !== undefined);
    return {
      figures,
      problems: notes.flatMap(({ kind, met }) => (kind === 'source.problem' ? [met] : [])),
      gaps: notes.flatMap(({ kind, met }) => (kind === 'source.gap' ? [met] : [])),
      unknown: notes.flatMap(({ kind, met }) => (kind === 'unknown' ? [met] : [])),
    };
  }

  return { take };
}

/** Undefined for what has not the shape of its kind: anybody may record events of any kind. */
function noteOf(entry: LedgerEntry): Note | undefined {
  const record = entry.read();
  if (!record || typeof record.data !== 'object' || record.data === null) return undefined;
  const kind = parseType(record.type)?.kind;
  const { id, source, time } = record;
  if (kind === 'unknown') {
    const type = (record as DaybookRecord<Partial<UnknownChatRecord>>).data.nativeType;
    return typeof type !== 'string' ? undefined : { kind, met: { id, source, time, data: { type, session: record.sessionid, entry } } };
  }
  const { code, message } = record.data as Partial<Problem>;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  const met = { id, source, time, data: record.data as Problem };
  return kind === 'source.problem' || kind === 'source.gap' ? { kind, met } : undefined;
}
