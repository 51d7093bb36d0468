/** What the dashboard, the timeline, `daybook stats` and `daybook watch` show. Fields are only ever added. Days are those of the server's clock. */

import type { Lane } from './lane.ts';
import type { Family } from './record.ts';
import type { SizeForecast } from './retention.ts';
import type { Stats } from './results.ts';

export interface StatisticsParams {
  /** Local days up to and with today; everything when absent. */
  readonly days?: number | undefined;
  /** URI of a workspace folder; all when absent. */
  readonly workspace?: string | undefined;
}

/** `daybook stats --json` has it as `statistics`. */
export interface Statistics {
  /** First and last local day that is looked at, `2026-11-20`. Without a limit, `since` is the first day of which there is anything. */
  readonly since: string;
  readonly until: string;
  /** Those in which anything happened, in order. */
  readonly days: readonly DayActivity[];
  /** Records by weekday and hour: 7 × 24 numbers, from Monday 0 o'clock on, local time. */
  readonly week: readonly number[];
  /** Chat sessions that began on a day, subagents left out. */
  readonly sessions: readonly { readonly day: string; readonly source: string; readonly sessions: number }[];
  readonly tokens: readonly TokenFigures[];
  /** Command lines that succeeded or failed, in terminals and by agents. */
  readonly commands: {
    readonly runs: number;
    readonly failed: number;
    /** Those that failed most often, at most 12. */
    readonly mostFailing: readonly { readonly command: string; readonly runs: number; readonly failed: number }[];
  };
  readonly tests: readonly TestFigures[];
  /** Changed most often, at most 12 each, on the UTC days nearest to the range. Paths as they were recorded: absolute where that is known. */
  readonly files: { readonly byAgents: readonly FileFigure[]; readonly byHand: readonly FileFigure[] };
  /** From a command that failed to its next run in the same workspace that succeeded. */
  readonly fixes: {
    readonly count: number;
    /** Milliseconds; null without any. */
    readonly medianMs: number | null;
    readonly days: readonly { readonly day: string; readonly count: number; readonly medianMs: number }[];
  };
  /** Of the whole record, whatever the range and the workspace. */
  readonly storage: readonly { readonly family: Family; readonly records: number; readonly bytes: number }[];
  readonly databaseBytes: number;
  /** How large all of it will be. */
  readonly forecast?: SizeForecast;
  /** URIs of the workspaces of which anything is recorded, the busiest first, at most 200. */
  readonly workspaces: readonly string[];
}

/** Records of a local day, by lane; a lane without any is left out. */
export interface DayActivity {
  readonly day: string;
  readonly records: number;
  readonly lanes: Readonly<Partial<Record<Lane, number>>>;
}

export interface TokenFigures {
  readonly day: string;
  readonly source: string;
  /** Null where the source does not say. */
  readonly model: string | null;
  readonly responses: number;
  /** Neither read from nor written to a cache. */
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

export interface TestFigures {
  readonly day: string;
  readonly runs: number;
  readonly failedRuns: number;
  /** Tests in all runs. */
  readonly passed: number;
  readonly failed: number;
}

export interface FileFigure {
  readonly file: string;
  readonly touches: number;
}

/** How much is happening. */
export interface Rates {
  /** RFC 3339. */
  readonly time: string;
  /** Records of each of the last 60 minutes by when they happened, the latest last; that one is not over. */
  readonly minutes: readonly number[];
  /** Records of the last hour by source. */
  readonly sources: Readonly<Record<string, number>>;
}

/** `daybook stats` */
export interface StatsReport extends Stats {
  readonly statistics: Statistics;
}

/** A line of `daybook watch --json`. */
export interface WatchSnapshot {
  /** RFC 3339. */
  readonly time: string;
  readonly rates: Rates;
  readonly lastDay: { readonly records: number; readonly redactions: number };
  /** Of the whole record; as these sizes, some seconds old at most. */
  readonly records: number;
  readonly sessions: number;
  readonly journalBytes: number;
  readonly databaseBytes: number;
  /** Language servers that run, and the memory that they take together; null where the system does not tell. */
  readonly servers: { readonly count: number; readonly memoryBytes: number } | null;
  /** The newest first, of the last 24 hours. */
  readonly latest: readonly { readonly id: string; readonly time: string; readonly source: string; readonly type: string; readonly subject?: string; readonly session?: string }[];
}
