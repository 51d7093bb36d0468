/**
 * The contract of an importer. An importer knows where one tool keeps its sessions and how to read them, and hands over values.
 * It opens no file, knows no database and keeps nothing between two readers.
 *
 * Each importer is a folder with the same file names:
 *   index.ts    the Importer: name, capabilities, roots, recognition
 *   reader.ts   SourceReader: bytes that were there before + new lines → records
 *   format.ts   the types of the foreign format, with the place where it was learned
 */

import type { ChatMessage, ChatSessionHeader } from '../../shared/session.ts';
import type { Problem } from '../../shared/problem.ts';
import type { UnknownChatRecord } from '../../shared/record.ts';

export interface Importer {
  /** The record's `source`: lower-case, kebab-case, stable for ever. */
  readonly source: string;
  /** What people call the tool. */
  readonly displayName: string;
  readonly capabilities: Capabilities;
  /** Folders in which the tool keeps sessions on this machine, whether they exist or not. */
  roots(machine: Machine): readonly Root[];
  /** Where a setting of the tool may have moved its sessions; absent where none can. */
  moved?(machine: Machine): Moved;
  /** How long the tool keeps its sessions, where it deletes them by itself; absent where it never does, or nobody knows. */
  retention?(machine: Machine): Retention;
  /**
   * Whether a file is of this tool, by content alone (and by name where the content cannot tell); must be cheap and never throw.
   * Returns undefined for anything it is not sure of.
   */
  recognise(sample: Sample): Recognition | undefined;
  /**
   * A reader for one file. `state` is what an earlier reader of the same file saved, when the file has only grown since;
   * without it the file is read from its beginning.
   */
  open(file: SourceFile, state?: ReaderState): SourceReader;
  /**
   * What is new in a database since `state`, in steps of a bounded size; without a state, everything. Each step is durable before the
   * next is asked for. Only for an importer that recognises databases.
   * @throws ProblemError `format-drift` from `database.rows`, when a table or column is not there
   */
  read?(database: SourceDatabase, file: SourceFile, state: ReaderState | undefined): Iterable<DatabaseStep>;
}

export interface Capabilities {
  /** Formats it can read, by name: what `recognise` and the session header say. */
  readonly formats: readonly string[];
  /** Native kinds of line that are known and left out on purpose, each with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Whether the source carries token usage. */
  readonly usage: boolean;
  /** Formats that tell less of a session than the others do, under ids of their own, the fullest first: it counts where it is told most fully. */
  readonly lesser?: readonly string[];
  /** Formats whose sessions the tool has moved, ids and all, into the others: what those have of a session counts, and these are not read. */
  readonly replaced?: readonly string[];
}

/** A tool whose sessions a setting can move. */
export interface Moved {
  /** Absolute paths of the settings files, whether they exist or not. */
  readonly files: readonly string[];
  /** Folders that the content of such a file names. Never throws. */
  readonly roots: (content: string) => readonly Root[];
}

/** A tool that deletes sessions some days after their last change. */
export interface Retention {
  /** What people call the setting, such as `cleanupPeriodDays`. */
  readonly setting: string;
  /** Absolute paths of the tool's settings files; the first that says how long counts. */
  readonly files: readonly string[];
  /** Days that the content of such a file says; `never`; undefined when it does not say. Never throws. */
  readonly days: (content: string) => number | 'never' | undefined;
  /** What holds when no file says anything. */
  readonly defaultDays: number;
}

/** What an importer may know of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Home directory, absolute. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Further `User` directories of VS Code and its relatives, absolute. */
  readonly vscodeUserDirectories: readonly string[];
  /** Folders that people work in now and of which everything may be recorded, absolute: some tools keep their sessions there. None when absent. */
  readonly workspaceFolders?: readonly string[];
}

export interface Root {
  /** Absolute path of a folder. */
  readonly path: string;
  /** Whether a file below it may be a session, by its path relative to the root with `/`; cheap, no file access. */
  readonly mayHold: (relativePath: string) => boolean;
  /** Whether a folder below it may lead to a session; all may when absent. Keeps walks and watches small where others keep their files too. */
  readonly mayEnter?: (relativePath: string) => boolean;
  /** Nothing in its folders is of interest: they are not watched either, where the system would watch a whole tree. */
  readonly isFlat?: true;
}

export interface Sample {
  /** Absolute path. */
  readonly path: string;
  /** The first bytes of the file, up to 64 KiB, decoded; may end in the middle of a line. */
  readonly head: string;
}

export interface Recognition {
  /** One of `capabilities.formats`. */
  readonly format: string;
  /** `line`: JSON lines or text lines, appended to. `document`: one value, rewritten whole. `database`: rows of an SQLite file. */
  readonly unit: 'line' | 'document' | 'database';
}

export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  readonly format: string;
  /** RFC 3339; the only time there is for what has no time of its own. */
  readonly modifiedAt: string;
  /** Text of a neighbouring small file (up to 1 MiB), by path relative to this file's folder; undefined when it cannot be read. */
  readonly neighbour: (relativePath: string) => string | undefined;
  /** Names in a neighbouring folder, sorted, by path relative to this file's folder; empty when it cannot be read. */
  readonly entries?: (relativePath: string) => readonly string[];
}

/** Plain JSON, small: it is kept with the cursor. */
export type ReaderState = { readonly [key: string]: unknown };

export interface SourceReader {
  /** One unit of the file: a complete line without its line break, or the whole document. Never throws for bad input. */
  push(unit: SourceUnit): void;
  /** What was read since the last `take`. Called after every batch of lines and at the end of the file. */
  take(): Reading;
  /** What a later reader needs to go on from here; undefined when it must read the file from the beginning. */
  state(): ReaderState | undefined;
}

export interface SourceUnit {
  readonly text: string;
  /** Line number from 1. */
  readonly line: number;
  /** Byte offset of the first byte. */
  readonly offset: number;
}

/** A database as an importer sees it: it says which rows it wants, as values, and knows no SQL. */
export interface SourceDatabase {
  /** Names of a table's columns; empty when there is no such table. */
  columns(table: string): ReadonlySet<string>;
  /** The largest `rowid` of a table, 0 when it has no rows. A row that is written anew has a larger one than all before. */
  newest(table: string): number;
  /** Rows in the order of the key, fetched as they are asked for. Another query may be made meanwhile. */
  rows(query: RowQuery): Iterable<Row>;
}

export interface RowQuery {
  readonly table: string;
  readonly columns: readonly string[];
  /** A column that no two rows have the same value in, such as the primary key, or `rowid`. */
  readonly key: string;
  /** Conditions that all hold. Only one on an indexed column keeps the database from looking at every row. */
  readonly where?: readonly { readonly column: string; readonly is: '=' | '>' | '>=' | '<'; readonly value: string | number }[];
}

/** By column. Bytes are given as the text they encode in UTF-8; undefined is a value that is too long to be read. */
export type Row = Readonly<Record<string, string | number | null | undefined>>;

/** What one step read, and what a later reading needs to go on behind it. */
export interface DatabaseStep extends Reading {
  readonly state: ReaderState;
}

export interface Reading {
  readonly records: readonly ImportedRecord[];
  readonly problems: readonly Problem[];
}

interface Imported {
  /** The session's native id, unique within the source. */
  readonly session: string;
  /** RFC 3339 with milliseconds, UTC. The same at every reading of the same content. */
  readonly time: string;
  /** Workspace folder URI. */
  readonly workspace?: string;
  readonly actor?: string;
}

/**
 * What an importer hands over. `id` is native and unique within the session; together with source and session it becomes the
 * record's identity. A message or header may be handed over again when the source changed it: the latest counts. Images and documents
 * are parts made by formats/blob.ts, which keeps their bytes beside the part.
 */
export type ImportedRecord =
  | (Imported & { readonly kind: 'session'; readonly data: ChatSessionHeader })
  | (Imported & { readonly kind: 'message'; readonly id: string; readonly data: ChatMessage })
  | (Imported & { readonly kind: 'unknown'; readonly id: string; readonly data: UnknownChatRecord });
