/**
 * What the command line prints with `--json`, and what the language server answers: the same shapes.
 * Fields are only ever added. Times are RFC 3339 UTC with milliseconds; sizes are bytes.
 */

import type { ExportsToForget, ForgottenExports } from './exported.ts';
import type { HealthResult } from './health.ts';
import type { ActorCounts, RecordLinks } from './links.ts';
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
  /** Tokens, once for each response. */
  readonly usage: Usage;
  readonly newRecords: number;
  readonly problems: number;
}

/** What some sessions hold, taken together. */
export type SessionCounts = Pick<ImportCounts, 'sessions' | 'prompts' | 'replies' | 'toolExecutions' | 'usage'>;

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
  /** Who made the edits of the last days; set on the command line alone, for it takes a while. */
  readonly edits?: ActorCounts;
}

/** `daybook search` */
export interface SearchResult {
  readonly query: string;
  /** All matches, not only the ones listed; where there are `more`, those that were counted. */
  readonly total: number;
  readonly results: readonly SearchHit[];
  /** Set when there are more matches than were counted: older ones. */
  readonly more?: true;
  /** The results by session, the best first; on the command line always, over LSP where it is asked for. */
  readonly groups?: readonly SearchGroup[];
  /** What could not be understood, by its place in the query; the rest was looked for. Absent when all was. */
  readonly mistakes?: readonly SearchMistake[];
}

export interface SearchMistake {
  /** Short, stable, kebab-case: `unknown-filter`, `unclosed-quote` … */
  readonly code: string;
  /** Characters of the query, counted in UTF-16 units from 0; `to` is excluded. */
  readonly from: number;
  readonly to: number;
  /** One calm sentence for a person; ends with a full stop. */
  readonly message: string;
  /** What to write between `from` and `to` instead, where that can be told. */
  readonly suggestion?: string;
}

/** Results of one session. */
export interface SearchGroup {
  /** Null for a record that belongs to none. */
  readonly session: Pick<SessionSummary, 'id' | 'kind' | 'source' | 'title' | 'workspace' | 'endedAt'> | null;
  /** Ids of results, the best first. */
  readonly hits: readonly string[];
  /** What came just before and after the best of them in its session; absent where nothing did, and for groups far down. */
  readonly before?: SearchNeighbour;
  readonly after?: SearchNeighbour;
}

export interface SearchNeighbour {
  readonly id: string;
  readonly time: string;
  readonly source: string;
  readonly kind: string;
  readonly actor?: string;
  /** The beginning of what it says, on one line. */
  readonly text: string;
}

/** `daybook search --complete`: what can be written at the end of a query. */
export interface SearchCompletions {
  readonly query: string;
  /** What is replaced; characters of the query, counted in UTF-16 units from 0, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** Names of filters, with a colon, or values; the most likely first. */
  readonly items: readonly { readonly text: string; readonly says: string }[];
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

/** `daybook/firstSearch`: a search of the person's own that finds something. */
export interface SearchSuggestion {
  readonly query: string;
  /** Id and title of the session it comes from. */
  readonly session: string;
  readonly title: string;
}

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
  /** Set when a person pinned it. */
  readonly pinned?: true;
  /** Set when a person hid it. */
  readonly hidden?: true;
  /** What a person tagged it with; absent without any. */
  readonly tags?: readonly string[];
  /** The tool's own title, where a person gave another. */
  readonly ownTitle?: string;
  /** How complete the tool's own record is, where it is not whole. */
  readonly fidelity?: 'partial' | 'summary';
  /** Why it is not whole, in a sentence. */
  readonly fidelityReason?: string;
  /** Set when no file it was read from is there any more: this copy is the only one Daybook knows of. */
  readonly sourceGone?: true;
  /** Id of the session this one was started from, where it was. */
  readonly parent?: string;
  readonly relation?: string;
}

/** `daybook list --file PATH` */
export interface TouchingSessions {
  readonly sessions: readonly TouchingSession[];
}

export interface TouchingSession extends SessionSummary {
  /** When it did so last. */
  readonly touchedAt: string;
  /** How often it changed the file; 0 where it only looked. */
  readonly changes: number;
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
export interface RecordDocument extends RecordLinks {
  readonly record: DaybookRecord;
}

/** `daybook rebuild` */
export interface RebuildResult {
  readonly files: number;
  readonly records: number;
  readonly durationMs: number;
  readonly problems: number;
}

/** What would be forgotten. */
export interface ForgetPreview {
  /** Records that count; their earlier revisions go with them. */
  readonly records: number;
  /** Sessions that would be gone as a whole, and refused from then on. */
  readonly sessions: readonly { readonly id: string; readonly title: string }[];
  /** Sessions that would lose some of their records, or all, and may go on. */
  readonly parts: number;
  /** RFC 3339: time of the oldest record and of the newest; null without any. */
  readonly first: string | null;
  readonly last: string | null;
  /** Exports that Daybook knows of and that hold some of it. */
  readonly exports: ExportsToForget;
}

/** What was forgotten of the record. */
export interface ForgottenRecord {
  /** Lines of the journal that are gone, earlier revisions among them. */
  readonly records: number;
  /** Sessions that are refused from now on. */
  readonly sessions: number;
  /** Journal files that were rewritten or removed. */
  readonly files: number;
  /** Bytes of the journal and of attachments that are free. */
  readonly bytes: number;
  /** Files of images and documents that nothing refers to any more; they are gone. */
  readonly attachments: number;
  /** Absolute paths of damaged files beside them that nobody can look into. */
  readonly unreadable: readonly string[];
  /** Set where there are backups that had it: how many were rewritten, and folders, absolute paths, that could not be reached. */
  readonly backups?: { readonly rewritten: number; readonly unreached: readonly string[] };
  /** Whether the database and its log are free of it, too; if not, the next start tries again. */
  readonly scrubbed: boolean;
}

/** What was forgotten. */
export interface ForgetReceipt extends ForgottenRecord {
  /** What became of exports that held some of it. */
  readonly exports: ForgottenExports;
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
  readonly health: HealthResult;
}

/** `daybook doctor --repair` */
export interface RepairResult {
  /** Id of the backup that was made before; null where there was nothing to back up. */
  readonly backup: string | null;
  /** What was put right, in sentences; empty when there was nothing. */
  readonly done: readonly string[];
}
