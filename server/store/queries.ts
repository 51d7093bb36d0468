/** Reading: lists, figures, search. Payloads come from the journal. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { ImportCounts, SearchHit, SearchResult, SessionSummary, Stats } from '../../shared/results.ts';
import type { Usage } from '../../shared/session.ts';
import type { Sqlite } from './database.ts';
import { ftsQuery } from './ftsQuery.ts';
import type { Journal } from './journal.ts';
import { keyOf } from './key.ts';
import { passage } from './passage.ts';
import { parseRecord } from './payload.ts';
import { searchText } from './searchText.ts';

export interface Queries {
  search(query: string, options: { readonly limit: number; readonly typing?: boolean }): SearchResult;
  /** The latest activity first. */
  sessions(limit: number, before?: { readonly endedAt: string; readonly id: string }): SessionSummary[];
  session(id: string): (SessionSummary & { readonly usage: Usage }) | undefined;
  /** Figures of some sessions taken together; names of sessions that are not there count nothing. */
  count(ids: readonly string[]): Pick<ImportCounts, 'sessions' | 'prompts' | 'replies' | 'toolExecutions'>;
  /** The records of a session that count, oldest first. */
  sessionRecords(id: string): DaybookRecord[];
  /** The latest revision of what has this id. */
  record(id: string): DaybookRecord | undefined;
  /** Records from `since` (milliseconds since 1970) on, newest first. */
  latest(since: number, limit: number): { readonly records: DaybookRecord[]; readonly total: number; readonly redactions: number };
  /** The newest coding session of a workspace and when it ended, milliseconds since 1970. */
  lastCodingSession(workspace: string): { readonly id: string; readonly ended: number } | undefined;
  figures(): Omit<Stats, 'journalBytes' | 'databaseBytes'>;
}

interface Line {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

interface SessionRow {
  readonly name: string;
  readonly kind: 'chat' | 'coding';
  readonly source: string;
  readonly title: string | null;
  readonly workspace: string | null;
  readonly parent: string | null;
  readonly relation: string | null;
  readonly started: number;
  readonly ended: number;
  readonly turns: number;
  readonly prompts: number;
  readonly replies: number;
  readonly tool_executions: number;
  readonly input_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
}

const line = 'f.path, r.start, r.length';
const fromRecord = 'FROM record r JOIN journal_file f ON f.id = r.file';
const selectSession = `
  SELECT s.*, o.text AS source, w.text AS workspace FROM session s JOIN word o ON o.id = s.source LEFT JOIN word w ON w.id = s.workspace`;

export function openQueries(database: Sqlite, journal: Journal): Queries {
  const matches = database.prepare<[string, number], Line & { score: number }>(`
    SELECT ${line}, -bm25(text) AS score ${fromRecord} JOIN text ON text.rowid = r.seq
    WHERE text MATCH ? ORDER BY bm25(text), r.time DESC, r.key LIMIT ?`);
  const countMatches = database.prepare<[string], { total: number }>('SELECT count(*) AS total FROM text WHERE text MATCH ?');
  const newestSessions = database.prepare<[number], SessionRow>(`${selectSession} WHERE s.ended IS NOT NULL ORDER BY s.ended DESC, s.name DESC LIMIT ?`);
  const sessionsBefore = database.prepare<[number, string, number], SessionRow>(
    `${selectSession} WHERE (s.ended, s.name) < (?, ?) ORDER BY s.ended DESC, s.name DESC LIMIT ?`,
  );
  const oneSession = database.prepare<[string], SessionRow>(`${selectSession} WHERE s.name = ? AND s.ended IS NOT NULL`);
  const recordsOfSession = database.prepare<[string], Line>(
    `SELECT ${line} ${fromRecord} JOIN session s ON s.id = r.session WHERE s.name = ? AND r.superseded = 0 ORDER BY r.time, r.seq`,
  );
  const oneRecord = database.prepare<[Buffer], Line & { superseded: number; base: number }>(
    `SELECT ${line}, r.superseded, coalesce(r.revises, r.seq) AS base ${fromRecord} WHERE r.key = ?`,
  );
  const latestRevision = database.prepare<[number, number], Line>(
    `SELECT ${line} ${fromRecord} WHERE (r.seq = ? OR r.revises = ?) AND r.superseded = 0`,
  );
  const newest = database.prepare<[number, number], Line>(
    `SELECT ${line} ${fromRecord} WHERE r.time >= ? AND r.superseded = 0 ORDER BY r.time DESC, r.seq DESC LIMIT ?`,
  );
  const countNewest = database.prepare<[number], { total: number; redactions: number }>(
    'SELECT count(*) AS total, coalesce(sum(redactions), 0) AS redactions FROM record WHERE time >= ? AND superseded = 0',
  );
  const lastCoding = database.prepare<[string], { name: string; ended: number }>(`
    SELECT s.name, s.ended FROM session s JOIN word w ON w.id = s.workspace
    WHERE w.text = ? AND s.kind = 'coding' AND s.ended IS NOT NULL ORDER BY s.ended DESC LIMIT 1`);

  /** Undefined when somebody took the line out of the journal: then there is nothing to show until the index has caught up. */
  const payload = (at: Line): DaybookRecord | undefined => parseRecord(journal.read(at.path, at.start, at.length));
  const payloads = (lines: readonly Line[]): DaybookRecord[] => lines.map(payload).filter((record) => record !== undefined);

  return {
    search(query, { limit, typing }) {
      const { expression, terms } = ftsQuery(query, typing);
      if (!expression) return { query, total: 0, results: [] };
      const results = matches.all(expression, limit).flatMap((row) => {
        const record = payload(row);
        return record ? [hit(record, row.score, terms)] : [];
      });
      return { query, total: countMatches.get(expression)?.total ?? 0, results };
    },
    sessions: (limit, before) =>
      (before ? sessionsBefore.all(Date.parse(before.endedAt), before.id, limit) : newestSessions.all(limit)).map(summary),
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
      };
    },
    sessionRecords: (id) => payloads(recordsOfSession.all(id)),
    record(id) {
      const row = oneRecord.get(keyOf(id));
      const current = row?.superseded ? latestRevision.get(row.base, row.base) : row;
      return current && payload(current);
    },
    latest: (since, limit) => ({
      records: payloads(newest.all(since, limit)),
      ...(countNewest.get(since) ?? { total: 0, redactions: 0 }),
    }),
    lastCodingSession(workspace) {
      const row = lastCoding.get(workspace);
      return row && { id: row.name, ended: row.ended };
    },
    figures: () => figures(database),
  };
}

function hit(record: DaybookRecord, score: number, terms: readonly string[]): SearchHit {
  const { family, kind } = parseType(record.type) ?? { family: 'events' as const, kind: record.type };
  return {
    id: record.id,
    time: record.time,
    source: record.source,
    family,
    kind,
    sessionId: record.sessionid ?? null,
    snippet: passage(searchText(record), terms),
    score,
  };
}

function summary(row: SessionRow): SessionSummary {
  return {
    id: row.name,
    kind: row.kind,
    source: row.source,
    title: row.title ?? untitled(row),
    workspace: row.workspace,
    startedAt: new Date(row.started).toISOString(),
    endedAt: new Date(row.ended).toISOString(),
    turns: row.turns,
    prompts: row.prompts,
    replies: row.replies,
    toolExecutions: row.tool_executions,
    ...(row.parent === null ? {} : { parent: row.parent }),
    ...(row.relation === null ? {} : { relation: row.relation }),
  };
}

function untitled(row: SessionRow): string {
  if (row.kind === 'chat') return 'Untitled session';
  const folder = row.workspace?.replace(/\/+$/, '').split('/').at(-1);
  return folder ? `Work in ${decode(folder)}` : 'Work outside a folder';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not percent-encoded after all: then it is the name itself
  }
}

function usage(row: SessionRow): Usage {
  return {
    inputTokens: row.input_tokens,
    cacheReadTokens: row.cache_read_tokens,
    cacheWriteTokens: row.cache_write_tokens,
    outputTokens: row.output_tokens,
    reasoningTokens: row.reasoning_tokens,
  };
}

function figures(database: Sqlite): Omit<Stats, 'journalBytes' | 'databaseBytes'> {
  const count = (sql: string): number => Number(database.prepare(sql).pluck().get());
  const groups = (sql: string): Record<string, number> => Object.fromEntries(database.prepare(sql).raw().all() as [string, number][]);
  return {
    records: count('SELECT count(*) FROM record WHERE superseded = 0'),
    sessions: count('SELECT count(*) FROM session WHERE ended IS NOT NULL'),
    byFamily: groups('SELECT family, count(*) FROM record WHERE superseded = 0 GROUP BY family ORDER BY family'),
    bySource: groups(
      'SELECT w.text, count(*) FROM record r JOIN word w ON w.id = r.source WHERE r.superseded = 0 GROUP BY w.text ORDER BY w.text',
    ),
    redactions: count('SELECT coalesce(sum(redactions), 0) FROM record WHERE superseded = 0'),
    problems: count(`SELECT count(*) FROM record r JOIN word w ON w.id = r.kind WHERE w.text = 'source.problem' AND r.superseded = 0`),
  };
}
