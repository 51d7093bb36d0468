/** All that a command printed, where a person wants it kept beside the shortened output of its record. */

import type { Part } from './session.ts';

/** How a record of a command comes in: packed, so that it takes little room on its way. What is stored is `FullOutput`. */
export interface PackedOutput {
  /** Base64 of gzip of UTF-8, one after the other, as the terminal got it: control sequences and all. */
  readonly first: readonly string[];
  /** What came after the characters that were left out; empty where none were. */
  readonly last: readonly string[];
  /** Characters left out in between. */
  readonly omitted: number;
}

/** How the record refers to it: plain text, redacted, in a file of its own, see attachment.ts. */
export type FullOutput = Extract<Part, { readonly type: 'blob' }> & {
  /** Characters left out of the middle; absent when none. */
  readonly omitted?: number;
};
