/** Complete lines of a file from a byte offset on, in bounded memory whatever the file holds. */

import type { FileHandle } from 'node:fs/promises';
import type { SourceUnit } from './importer.ts';
import { readAt } from './sourceBytes.ts';

/** A longer line is passed over and counted; a string of this many bytes is far below what V8 can hold. */
export const maxLineBytes = 64 << 20;
const lineBreak = 0x0a;
const carriageReturn = 0x0d;

export interface LineChunk {
  readonly lines: readonly SourceUnit[];
  /** Lines longer than `maxLineBytes`. */
  readonly tooLong: readonly { readonly line: number; readonly offset: number }[];
  /** Offset and number of the first line that is not in this or an earlier chunk. */
  readonly offset: number;
  readonly line: number;
}

export interface UnfinishedLine extends SourceUnit {
  readonly end: number;
}

/**
 * Yields what is complete, a chunk at a time; the generator's return value is the text after the last line break, if any.
 * @param start offset of the first byte of line number `line`
 * @param chunkBytes how much is read at once
 */
export function completeLines(
  handle: FileHandle, start: number, line: number, chunkBytes = 4 << 20,
): AsyncGenerator<LineChunk, UnfinishedLine | undefined> {
  return linesOf(chunksOf(handle, start, chunkBytes), start, line);
}

/** The bytes of a file from an offset on. No more memory is asked for than there are bytes: most files are small, and many are read. */
export async function* chunksOf(handle: FileHandle, start: number, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let position = start; ;) {
    const left = Math.max(0, (await handle.stat()).size - position);
    // One byte more than there are: that it is missing says that this was the end, and what was written meanwhile is read as well.
    const wanted = Math.min(chunkBytes, left + 1);
    const chunk = await readAt(handle, position, wanted);
    if (chunk.length > 0) yield chunk;
    if (chunk.length < wanted) return;
    position += chunk.length;
  }
}

/** The same of bytes that come from anywhere. */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>, start = 0, line = 1,
): AsyncGenerator<LineChunk, UnfinishedLine | undefined> {
  let position = start;
  let lineStart = start;
  let number = line;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let skipping = false;
  for await (const chunk of chunks) {
    const lines: SourceUnit[] = [];
    const tooLong: { line: number; offset: number }[] = [];
    let from = 0;
    for (let end = chunk.indexOf(lineBreak); end !== -1; end = chunk.indexOf(lineBreak, from)) {
      if (skipping || pendingBytes + end - from > maxLineBytes) tooLong.push({ line: number, offset: lineStart });
      else lines.push({ text: decode([...pending, chunk.subarray(from, end)]), line: number, offset: lineStart });
      skipping = false;
      pending = [];
      pendingBytes = 0;
      from = end + 1;
      lineStart = position + from;
      number++;
    }
    position += chunk.length;
    if (from < chunk.length && !skipping) {
      pending.push(chunk.subarray(from));
      pendingBytes += chunk.length - from;
      skipping = pendingBytes > maxLineBytes;
      if (skipping) pending = [];
    }
    if (lines.length > 0 || tooLong.length > 0) yield { lines, tooLong, offset: lineStart, line: number };
  }
  return pendingBytes > 0 && !skipping ? { text: decode(pending), line: number, offset: lineStart, end: position } : undefined;
}

function decode(pieces: readonly Buffer[]): string {
  const bytes = pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces);
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  return bytes.toString('utf8', 0, end);
}
