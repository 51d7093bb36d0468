/** Reads the statistics: small sums, by hour. */

import type { Lane } from '../../shared/lane.ts';
import type { Family } from '../../shared/record.ts';
import type { Sqlite } from './database.ts';

export interface StatisticsRange {
  /** Hours since 1970; `until` is excluded. */
  readonly since: number;
  readonly until: number;
  /** URI; all when absent. */
  readonly workspace?: string | undefined;
}

/** Figures of an hour each, or of the whole range. Hours are since 1970, in order. */
export interface StatisticsRows {
  readonly activity: readonly { readonly hour: number; readonly lane: Lane; readonly records: number }[];
  readonly sessions: readonly { readonly hour: number; readonly source: string; readonly sessions: number }[];
  readonly tokens: readonly TokenRow[];
  readonly commands: { readonly runs: number; readonly failed: number };
  readonly mostFailing: readonly { readonly command: string; readonly runs: number; readonly failed: number }[];
  readonly tests: readonly { readonly hour: number; readonly runs: number; readonly failedRuns: number; readonly passed: number; readonly failed: number }[];
  readonly byAgents: readonly { readonly file: string; readonly touches: number }[];
  readonly byHand: readonly { readonly file: string; readonly touches: number }[];
  readonly fixes: readonly { readonly hour: number; readonly ms: number }[];
  readonly storage: readonly { readonly family: Family; readonly records: number; readonly bytes: number }[];
  readonly workspaces: readonly string[];
}

export interface TokenRow {
  readonly hour: number;
  readonly source: string;
  /** Empty where it is not known. */
  readonly model: string;
  readonly responses: number;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

export interface StatisticsQueries {
  rows(range: StatisticsRange): StatisticsRows;
  /** The nearest hours with anything in them, before `since` and from `until` on. */
  around(since: number, until: number): { readonly before: number | null; readonly after: number | null };
  /** Records that are not sealed, from `since` (milliseconds since 1970) on, by minute since 1970 and source. */
  minutes(since: number): readonly { readonly minute: number; readonly source: string; readonly records: number }[];
}

interface Bounds {
  readonly since: number;
  readonly until: number;
  /** Word; null for all. */
  readonly workspace: number | null;
}

const hourMs = 3_600_000;
const most = 12;
const mostWorkspaces = 200;

export function openStatistics(database: Sqlite): StatisticsQueries {
  const within = 'hour >= :since AND hour < :until AND (:workspace IS NULL OR workspace = :workspace)';
  const bounded = (sql: string): (bounds: Bounds) => unknown[] => {
    const statement = database.prepare<[Bounds]>(sql);
    return (bounds) => statement.all(bounds);
  };
  // Added up before they are joined: in the order of the key there is nothing to sort, and few names are left to look up.
  const activity = bounded(`SELECT hour, l.text AS lane, records FROM (
      SELECT hour, lane, sum(records) AS records FROM hour_activity WHERE ${within} GROUP BY hour, lane HAVING sum(records) > 0)
    JOIN word l ON l.id = lane ORDER BY hour, l.text`);
  const sessions = bounded(`SELECT started / ${hourMs} AS hour, o.text AS source, count(*) AS sessions FROM session JOIN word o ON o.id = source
    WHERE started >= :since * ${hourMs} AND started < :until * ${hourMs} AND kind = 'chat' AND relation IS NOT 'subagent'
      AND (:workspace IS NULL OR workspace = :workspace) GROUP BY 1, 2 ORDER BY 1, 2`);
  const tokens = bounded(`SELECT hour, o.text AS source, m.text AS model, sum(responses) AS responses, sum(input_tokens) AS inputTokens,
      sum(cache_read_tokens) AS cacheReadTokens, sum(cache_write_tokens) AS cacheWriteTokens, sum(output_tokens) AS outputTokens
    FROM hour_tokens JOIN word o ON o.id = source JOIN word m ON m.id = model WHERE ${within} GROUP BY hour, source, model ORDER BY hour, o.text, m.text`);
  const commands = bounded(`SELECT coalesce(sum(runs), 0) AS runs, coalesce(sum(failed), 0) AS failed FROM hour_command WHERE ${within}`);
  const mostFailing = bounded(`SELECT s.text AS command, runs, failed FROM (
      SELECT command, sum(runs) AS runs, sum(failed) AS failed FROM hour_command WHERE ${within} GROUP BY command HAVING sum(failed) > 0)
    JOIN subject s ON s.id = command ORDER BY 3 DESC, 2, 1 LIMIT ${most}`);
  const tests = bounded(`SELECT hour, sum(runs) AS runs, sum(failed_runs) AS failedRuns, sum(passed) AS passed, sum(failed) AS failed FROM hour_test
    WHERE ${within} GROUP BY hour HAVING sum(runs) > 0 ORDER BY hour`);
  // The days nearest to the hours, from one that there is to the next: then the key leads to what agents did there, or people, alone. Texts
  // are looked up for those alone that may be among the first.
  const files = (agent: 0 | 1) => bounded(`WITH RECURSIVE days (day) AS (
      SELECT min(day) FROM day_file WHERE day >= (:since + 12) / 24
      UNION ALL SELECT (SELECT min(f.day) FROM day_file f WHERE f.day > days.day) FROM days WHERE days.day < (:until + 12) / 24),
    sums AS MATERIALIZED (
      SELECT file, sum(touches) AS touches FROM days CROSS JOIN day_file f ON f.day = days.day AND agent = ${agent}
      WHERE days.day < (:until + 12) / 24 AND (:workspace IS NULL OR workspace = :workspace) GROUP BY file)
    SELECT s.text AS file, touches FROM sums JOIN subject s ON s.id = file
    WHERE touches >= coalesce((SELECT touches FROM sums ORDER BY touches DESC LIMIT 1 OFFSET ${most - 1}), 1) ORDER BY 2 DESC, 1 LIMIT ${most}`);
  const [byHand, byAgents] = [files(0), files(1)];
  const fixes = bounded(`SELECT ended / ${hourMs} AS hour, ended - began AS ms FROM fix
    WHERE ended >= :since * ${hourMs} AND ended < :until * ${hourMs} AND (:workspace IS NULL OR workspace = :workspace)`);
  const storage = database.prepare<[], { family: Family; records: number; bytes: number }>(`
    SELECT f.family, f.bytes, coalesce((SELECT sum(d.records) FROM day d JOIN word w ON w.id = d.family WHERE w.text = f.family), 0) AS records
    FROM (SELECT substr(path, 1, instr(path, '/') - 1) AS family, sum(indexed_bytes + sealed_bytes) AS bytes FROM journal_file GROUP BY 1) f
    WHERE f.bytes > 0 ORDER BY f.bytes DESC, f.family`);
  const workspaces = database.prepare<[], string>(`SELECT w.text FROM (
      SELECT workspace, sum(records) AS records FROM hour_activity GROUP BY workspace HAVING sum(records) > 0)
    JOIN word w ON w.id = workspace ORDER BY records DESC, w.text LIMIT ${mostWorkspaces}`).pluck();
  const wordOf = database.prepare<[string], number>('SELECT id FROM word WHERE text = ?').pluck();
  const minutes = database.prepare<[number], { minute: number; source: string; records: number }>(`
    SELECT r.time / 60000 AS minute, o.text AS source, count(*) AS records FROM record r JOIN word o ON o.id = r.source
    WHERE r.time >= ? AND r.superseded = 0 GROUP BY 1, 2 ORDER BY 1, 2`);

  const before = database.prepare<[number], number | null>('SELECT max(hour) FROM hour_activity WHERE hour < ? AND records > 0').pluck();
  const after = database.prepare<[number], number | null>('SELECT min(hour) FROM hour_activity WHERE hour >= ? AND records > 0').pluck();

  return {
    around: (since, until) => ({ before: before.get(since) ?? null, after: after.get(until) ?? null }),
    rows({ since, until, workspace }) {
      // A workspace that nobody has heard of has no number, and no figures.
      const bounds = { since, until, workspace: workspace === undefined ? null : wordOf.get(workspace) ?? -1 };
      return {
        activity: activity(bounds), sessions: sessions(bounds), tokens: tokens(bounds), commands: commands(bounds)[0], mostFailing: mostFailing(bounds),
        tests: tests(bounds), byAgents: byAgents(bounds), byHand: byHand(bounds), fixes: fixes(bounds), storage: storage.all(), workspaces: workspaces.all(),
      } as unknown as StatisticsRows;
    },
    minutes: (since) => minutes.all(since),
  };
}
