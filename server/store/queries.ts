/** Reading: lists and figures. Payloads come from the journal, recent lines and sealed blocks alike. */

import type { DaybookRecord } from '../../shared/record.ts';
import type { SearchNeighbour, SessionCounts, SessionSummary, Stats } from '../../shared/results.ts';
import type { Usage } from '../../shared/session.ts';
import { selectBlock, type Block, type Blocks, type MaybeLine } from './blocks.ts';
import { baseId } from './counts.ts';
import type { Sqlite } from './database.ts';
import { openDeeds, type Deeds } from './deeds.ts';
import type { Journal } from './journal.ts';
import { keyOf } from './key.ts';
import { openFacts, type Facts } from './factIndex.ts';
import { inOrder } from './inOrder.ts';
import { headOf } from './lineHead.ts';
import { readLines, type Line } from './lineReader.ts';
import { openNeighbours, type NeighboursOf } from './neighbours.ts';
import { saying } from './saying.ts';
import { openScan, type Scan } from './scan.ts';
import { openSearch, type Matches, type Search } from './search.ts';
import { lastSegment } from '../../shared/uri.ts';
import { openTouching, type Touching } from './touching.ts';
import { openStatistics, type StatisticsQueries } from './statistics.ts';

export interface Queries {
  readonly search: Search;
  readonly matches: Matches;
  readonly scan: Scan;
  readonly touching: Touching;
  readonly deeds: Deeds;
  readonly statistics: StatisticsQueries;
  /** The latest activity first. */
  sessions(limit: number, before?: { readonly endedAt: string; readonly id: string }, choice?: SessionChoice): SessionSummary[];
  session(id: string): (SessionSummary & { readonly usage: Usage }) | undefined;
  /** Figures of some sessions taken together; names of sessions that are not there count nothing. */
  count(ids: readonly string[]): SessionCounts;
  /** The records of a session that count, oldest first. */
  sessionRecords(id: string): DaybookRecord[];
  /** Another text whenever the records of a session may have changed; costs next to nothing. */
  sessionState(id: string): string;
  /** All records of a session, in the order in which they were written. */
  everyRecord(session: number): { readonly record: DaybookRecord; readonly counts: boolean }[];
  /** The latest revision of what has this id. */
  record(id: string): DaybookRecord | undefined;
  /** Records from `since` (milliseconds since 1970) on, newest first. */
  latest(since: number, limit: number): { readonly records: DaybookRecord[]; readonly total: number; readonly redactions: number };
  /** The newest coding session of a workspace and when it ended, milliseconds since 1970. */
  lastCodingSession(workspace: string): { readonly id: string; readonly ended: number } | undefined;
  /** The sessions that people gave tags to, with these. */
  tags(): { readonly session: string; readonly tags: readonly string[] }[];
  /** What came just before a record in its session, and just after it, each in a line. */
  neighbours(record: Parameters<NeighboursOf>[0]): { readonly before?: SearchNeighbour; readonly after?: SearchNeighbour };
  /** Values that filters of a search can have. */
  readonly facts: Facts;
  /** How many records are not sealed. */
  countRecent(): number;
  figures(): Omit<Stats, 'journalBytes' | 'databaseBytes'>;
}

/** Which sessions are listed. */
export interface SessionChoice {
  /** Those that are pinned, or hidden, alone; else all that are not hidden. */
  readonly only?: 'pinned' | 'hidden' | 'everything' | undefined;
  /** Words that must all be in the title, the workspace, the source or the tags. */
  readonly filter?: string;
}

interface SessionRow {
  readonly name: string;
  readonly kind: 'chat' | 'coding';
  readonly source: string;
  readonly title: string | null;
  readonly workspace: string | null;
  readonly pinned: string | null;
  readonly hidden: string | null;
  readonly own_title: string | null;
  readonly tags: string | null;
  readonly parent: string | null;
  readonly relation: string | null;
  readonly started: number;
  readonly ended: number;
  readonly prompts: number;
  readonly replies: number;
  readonly tool_executions: number;
  readonly input_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
}

interface Listing {
  readonly limit: number;
  /** JSON. */
  readonly words: string | null;
  readonly ended: number;
  readonly name: string;
}

interface Total {
  readonly total: number;
  readonly redactions: number;
}

const nothing: Total = { total: 0, redactions: 0 };
const dayMs = 86_400_000;
/** Words of a filter that are looked at. */
const mostWords = 20;
const line = 'f.path, r.start, r.length';
const fromRecord = 'FROM record r JOIN journal_file f ON f.id = r.file';
const selectSession = `
  SELECT s.*, o.text AS source, w.text AS workspace, ${['pinned', 'hidden', 'title', 'tags'].map((mark) =>
  `(SELECT value FROM session_mark m WHERE m.session = s.name AND m.mark = '${mark}') AS ${mark === 'title' ? 'own_title' : mark}`).join(', ')}
  FROM session s JOIN word o ON o.id = s.source LEFT JOIN word w ON w.id = s.workspace`;

export function openQueries(database: Sqlite, journal: Journal, blocks: Blocks): Queries {
  const isHidden = `EXISTS (SELECT 1 FROM session_mark h WHERE h.session = s.name AND h.mark = 'hidden' AND h.value = 'true')`;
  const marked = (mark: 'pinned' | 'hidden'): string => `s.name IN (SELECT p.session FROM session_mark p WHERE p.mark = '${mark}' AND p.value = 'true')`;
  const chosen = { pinned: marked('pinned'), hidden: marked('hidden'), everything: 'TRUE', usual: `NOT ${isHidden}` };
  // Words in every order, each anywhere.
  const holdsWords = `(:words IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(:words) n WHERE instr(lower(concat_ws(' ',
    (SELECT value FROM session_mark m WHERE m.session = s.name AND m.mark = 'title'), s.title, w.text, o.text,
    (SELECT value FROM session_mark m WHERE m.session = s.name AND m.mark = 'tags'))), n.value) = 0))`;
  const listing = (which: keyof typeof chosen) => {
    // Marked ones are few: they are looked up by name and sorted (a plus keeps the index of times out of it), not found among all there are.
    const [ended, name] = which === 'pinned' || which === 'hidden' ? ['+s.ended', '+s.name'] : ['s.ended', 's.name'];
    return database.prepare<[Listing], SessionRow>(`${selectSession} WHERE ${ended} IS NOT NULL AND (${ended}, ${name}) < (:ended, :name)
      AND ${chosen[which]} AND ${holdsWords} ORDER BY ${ended} DESC, ${name} DESC LIMIT :limit`);
  };
  const listings = { pinned: listing('pinned'), hidden: listing('hidden'), everything: listing('everything'), usual: listing('usual') };
  const oneSession = database.prepare<[string], SessionRow>(`${selectSession} WHERE s.name = ? AND s.ended IS NOT NULL`);
  const recentOfSession = database.prepare<[number], Line & { superseded: number }>(
    `SELECT ${line}, r.superseded ${fromRecord} WHERE r.session = ? ORDER BY r.seq`,
  );
  const blocksOfSession = database.prepare<[number], Block>(`${selectBlock} JOIN block_session s ON s.block = b.id WHERE s.session = ? ORDER BY b.file, b.start`);
  const nameOf = database.prepare<[number], string>('SELECT name FROM session WHERE id = ?').pluck();
  const idOf = database.prepare<[string], number>('SELECT id FROM session WHERE name = ?').pluck();
  const stateOf = database.prepare<[string]>(`SELECT s.id, (SELECT count(*) FROM record r WHERE r.session = s.id) AS records,
    (SELECT max(seq) FROM record r WHERE r.session = s.id) AS last, (SELECT group_concat(block) FROM block_session b WHERE b.session = s.id) AS blocks
    FROM session s WHERE s.name = ?`);
  const recent = database.prepare<[Buffer], Line & { superseded: number }>(`SELECT ${line}, r.superseded ${fromRecord} WHERE r.key = ?`);
  const recentRevision = database.prepare<[Buffer, Buffer], Line>(
    `SELECT ${line} ${fromRecord} WHERE (r.key = ? OR r.revises = ?) AND r.superseded = 0`,
  );
  const newest = database.prepare<[number, number], Line & { time: number }>(
    `SELECT ${line}, r.time ${fromRecord} WHERE r.time >= ? AND r.superseded = 0 ORDER BY r.time DESC, r.seq DESC LIMIT ?`,
  );
  const countBetween = database.prepare<[number, number], Total>(
    'SELECT count(*) AS total, coalesce(sum(redactions), 0) AS redactions FROM record WHERE time >= ? AND time < ? AND superseded = 0',
  );
  const sumDays = database.prepare<[number], Total>(
    'SELECT coalesce(sum(records), 0) AS total, coalesce(sum(redactions), 0) AS redactions FROM day WHERE day >= ?',
  );
  const countRecent = database.prepare<[], number>('SELECT count(*) FROM record').pluck();
  const blocksSince = database.prepare<[number], Block>(`${selectBlock} WHERE b.last_time >= ? ORDER BY b.last_time DESC`);
  const blocksBetween = database.prepare<{ since: number; until: number }, Block>(`${selectBlock} JOIN block_span s ON s.id = b.id
    WHERE s.last >= :since AND s.first < :until AND b.last_time >= :since AND b.first_time < :until`);
  const lastCoding = database.prepare<[string], { name: string; ended: number }>(`
    SELECT s.name, s.ended FROM session s JOIN word w ON w.id = s.workspace
    WHERE w.text = ? AND s.kind = 'coding' AND s.ended IS NOT NULL ORDER BY s.ended DESC LIMIT 1`);

  const neighbours = openNeighbours(database, journal, blocks);
  const tagged = database.prepare<[], { session: string; value: string }>(`SELECT session, value FROM session_mark WHERE mark = 'tags' AND value <> '[]'`);

  /** What is no longer in the journal is left out: then there is nothing to show until the index has caught up. */
  const payloads = (lines: readonly Line[]): DaybookRecord[] => readLines(journal, lines).filter((record) => record !== undefined);
  const payload = (at: Line | undefined): DaybookRecord | undefined => at && payloads([at])[0];

  function everyRecord(session: number): { record: DaybookRecord; counts: boolean }[] {
    const name = nameOf.get(session);
    const named = Buffer.from(JSON.stringify(name ?? ''));
    // The file of a chat holds little else.
    const maybe = (block: Block): MaybeLine | undefined => (block.path.startsWith('chats/') ? undefined : (line) => line.includes(named));
    const sealed = blocksOfSession.all(session).flatMap((block) => blocks.all(block, maybe(block))).flatMap(({ record: found, isHidden }) =>
      (found?.sessionid === name && found ? [{ record: found, counts: !isHidden }] : []));
    const rows = recentOfSession.all(session);
    const lines = readLines(journal, rows);
    return [...sealed, ...rows.flatMap(({ superseded }, at) => {
      const record = lines[at];
      return record ? [{ record, counts: superseded === 0 }] : [];
    })];
  }

  function record(id: string): DaybookRecord | undefined {
    const row = recent.get(keyOf(id));
    if (row?.superseded === 0) return payload(row);
    const seq = row ? undefined : blocks.find(id);
    if (!row && seq === undefined) return undefined;
    if (seq !== undefined && !blocks.isHidden(seq)) return blocks.record(seq);
    const base = baseId(id);
    const counting = blocks.counting(base);
    return payload(recentRevision.get(keyOf(base), keyOf(base))) ?? (counting === undefined ? undefined : blocks.record(counting));
  }

  function latest(since: number, limit: number): ReturnType<Queries['latest']> {
    const rows = newest.all(since, limit);
    const found = readLines(journal, rows).filter((each) => each !== undefined);
    for (const block of blocksSince.iterate(since)) {
      const oldest = found.length >= limit ? Date.parse(found.at(-1)?.time ?? '') : since;
      if (block.last_time < oldest) break;
      const inside = recordsSince(block, Math.max(since, oldest));
      // Sorting is stable: of equal times, the later line comes first.
      found.push(...inside.reverse());
      found.sort((a, b) => Date.parse(b.time) - Date.parse(a.time)).splice(limit);
    }
    return { records: found, ...countSince(since) };
  }

  const recordsSince = (block: Block, time: number): DaybookRecord[] =>
    blocks.lines(block, notBefore(time)).map((each) => each.record).filter((each) => Date.parse(each.time) >= time);

  /** Whole days are added up already; of the first, what lies before `since` is taken off. */
  function countSince(since: number): { readonly total: number; readonly redactions: number } {
    const firstDay = Math.floor(since / dayMs);
    const days = sumDays.get(firstDay) ?? nothing;
    const early = [countBetween.get(firstDay * dayMs, since) ?? nothing];
    for (const block of blocksBetween.all({ since: firstDay * dayMs, until: since })) {
      const isWhole = block.first_time >= firstDay * dayMs && block.last_time < since;
      const inside = isWhole ? [] : blocks.lines(block).filter(({ record: { time } }) => Date.parse(time) >= firstDay * dayMs && Date.parse(time) < since);
      early.push(isWhole ? { total: block.records, redactions: block.redactions }
        : { total: inside.length, redactions: inside.reduce((sum, { record: { redactions = 0 } }) => sum + redactions, 0) });
    }
    return {
      total: days.total - early.reduce((sum, { total }) => sum + total, 0),
      redactions: days.redactions - early.reduce((sum, { redactions }) => sum + redactions, 0),
    };
  }

  return {
    ...openSearch(database, journal, blocks),
    scan: openScan(database, journal, blocks),
    touching: openTouching(database),
    deeds: openDeeds(database, journal, blocks, record),
    statistics: openStatistics(database),
    sessions(limit, before, { only, filter = '' }: SessionChoice = {}) {
      const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
      const rows = listings[only ?? 'usual'].all({
        limit, words: words.length === 0 ? null : JSON.stringify(words.slice(0, mostWords)),
        ended: before ? Date.parse(before.endedAt) : Number.MAX_SAFE_INTEGER, name: before?.id ?? '',
      });
      return rows.map(summary);
    },
    session(id) {
      const row = oneSession.get(id);
      return row && { ...summary(row), usage: usage(row) };
    },
    count(ids) {
      const rows = ids.map((id) => oneSession.get(id)).filter((row) => row !== undefined);
      const sum = (pick: (row: SessionRow) => number): number => rows.reduce((total, row) => total + pick(row), 0);
      return {
        sessions: rows.length,
        prompts: sum((row) => row.prompts),
        replies: sum((row) => row.replies),
        toolExecutions: sum((row) => row.tool_executions),
        usage: usage({
          input_tokens: sum((row) => row.input_tokens), cache_read_tokens: sum((row) => row.cache_read_tokens),
          cache_write_tokens: sum((row) => row.cache_write_tokens), output_tokens: sum((row) => row.output_tokens),
          reasoning_tokens: sum((row) => row.reasoning_tokens),
        }),
      };
    },
    sessionRecords(id) {
      const session = idOf.get(id);
      if (session === undefined) return [];
      return inOrder(everyRecord(session).flatMap(({ record: each, counts }) => (counts ? [each] : [])));
    },
    sessionState: (id) => JSON.stringify(stateOf.get(id) ?? null),
    everyRecord,
    record,
    latest,
    lastCodingSession(workspace) {
      const row = lastCoding.get(workspace);
      return row && { id: row.name, ended: row.ended };
    },
    tags: () => tagged.all().map(({ session, value }) => ({ session, tags: JSON.parse(value) as string[] })),
    facts: openFacts(database),
    neighbours(of) {
      const { before, after } = neighbours(of);
      return { ...(before && { before: saying(before) }), ...(after && { after: saying(after) }) };
    },
    countRecent: () => countRecent.get() ?? 0,
    figures: () => figures(database),
  };
}

/** Whether a line is of a time from `since` on, as far as its beginning tells. */
function notBefore(since: number): (line: Buffer) => boolean {
  return (line) => (headOf(line)?.time ?? since) >= since;
}

function summary(row: SessionRow): SessionSummary {
  return {
    id: row.name,
    kind: row.kind,
    source: row.source,
    title: owned(row) ?? row.title ?? untitled(row),
    workspace: row.workspace,
    startedAt: new Date(row.started).toISOString(),
    endedAt: new Date(row.ended).toISOString(),
    turns: Math.max(row.prompts, row.replies > 0 ? 1 : 0),
    prompts: row.prompts,
    replies: row.replies,
    toolExecutions: row.tool_executions,
    ...(row.pinned === 'true' && { pinned: true as const }),
    ...(row.hidden === 'true' && { hidden: true as const }),
    ...(row.tags !== null && row.tags !== '[]' && { tags: JSON.parse(row.tags) as string[] }),
    ...(owned(row) !== undefined && { ownTitle: row.title ?? untitled(row) }),
    ...(row.parent === null ? {} : { parent: row.parent }),
    ...(row.relation === null ? {} : { relation: row.relation }),
  };
}

/** The title that a person gave. */
function owned({ own_title: title }: SessionRow): string | undefined {
  return title === null ? undefined : (JSON.parse(title) as string | null) ?? undefined;
}

function untitled(row: SessionRow): string {
  if (row.kind === 'chat') return 'Untitled session';
  const folder = row.workspace === null ? undefined : lastSegment(row.workspace);
  return folder === undefined ? 'Work outside a folder' : `Work in ${folder}`;
}

function usage(row: Pick<SessionRow, `${'input' | 'cache_read' | 'cache_write' | 'output' | 'reasoning'}_tokens`>): Usage {
  return {
    inputTokens: row.input_tokens,
    cacheReadTokens: row.cache_read_tokens,
    cacheWriteTokens: row.cache_write_tokens,
    outputTokens: row.output_tokens,
    reasoningTokens: row.reasoning_tokens,
  };
}

function figures(database: Sqlite): ReturnType<Queries['figures']> {
  const total = database.prepare('SELECT coalesce(sum(records), 0) AS records, coalesce(sum(redactions), 0) AS redactions FROM day')
    .get() as { records: number; redactions: number };
  const groups = (column: 'family' | 'source'): Record<string, number> => Object.fromEntries(database.prepare(`
    SELECT w.text, sum(d.records) FROM day d JOIN word w ON w.id = d.${column} GROUP BY w.text HAVING sum(d.records) > 0 ORDER BY w.text`)
    .raw().all() as [string, number][]);
  const count = (sql: string): number => Number(database.prepare(sql).pluck().get());
  return {
    records: total.records,
    sessions: count('SELECT count(*) FROM session WHERE ended IS NOT NULL'),
    byFamily: groups('family'),
    bySource: groups('source'),
    redactions: total.redactions,
    problems: count(`SELECT coalesce(sum(d.records), 0) FROM day d JOIN word w ON w.id = d.kind WHERE w.text = 'source.problem'`),
  };
}
