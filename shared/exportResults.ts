/**
 * What exports and datasets are, and what they came to.
 * The same shapes on the command line with `--json` and from the language server; fields are only ever
 * added. Times are RFC 3339 UTC with milliseconds; sizes are bytes.
 */

/** `daybook export --formats` */
export interface ExportFormats {
  readonly formats: readonly ExportFormat[];
}

export interface ExportFormat {
  readonly name: string;
  readonly displayName: string;
  /** Of its files, without the dot. */
  readonly extension: string;
  readonly audience: 'people' | 'models' | 'programs';
  /** What it is made of. */
  readonly unit: 'record' | 'session';
  /** Whether it writes one file, or may write a folder of files too, and which of the two it does unless told. */
  readonly layouts: readonly ('file' | 'folder')[];
  /** Set where each file of a folder is of one day and says so in its name. */
  readonly byDay?: true;
  /** What does not survive in it, in sentences. */
  readonly loses: string;
  /** What can be chosen, by name, with what it means. */
  readonly options: Readonly<Record<string, string>>;
}

/** `daybook export` */
export interface ExportResult extends ExportCounts {
  readonly format: string;
  /** Absolute path of the file or folder. */
  readonly output: string;
  readonly files: readonly ExportedFile[];
  /** Set where it could not be noted that there is this export: why, and what follows, in sentences. */
  readonly notNoted?: string;
}

/** `daybook export --preview`: what would be written, exactly. */
export interface ExportPreview extends ExportCounts {
  readonly format: string;
  /** How many files. */
  readonly files: number;
  /** The beginning of the first file; of formats that are no text, the first records as JSON lines. */
  readonly sample: string;
}

export interface ExportCounts {
  /** Records that were chosen, or sessions, by the unit of the format. */
  readonly chosen: number;
  /** What the format made of them: lines, documents, examples. */
  readonly items: number;
  /** Chosen, but nothing that the format could hold. */
  readonly leftOut: number;
  readonly bytes: number;
  /** Secrets that the rules of today found on the way out, and the rules of the day of recording had not. */
  readonly redactions: number;
  /** Where they were: ids of the first records and sessions. */
  readonly redacted: readonly string[];
  /** Records that leave without their content, or not at all: less is allowed in their folder now than when they were recorded. */
  readonly withheld: number;
}

/** `daybook export --dataset` */
export interface DatasetResult {
  readonly format: string;
  /** Absolute path of the folder. */
  readonly output: string;
  /** Those that hold something. */
  readonly splits: readonly DatasetSplit[];
  readonly sessions: {
    /** By the selection; the sum of the others. */
    readonly chosen: number;
    readonly filtered: number;
    /** Of which the format could hold nothing. */
    readonly empty: number;
    /** Whose examples were all there before. */
    readonly repeated: number;
    readonly taken: number;
  };
  /** Examples that were left out because one like them was there before. */
  readonly duplicates: { readonly exact: number; readonly near: number };
  /** Secrets that the rules of today found on the way out. */
  readonly redactions: number;
  /** Where they were: ids of the first records and sessions. */
  readonly redacted: readonly string[];
  /** Records that leave without their content, or not at all: less is allowed in their folder now than when they were recorded. */
  readonly withheld: number;
  /** Identifies the rules of today. */
  readonly ruleSet: string;
  readonly files: readonly ExportedFile[];
  /** As in `ExportResult`. */
  readonly notNoted?: string;
}

/** `daybook export --dataset --preview`: what would be written, exactly. */
export interface DatasetPreview extends Omit<DatasetResult, 'files' | 'notNoted'> {
  /** How many files, with the card and the manifest. */
  readonly files: number;
  readonly bytes: number;
  /** The beginning of the first split. */
  readonly sample: string;
}

export type SplitName = 'train' | 'validation' | 'test';

export interface DatasetSplit {
  readonly name: SplitName;
  /** Below the folder, with `/`. */
  readonly file: string;
  readonly examples: number;
  readonly sessions: number;
  readonly bytes: number;
}

export interface ExportedFile {
  /** Below `output` with `/` where that is a folder; else the name of the file. */
  readonly name: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}
