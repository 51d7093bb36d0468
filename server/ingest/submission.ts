/** What is handed in at the one door. */

import type { Derive } from './derive.ts';

export interface Submission {
  /** CloudEvents events or short forms. */
  readonly records: readonly unknown[];
  /** `source` of the short forms. */
  readonly source: string;
  /** Bytes of the records' images and documents, by their SHA-256 in hex, as the parts name them. */
  readonly contents?: ReadonlyMap<string, Uint8Array>;
  /** How far a source file is read once these records are in; saved in the same transaction. */
  readonly cursor?: Cursor;
  /** What follows from its records and is stored with them; counts for nothing in the result. */
  readonly derive?: Derive;
}

export interface Cursor {
  readonly path: string;
  readonly source: string;
  /** JSON. It may hold text of the source, which is redacted like that of records. */
  readonly cursor: string;
  readonly sessions: readonly string[];
}
