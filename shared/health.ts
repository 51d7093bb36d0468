/**
 * How Daybook and its sources are: the ledger of each, and what needs a look.
 * The same shapes on the command line with `--json` and from the language server; fields are only ever
 * added. Times are RFC 3339 UTC with milliseconds; sizes are bytes.
 */

/** How something is: well; worth a look, with the reason; not working, with what to do. */
export type HealthState = 'ok' | 'warning' | 'failed';

/** `daybook/health`: the ledger of each source, and what needs a look. */
export interface HealthResult {
  /** The worst of all. */
  readonly state: HealthState;
  /** RFC 3339. */
  readonly time: string;
  /** Daybook itself first, then the sources by name; tools of which nothing was found are left out. */
  readonly sources: readonly SourceHealth[];
}

export interface SourceHealth {
  /** Name of the source; `daybook` for Daybook itself, whose figures are those of all sources. */
  readonly source: string;
  readonly displayName: string;
  readonly state: HealthState;
  /** Records that count, problems and gaps left out. */
  readonly records: number;
  readonly sessions: number;
  readonly redactions: number;
  /** Things that were met and could not be kept: lines, documents, records. */
  readonly dropped: number;
  /** Things that happened and could not be seen. */
  readonly gaps: number;
  /** Time of the latest record; null when there is none. */
  readonly lastAt: string | null;
  /** How often each problem was met, by its code. */
  readonly problems: Readonly<Record<string, number>>;
  /** Source files: read, changed or new since then, no longer there. */
  readonly files: { readonly read: number; readonly waiting: number; readonly gone: number };
  /** Sessions that are kept although no file they were read from is there any more. */
  readonly keptSessions: number;
  /** What the tool deletes by itself; absent when it does not, or nothing of it is known. */
  readonly retention?: RetentionHealth;
  /** Native types of lines that the importer does not know; they are kept as they are. */
  readonly unknownTypes: readonly UnknownType[];
  /** What there is to say, the worst first. */
  readonly notes: readonly HealthNote[];
}

export interface HealthNote {
  /** The same for as long as it is about the same: who dismissed it is not told again. */
  readonly id: string;
  /** Short, stable, kebab-case: `source-silent`, `format-drift` … */
  readonly code: string;
  readonly state: HealthState;
  /** Sentences for a person, true at the time of the answer. */
  readonly message: string;
}

export interface UnknownType {
  readonly type: string;
  readonly count: number;
  /** Time of the first record of it. */
  readonly firstAt: string;
  /** Version of the tool that wrote it, where its session says so. */
  readonly version?: string;
  /** Id of the first record of it. */
  readonly example: string;
}

export interface RetentionHealth {
  readonly days: number;
  /** Where the tool keeps the setting: its name, and the file that says so or could. */
  readonly setting: string;
  readonly file: string;
  /** Whether the file says nothing, so that the tool's own default holds. */
  readonly isDefault: boolean;
  /** Sessions that are kept and older than that. */
  readonly expired: number;
  /** Sessions that are kept and reach that age within a week. */
  readonly soon: number;
  /** Files that reach that age within a week and are not read to their end. */
  readonly unread: number;
}
