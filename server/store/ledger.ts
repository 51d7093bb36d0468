/** What the index knows of each source, for *Health*: a few small questions, each answered in slices so that nobody waits for all of it. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { ChatSessionHeader } from '../../shared/session.ts';
import { selectBlock, type Block, type Blocks } from './blocks.ts';
import type { Sqlite } from './database.ts';
import type { Journal } from './journal.ts';
import { headOf } from './lineHead.ts';
import { parseRecord } from './payload.ts';

export interface Ledger {
  /** The next slice of the record, after the place where the one before ended (0 to begin); marked are the records of `kinds`. The first has all figures. */
  slice(after: number, kinds: readonly string[]): LedgerSlice;
  /** Sessions that are there, by source. */
  sessions(): Readonly<Record<string, number>>;
  /** Source files that were read, by path, after `path` ('' to begin); fewer than the page when there are no more. */
  files(after: string, page: number): readonly LedgerFile[];
  /** Paths of the source files that hold the sessions, by session; one that none holds is left out. */
  filesOf(sessions: readonly string[]): ReadonlyMap<string, readonly string[]>;
  /** Records of a time after `time`, milliseconds since 1970: how many, of sealed ones about, and the last of their times. */
  after(time: number): { readonly records: number; readonly last: number | null };
  /** Which of the sessions are there. */
  kept(sessions: readonly string[]): ReadonlySet<string>;
  /** What the session says of itself; undefined when it says nothing. */
  header(session: string): LedgerEntry | undefined;
  /** How complete a session is by its own account, and where it was read; undefined when there is no such session. */
  account(session: string): Pick<Partial<ChatSessionHeader>, 'fidelity' | 'fidelityReason' | 'origin'> | undefined;
}

export interface LedgerSlice {
  readonly figures: readonly LedgerFigures[];
  readonly marked: readonly LedgerEntry[];
  /** Where the next slice begins; undefined after the last. */
  readonly next: number | undefined;
}

/** Records of one source and kind that count. Times are milliseconds since 1970; `last` is exact for recent records, and the day for sealed ones. */
export interface LedgerFigures {
  readonly source: string;
  readonly kind: string;
  readonly records: number;
  readonly redactions: number;
  readonly last: number;
}

/** A record by its place: cheap to list, read only when it is wanted. */
export interface LedgerEntry {
  /** The same for as long as the line lies where it lies. */
  readonly place: string;
  /** Undefined when somebody took the line out of the journal. */
  read(): DaybookRecord | undefined;
}

export interface LedgerFile {
  readonly path: string;
  readonly source: string;
  /** JSON; what it means is the importers' business. */
  readonly cursor: string;
  readonly sessions: readonly string[];
}

interface Position {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

interface Later {
  readonly records: number | null;
  readonly last: number | null;
}

/** Blocks a slice covers, some 15 ms of work. */
const sliceBlocks = 16;
const dayMs = 86_400_000;

export interface LedgerDeps {
  readonly database: Sqlite;
  readonly journal: Journal;
  readonly blocks: Blocks;
  /** The latest revision of what has this id. */
  readonly record: (id: string) => DaybookRecord | undefined;
}

export function openLedger({ database, journal, blocks, record }: LedgerDeps): Ledger {
  const figures = database.prepare<[], LedgerFigures>(`
    SELECT o.text AS source, k.text AS kind, sum(d.records) AS records, sum(d.redactions) AS redactions,
           coalesce((SELECT max(r.time) FROM record r WHERE r.source = d.source AND r.kind = d.kind AND r.superseded = 0), max(d.day) * ${dayMs}) AS last
    FROM day d JOIN word o ON o.id = d.source JOIN word k ON k.id = d.kind GROUP BY d.source, d.kind HAVING sum(d.records) > 0`);
  const ofKinds = 'IN (SELECT id FROM word WHERE text IN (SELECT value FROM json_each(?)))';
  const marked = database.prepare<[string], Position>(`
    SELECT f.path, r.start, r.length FROM record r JOIN journal_file f ON f.id = r.file
    WHERE r.superseded = 0 AND r.kind ${ofKinds} ORDER BY r.seq`);
  const markedBlocks = database.prepare<[string, number, number], Block>(`
    ${selectBlock} WHERE b.id IN (SELECT block FROM block_kind WHERE kind ${ofKinds} AND block > ?) ORDER BY b.id LIMIT ?`);
  const sessions = database.prepare<[], { source: string; count: number }>(`
    SELECT o.text AS source, count(*) AS count FROM session s JOIN word o ON o.id = s.source WHERE s.ended IS NOT NULL GROUP BY s.source`);
  const files = database.prepare<[string, number], { path: string; source: string; cursor: string; sessions: string }>(
    'SELECT path, source, cursor, sessions FROM source_file WHERE path > ? ORDER BY path LIMIT ?',
  );
  const filesOf = database.prepare<[string], { path: string; session: string }>(`
    SELECT f.path, e.value AS session FROM source_file f, json_each(f.sessions) e WHERE e.value IN (SELECT value FROM json_each(?))`);
  const later = database.prepare<[number], Later>('SELECT count(*) AS records, max(time) AS last FROM record WHERE time > ? AND superseded = 0');
  const laterBlocks = database.prepare<[number], Later>('SELECT sum(records) AS records, max(last_time) AS last FROM block WHERE last_time > ?');
  const kept = database.prepare<[string], string>(
    'SELECT name FROM session WHERE ended IS NOT NULL AND name IN (SELECT value FROM json_each(?))',
  ).pluck();
  const account = database.prepare<[string], { fidelity: ChatSessionHeader['fidelity'] | null; reason: string | null; origin: string | null }>(
    'SELECT fidelity, fidelity_reason AS reason, origin FROM session WHERE name = ? AND ended IS NOT NULL',
  );

  const entry = ({ path, start, length }: Position): LedgerEntry => ({
    place: `${path}:${start}`,
    read: () => parseRecord(journal.line(path, start, length)),
  });

  function sealedEntries(block: Block, kinds: readonly string[]): LedgerEntry[] {
    return blocks.lines(block, (line) => kinds.includes(parseType(headOf(line)?.type ?? '')?.kind ?? '')).map(({ seq }) =>
      ({ place: `${block.path}:${block.start}:${seq - block.id}`, read: () => blocks.record(seq) }));
  }

  return {
    slice(after, kinds) {
      const wanted = JSON.stringify(kinds);
      const found = markedBlocks.all(wanted, after, sliceBlocks);
      const isFirst = after === 0;
      return {
        figures: isFirst ? figures.all() : [],
        marked: [...(isFirst ? marked.all(wanted).map(entry) : []), ...found.flatMap((block) => sealedEntries(block, kinds))],
        next: found.length === sliceBlocks ? found.at(-1)?.id : undefined,
      };
    },
    sessions: () => Object.fromEntries(sessions.all().map(({ source, count }) => [source, count])),
    files: (after, page) => files.all(after, page).map((row) => ({ ...row, sessions: JSON.parse(row.sessions) as string[] })),
    filesOf(names) {
      const rows = Map.groupBy(filesOf.all(JSON.stringify(names)), ({ session }) => session);
      return new Map([...rows].map(([session, those]) => [session, those.map(({ path }) => path)]));
    },
    after(time) {
      const found = [...later.all(time), ...laterBlocks.all(time)];
      const last = Math.max(...found.map((each) => each.last ?? -Infinity));
      return { records: found.reduce((sum, { records }) => sum + (records ?? 0), 0), last: Number.isFinite(last) ? last : null };
    },
    kept: (names) => new Set(kept.all(JSON.stringify(names))),
    header(session) {
      const found = record(`${session}:session`);
      return found && { place: found.id, read: () => record(found.id) };
    },
    account(session) {
      const row = account.get(session);
      return row && {
        ...(row.fidelity === null ? {} : { fidelity: row.fidelity }), ...(row.reason === null ? {} : { fidelityReason: row.reason }),
        ...(row.origin === null ? {} : { origin: row.origin }),
      };
    },
  };
}
