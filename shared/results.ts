/**
 * What the command line prints with `--json`, and what the language server answers: the same shapes.
 * Fields are only ever added. Times are RFC 3339 UTC with milliseconds; sizes are bytes.
 */

import type { DaybookRecord, Family } from './record.ts';
import type { ChatSessionHeader, Usage } from './session.ts';

/** `daybook import` */
export interface ImportResult {
  /** One entry per source that was met, by its name. */
  readonly sources: Readonly<Record<string, ImportCounts>>;
  /** Files under `--from` that no importer knows, absolute paths. */
  readonly unrecognised: readonly string[];
}

/** What the files of one source hold, copies left out. `newRecords` is what this run added. */
export interface ImportCounts {
  readonly files: number;
  readonly sessions: number;
  /** What a person asked. */
  readonly prompts: number;
  /** Model responses, however many lines the tool wrote each one on. */
  readonly replies: number;
  readonly toolExecutions: number;
  readonly newRecords: number;
  readonly problems: number;
}

/** `daybook record` */
export interface RecordResult {
  readonly accepted: number;
  readonly duplicates: number;
  /** `line` is the line of standard input, from 1; in a batch of the protocol, the place in the batch, from 1. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

/** `daybook stats` */
export interface Stats {
  readonly records: number;
  readonly sessions: number;
  readonly byFamily: Readonly<Partial<Record<Family, number>>>;
  readonly bySource: Readonly<Record<string, number>>;
  readonly journalBytes: number;
  readonly databaseBytes: number;
  readonly redactions: number;
  readonly problems: number;
}

/** `daybook search` */
export interface SearchResult {
  readonly query: string;
  /** All matches, not only the ones listed; where there are `more`, those that were counted. */
  readonly total: number;
  readonly results: readonly SearchHit[];
  /** Set when there are more matches than were counted: older ones. */
  readonly more?: true;
}

export interface SearchHit {
  readonly id: string;
  readonly time: string;
  readonly source: string;
  readonly family: Family;
  readonly kind: string;
  /** Null when the record belongs to no session. */
  readonly sessionId: string | null;
  /** The passage that matches, on one line, matches between `matchStart` and `matchEnd`. */
  readonly snippet: string;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
}

/** Mark the beginning and the end of a match inside a snippet: control characters that text does not hold. */
export const matchStart = '\u0002';
export const matchEnd = '\u0003';

/** `daybook list` */
export interface SessionList {
  readonly sessions: readonly SessionSummary[];
}

export interface SessionSummary {
  readonly id: string;
  readonly kind: 'chat' | 'coding';
  readonly source: string;
  readonly title: string;
  /** Workspace folder URI; null when it is not known. */
  readonly workspace: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly turns: number;
  readonly prompts: number;
  readonly replies: number;
  readonly toolExecutions: number;
  /** Id of the session this one was started from, where it was. */
  readonly parent?: string;
  readonly relation?: string;
}

/** `daybook show ID` of a session. */
export interface SessionDocument {
  readonly session: SessionSummary & Pick<ChatSessionHeader, 'agent' | 'git'> & {
    readonly usage: Usage;
    /** File it was read from, absolute path. */
    readonly origin?: string;
  };
  readonly turns: readonly Turn[];
}

/** One prompt until the agent's work on it ends; the first may have no prompt. A coding session has one turn with its records. */
export interface Turn {
  /** From 1. */
  readonly index: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly records: readonly DaybookRecord[];
}

/** `daybook show ID` of a record. */
export interface RecordDocument {
  readonly record: DaybookRecord;
}

/** `daybook rebuild` */
export interface RebuildResult {
  readonly files: number;
  readonly records: number;
  readonly durationMs: number;
  readonly problems: number;
}

/** `daybook seal` */
export interface SealResult {
  /** Journal files that had lines to compress. */
  readonly files: number;
  /** Compressed blocks that were written. */
  readonly blocks: number;
  /** Bytes of the journal. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly durationMs: number;
}

/** `daybook doctor` */
export interface DoctorResult {
  readonly healthy: boolean;
  readonly checks: readonly { readonly name: string; readonly state: 'ok' | 'warning' | 'failed'; readonly message: string }[];
}
