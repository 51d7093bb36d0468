/** How far a source file is read, and how that is told. */

import type { Reading, ReaderState, Recognition } from './importer.ts';
import type { FileStamp } from './sourceBytes.ts';

/** How far a file is read: everything before `offset` has been handed over. */
export interface FileCursor extends Recognition {
  readonly stamp: FileStamp;
  readonly offset: number;
  /** Number of the line that begins at `offset`, from 1. */
  readonly line: number;
  readonly anchor: string;
  /** Bytes that were looked at, where that is more: a last line of prose counts for now, and is read again when it went on. */
  readonly seen?: number;
  readonly state?: ReaderState;
  /** Of the log beside a database, which holds what is new. */
  readonly log?: FileStamp;
}

/** `unchanged`: not read at all. `unsettled`: the file was being written; ask again. `gone`: there is no such file. */
export type Followed = 'unchanged' | 'read' | 'unsettled' | 'gone' | 'unrecognised';

export type Emit = (reading: Reading, cursor: FileCursor) => Promise<void>;
