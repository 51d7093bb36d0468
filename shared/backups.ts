/** Backups, as commands print them and the language server answers: fields are only ever added. Times are RFC 3339 UTC, sizes bytes. */

/**
 * Why a backup was made: once a day by itself, by hand, after the database got another form, before a repair, before a restore, in the place of
 * older ones after the past was redacted or the record encrypted.
 */
export const backupReasons = ['scheduled', 'manual', 'migration', 'repair', 'restore', 'redaction', 'encryption'] as const;
export type BackupReason = (typeof backupReasons)[number];

export interface BackupSummary {
  readonly id: string;
  /** Absolute path of the folder it lies in. */
  readonly folder: string;
  readonly at: string;
  readonly reason: BackupReason;
  /** Null once something in it was forgotten: then nobody has counted it again. */
  readonly records: number | null;
  readonly sessions: number | null;
  readonly files: number;
  /** Of all its files. */
  readonly bytes: number;
}

/** `daybook backup` */
export interface BackupResult extends BackupSummary {
  /** What was copied for it; the rest lay there already. */
  readonly copied: { readonly files: number; readonly bytes: number };
  /** Ids of older backups that were taken away; none while records are missing. */
  readonly removed: readonly string[];
  /** Records that the index counts and the journal does not give back; 0 when all is well. */
  readonly missing: number;
}

/** `daybook backup --list` */
export interface BackupList {
  /** The newest first. */
  readonly backups: readonly BackupSummary[];
  /** Folders and files that could not be read, in sentences. */
  readonly problems: readonly string[];
}

/** `daybook restore` */
export interface RestoreResult {
  readonly id: string;
  /** Absolute path of the data directory that has it now. */
  readonly directory: string;
  readonly files: number;
  readonly records: number;
  readonly sessions: number;
  /** Records that were counted when it was made; null when something was taken out since. Fewer come back when some were forgotten since. */
  readonly expected: number | null;
  /** Id of the backup of what was there before; null when nothing was. */
  readonly before: string | null;
}

/** What a restore drill found: the newest backup, restored for a moment and counted. */
export interface DrillResult {
  readonly id: string;
  readonly at: string;
  readonly records: number;
  /** Why it could not be restored, or not in whole, in a sentence; absent when all is well. */
  readonly failure?: string;
}
