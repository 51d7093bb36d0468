/**
 * Every request and notification that Daybook adds to LSP. Standard text synchronisation, file operations, work-done progress and
 * `workspace/executeCommand` carry the rest. Each custom request is also a command of the same name with `/` as `.`:
 * `workspace/executeCommand {command: "daybook.search", arguments: [params]}`.
 */

import type { Consent } from './consent.ts';
import type { ConsentLevel } from './consentLevel.ts';
import type { DiagnosticsPart, LogSettings } from './log.ts';
import type { SessionMarks } from './marks.ts';
import type { DaybookRecord, Family, ShortRecord } from './record.ts';
import type { RedactPreview, RedactReceipt, RedactSelection } from './redaction.ts';
import type { ExportChoice } from './exported.ts';
import type { DatasetPreview, DatasetResult, ExportFormats, ExportPreview, ExportResult } from './exportResults.ts';
import type { EncryptionReceipt, EncryptionState, Unlock } from './encryption.ts';
import type { HealthResult } from './health.ts';
import type { ForgetPreview, ForgetReceipt, ImportResult, RecordDocument, RecordResult, SearchCompletions, SearchResult, SearchSuggestion, SessionDocument, SessionList, Stats, TouchingSessions } from './results.ts';
import type { RetentionPlan, RetentionPolicy, RetentionStatus } from './retention.ts';
import type { Rates, Statistics, StatisticsParams } from './statistics.ts';
import type { Timeline, TimelineParams } from './timeline.ts';
import type { BlockPlace, SessionFound, SessionItems, SessionOutline, Sought, WholeBlock } from './sessionView.ts';
import type { Trouble } from './trouble.ts';
import type { RedactionChoice } from './userRules.ts';
import type { WorkflowPast } from './workflow.ts';

// #region to the server

/** Requests: method → parameters and answer. */
export interface Requests {
  /** Record what LSP has no word for. Answered when the records are durable. */
  readonly 'daybook/record': { params: { records: readonly ShortRecord[] }; result: RecordResult };
  /** Sessions, the latest activity first; `before` is the `endedAt` and `id` of the last one already there. */
  readonly 'daybook/sessions': { params: SessionsParams; result: SessionList };
  /** Sessions that opened, read or changed a file, the latest first. */
  readonly 'daybook/touching': { params: TouchingParams; result: TouchingSessions };
  /** One session with its turns; null when there is none of this id. */
  readonly 'daybook/session': { params: { id: string }; result: SessionDocument | null };
  /** One session as a Markdown document; null when there is none of this id. */
  readonly 'daybook/sessionMarkdown': { params: { id: string }; result: { title: string; markdown: string } | null };
  /** An image or document of a session by its name in the record: the absolute path of its file, and its size. Null when it is not there. */
  readonly 'daybook/attachment': { params: { name: string; content?: boolean }; result: Attachment | null };
  readonly 'daybook/search': { params: SearchParams; result: SearchResult };
  /** What can be written at the end of a query: names of filters and values there are. `query` is the text up to the cursor. */
  readonly 'daybook/searchComplete': { params: { query: string; limit?: number }; result: SearchCompletions };
  /** What a session's document begins with, read anew; null when there is none of this id. */
  readonly 'daybook/sessionOutline': { params: { id: string }; result: SessionOutline | null };
  /** Items of a session, `from` counted from 0, `limit` 1 to 1,000; null when there is no session of this id. */
  readonly 'daybook/sessionItems': { params: { id: string; from: number; limit: number }; result: SessionItems | null };
  /** One block, not cut; null when it is not there. */
  readonly 'daybook/sessionBlock': { params: BlockPlace; result: WholeBlock | null };
  /** Which items of a session hold a text; the one of the record alone, where there is one. */
  readonly 'daybook/sessionFind': { params: { id: string } & Sought; result: SessionFound };
  /** One turn as Markdown, by its number from 1; null when it is not there. */
  readonly 'daybook/turnMarkdown': { params: { id: string; turn: number }; result: { markdown: string } | null };
  /** Something of the newest sessions that is worth a first search; null while there is nothing. */
  readonly 'daybook/firstSearch': { params: Record<string, never>; result: SearchSuggestion | null };
  /** One record; null when there is none of this id. */
  readonly 'daybook/show': { params: { id: string }; result: RecordDocument | null };
  /** A workflow that did not succeed, by its run or the latest of its name: how far it came. Null when there is none. */
  readonly 'daybook/workflow': { params: { run: string } | { name: string }; result: WorkflowPast | null };
  /** The newest records of the current local day. */
  readonly 'daybook/today': { params: { limit: number }; result: Today };
  readonly 'daybook/stats': { params: Record<string, never>; result: Stats };
  /** What the dashboard shows: some milliseconds, however much is recorded. */
  readonly 'daybook/statistics': { params: StatisticsParams; result: Statistics };
  /** How much happened in the last hour. */
  readonly 'daybook/rates': { params: Record<string, never>; result: Rates };
  /** Everything of one day. */
  readonly 'daybook/timeline': { params: TimelineParams; result: Timeline };
  /** The ledger of each source, and what needs a look. */
  readonly 'daybook/health': { params: Record<string, never>; result: HealthResult };
  /** What a source writes that Daybook does not know, to be filed as an issue; null when nothing is known of the source. */
  readonly 'daybook/healthReport': { params: { source: string }; result: { markdown: string } | null };
  /** Pins, hides, renames or tags sessions; answered when that is durable. */
  readonly 'daybook/mark': { params: MarkParams; result: RecordResult };
  /** What would be forgotten. */
  readonly 'daybook/forgetPreview': { params: ForgetSelection; result: ForgetPreview };
  /** Takes it out of the record for good; answered when it is gone from the disk. */
  readonly 'daybook/forget': { params: ForgetParams; result: ForgetReceipt };
  /** What the rules of today find in what is recorded already. Takes as long as reading all of it, and can be cancelled. */
  readonly 'daybook/redactPreview': { params: RedactSelection; result: RedactPreview };
  /** Takes it out; answered when it is gone and looked for. Can be cancelled until something is replaced; then nothing is changed. */
  readonly 'daybook/redact': { params: RedactSelection; result: RedactReceipt };
  /** What is kept how long, what would go, and what waits to go. */
  readonly 'daybook/retention': { params: Record<string, never>; result: RetentionStatus };
  /** Withdraws what waits to go; nothing is planned again until the policy changes. */
  readonly 'daybook/keepWhatWouldGo': { params: Record<string, never>; result: RetentionStatus };
  /** Lets go at once what would go; answered when it is gone from the disk. */
  readonly 'daybook/letGo': { params: Record<string, never>; result: RetentionStatus };
  /** What a bug report needs, as Markdown without anything that was recorded. `client` is what the client adds of itself, in words of its own. */
  readonly 'daybook/diagnostics': { params: { client?: readonly DiagnosticsPart[] }; result: { markdown: string } };
  /** Whether the record is encrypted, and whether this package of Daybook can encrypt it. */
  readonly 'daybook/encryption': { params: Record<string, never>; result: EncryptionState };
  /** Opens an encrypted record for this server; answers with its keys, for a secret place of the client's. An error when neither fits. */
  readonly 'daybook/unlock': { params: Unlock; result: { keys: NonNullable<Unlock['keys']> } };
  /** Encrypts the record, or goes on where that was interrupted; answered when it is done and looked for. */
  readonly 'daybook/encrypt': { params: { passphrase: string }; result: { receipt: EncryptionReceipt; keys: NonNullable<Unlock['keys']> } };
  readonly 'daybook/status': { params: Record<string, never>; result: Status };
  /** Pause or resume recording in this server; `everywhere` stops all servers and programs until it is resumed everywhere. */
  readonly 'daybook/setRecording': { params: { recording: boolean; everywhere?: boolean }; result: Status };
  /** Read all sources now. */
  readonly 'daybook/import': { params: Record<string, never>; result: ImportResult };
  /** The formats in which things can be taken out. */
  readonly 'daybook/exportFormats': { params: Record<string, never>; result: ExportFormats };
  /** What an export would write. Takes as long as the export itself, and can be cancelled like it. */
  readonly 'daybook/exportPreview': { params: ExportPreviewParams; result: ExportPreview };
  /** Answered when everything is written and synced to disk; a request that is cancelled leaves nothing behind. */
  readonly 'daybook/export': { params: ExportParams; result: ExportResult };
  /** What a dataset would hold. Takes as long as writing it, and can be cancelled like it; does not look at what is in the folder. */
  readonly 'daybook/datasetPreview': { params: DatasetParams; result: DatasetPreview };
  /** Writes a dataset; else like `daybook/export`. */
  readonly 'daybook/dataset': { params: DatasetParams; result: DatasetResult };
}

/** Notifications to the server: method → parameters. */
export interface Tells {
  /** The next change of this document is what the editor read anew from disk. Sent right before it, by clients with `tellsReloads`. */
  readonly 'daybook/reloaded': { readonly uri: string };
}

export interface Attachment {
  /** Absolute. */
  readonly path: string;
  /** Of its content. */
  readonly bytes: number;
  /** Base64, where the file is encrypted and `content` was asked for: then it is not to be read as it lies there. */
  readonly content?: string;
}

export interface SessionsParams {
  /** 1 to 1,000. */
  readonly limit: number;
  readonly before?: { readonly endedAt: string; readonly id: string };
  /** Those that are pinned, or hidden, alone. Without it all that are not hidden. */
  readonly only?: 'pinned' | 'hidden';
  /** Words that must all be in the title, the workspace, the source or the tags, in any case. */
  readonly filter?: string;
}

export interface TouchingParams {
  /** URI or absolute path. */
  readonly file: string;
  /** 1 to 1,000. */
  readonly limit: number;
}

export interface MarkParams extends SessionMarks {
  /** Ids of sessions. */
  readonly sessions: readonly string[];
}

export interface SearchParams {
  readonly query: string;
  /** 1 to 1,000; 20 when absent. */
  readonly limit?: number;
  /** The last word may be unfinished: it is looked for as a prefix. For search as you type. */
  readonly typing?: boolean;
  /** Whether the results are wanted by session too, with what came before and after. */
  readonly grouped?: boolean;
}

/** What to take out; what is left out does not narrow the choice. A session is chosen when something of it lies in the time given. */
export interface ExportSelection {
  /** As in `daybook/search`. */
  readonly query?: string;
  /** Ids of sessions. */
  readonly sessions?: readonly string[];
  /** RFC 3339, inclusive. */
  readonly since?: string;
  /** RFC 3339, exclusive. */
  readonly until?: string;
  readonly families?: readonly Family[];
  readonly sources?: readonly string[];
  /** URIs of workspace folders. */
  readonly workspaces?: readonly string[];
}

/** What to forget: whatever all that is given is true of. At least one of them must be given. */
export interface ForgetSelection extends Pick<ExportSelection, 'query' | 'since' | 'until' | 'workspaces'> {
  /** Ids of sessions. Alone, and of a chat, it means the session as a whole with its subagents: what it says later is refused, too. */
  readonly sessions?: readonly string[];
  /** URIs of files: what was recorded about them, not what mentions them. */
  readonly files?: readonly string[];
  /** Ids of records. */
  readonly ids?: readonly string[];
}

/** What to forget, and what becomes of exports that hold some of it: `lines` when absent. */
export type ForgetParams = ForgetSelection & { readonly exports?: ExportChoice };

export interface ExportPreviewParams {
  /** Name of a format, see `daybook/exportFormats`. */
  readonly format: string;
  readonly selection?: ExportSelection;
  /** Options of the format. */
  readonly options?: Readonly<Record<string, string>>;
  /** Whether one file is wanted or a folder of files; the format's own way when absent. */
  readonly layout?: 'file' | 'folder';
}

export interface ExportParams extends ExportPreviewParams {
  /** Absolute path of the file or folder. */
  readonly output: string;
  /** Whether files that are there may be replaced. */
  readonly force?: boolean;
  /** Whether files that are there and hold the very same bytes may stay; others are refused as ever. */
  readonly keepSame?: boolean;
}

/** A folder of examples for models, with splits, a card and a manifest. */
export interface DatasetParams {
  /** Absolute path of the folder. */
  readonly output: string;
  /** Name of a format of examples, one a line. */
  readonly format: string;
  readonly selection?: ExportSelection;
  readonly filters?: DatasetFilters;
  /** Options of the format. */
  readonly options?: Readonly<Record<string, string>>;
  readonly split: SplitPlan;
  /** As the card shall state it, such as an SPDX identifier. */
  readonly licence?: string;
  readonly force?: boolean;
}

/** Each narrows the choice of sessions; what is absent does not. */
export interface DatasetFilters {
  /** One of them answered. */
  readonly models?: readonly string[];
  /** One of them was called. */
  readonly tools?: readonly string[];
  /** How the session ended, where its source says so; else it counts as completed. */
  readonly outcomes?: readonly string[];
  readonly minTurns?: number;
  readonly maxTurns?: number;
  /** Everything that was recorded of it was recorded at this level or above. */
  readonly consent?: ConsentLevel;
}

export interface SplitPlan {
  /** `session`: by chance; `time`: the latest are tested; `workspace`: by chance, what belongs to one folder together. */
  readonly by: 'session' | 'time' | 'workspace';
  /** The same seed gives the same splits; without meaning where they are by time. */
  readonly seed: number;
  /** Shares of training, validation and test. */
  readonly shares: readonly [number, number, number];
}

/** Sent by the client as `initializationOptions`, and again as settings of `workspace/didChangeConfiguration`. */
export interface ServerSettings {
  /** Absolute path; the user's default data directory when absent or empty. */
  readonly dataDirectory?: string;
  /** Whether to record when the server starts; default true. */
  readonly recording?: boolean;
  readonly captureEditor?: boolean;
  /** Whether the client sends `daybook/reloaded`; default false. */
  readonly tellsReloads?: boolean;
  readonly captureTerminal?: boolean;
  /** Whether the test runs in the output of commands are recorded; default true. */
  readonly captureTestResults?: boolean;
  /** Whether test reports that appear in the workspace folders are read; default true. */
  readonly captureTestReports?: boolean;
  /** Globs of files whose content is never recorded, on top of the built-in rules. */
  readonly ignore?: readonly string[];
  /** Bytes; larger files leave only the fact that they changed. */
  readonly maxFileSize?: number;
  /** Bytes up to which an image or document of an AI session is kept; 0 keeps none. */
  readonly maxAttachment?: number;
  /** Sources that are not read, by name. */
  readonly disabledSources?: readonly string[];
  /** Directories of hosts of VS Code's storage, in addition to the usual ones: `<user data>/User`. */
  readonly vscodeUserDirectories?: readonly string[];
  /** Minutes without activity after which a coding session ends. */
  readonly idleMinutes?: number;
  /** How much is recorded of what happens in which folder; `full` everywhere when absent. */
  readonly consent?: Consent;
  /** The same without the limit of a window that is not trusted: how much may leave in an export. As `consent` when absent. */
  readonly exportConsent?: Consent;
  /** Exports that are carried out by themselves, as the setting `daybook.exports` has them: `{format, query?, folder, every: 'day' | 'week'}`. */
  readonly exports?: readonly unknown[];
  /** Backups that are made by themselves, once a day; they are when absent. */
  readonly backups?: Partial<BackupPlan>;
  /** What is let go by age and size; what held last when absent. */
  readonly retention?: RetentionPolicy;
  /** What work in the background may take; what happens live is never held up. */
  readonly budget?: Budget;
  /** What the user adds to the rules of redaction, and takes from them; nothing when absent. */
  readonly redaction?: RedactionChoice;
  /** How much Daybook says of itself; the usual when absent. */
  readonly log?: Partial<LogSettings>;
  /** What opens an encrypted record. A server that cannot open it answers `initialize` with an error whose data is `{locked: true}`. */
  readonly unlock?: Unlock;
}

export interface BackupPlan {
  readonly automatic: boolean;
  /** Absolute path of the folder they are kept in; empty for `backups` in the data directory. */
  readonly folder: string;
  /** Of how many days and weeks one is kept. */
  readonly daily: number;
  readonly weekly: number;
}

/** Limits; 0 is none. */
export interface Budget {
  /** Of one processor core, for all of the server. */
  readonly cpuPercent: number;
  /** Resident memory of the server; millions of bytes. */
  readonly memoryMegabytes: number;
  /** Of the data directory; billions of bytes. */
  readonly diskGigabytes: number;
}

// #endregion

// #region from the server

/** Notifications: method → parameters. */
export interface Notifications {
  /** Something new is in the store; views ask again. At most a few a second. */
  readonly 'daybook/changed': { readonly sessions: boolean; readonly records: boolean };
  readonly 'daybook/statusChanged': Status;
}

export interface Status {
  readonly recording: boolean;
  /** RFC 3339; set while nothing is recorded in any window and by any program, by a person's word. */
  readonly stoppedSince?: string;
  readonly dataDirectory: string;
  /** Since midnight, local time. */
  readonly today: { readonly records: number; readonly redactions: number };
  /** Set while sources are being read. */
  readonly importing?: { readonly done: number; readonly total: number };
  /** Set once the first backfill of this server is through. */
  readonly imported?: { readonly sessions: number; readonly sources: readonly string[]; readonly firstTime: boolean };
  /** What waits to go by its age or the size of the record; absent when nothing does. */
  readonly retention?: { readonly plan: RetentionPlan; readonly policy: RetentionPolicy };
  /** The most recent thing that needs a look; absent when all is well. */
  readonly attention?: string;
  /** Set while nothing can be written: what happens is held, and recorded when it can. */
  readonly trouble?: Trouble;
}

export interface Today {
  readonly records: readonly DaybookRecord[];
  readonly total: number;
}

// #endregion

export type RequestMethod = keyof Requests;
export type NotificationMethod = keyof Notifications;
