/** Puts other texts in the place of some values, in bytes that come piece by piece, however the values are written there. */

import { encodingsOf, shortestValue } from '../redacting/byteSearch.ts';

export type Replace = (pieces: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;

interface Needle {
  readonly bytes: Buffer;
  readonly next: Buffer;
}

/** Lines of a value that has several, such as a key, are looked for by themselves too: documents indent them. Those that are ordinary are not. */
const shortestLine = 32;
const headBytes = 4;

/**
 * @param texts what is to stand in the place of each value, without a character that has to be written otherwise anywhere. Values that are too
 *   short to be told from ordinary words stay
 */
export function createReplace(texts: ReadonlyMap<string, string>): Replace {
  const needles = new Map<number, Needle[]>();
  const isMarked = new Uint8Array(1 << 16);
  let longest = 0;
  for (const { value, text } of written(texts)) {
    const bytes = Buffer.from(value);
    const head = bytes.readUInt32BE(0);
    isMarked[head >>> 16] = 1;
    // The longest first: one may be the beginning of another.
    needles.set(head, [...(needles.get(head) ?? []), { bytes, next: Buffer.from(text) }].sort((a, b) => b.bytes.length - a.bytes.length));
    longest = Math.max(longest, bytes.length);
  }

  function needleAt(bytes: Buffer, at: number): Needle | undefined {
    if (isMarked[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] !== 1 || at + headBytes > bytes.length) return undefined;
    return needles.get(bytes.readUInt32BE(at))?.find((needle) => at + needle.bytes.length <= bytes.length && bytes.compare(needle.bytes, 0, needle.bytes.length, at, at + needle.bytes.length) === 0);
  }

  return async function* replace(pieces) {
    let rest = Buffer.alloc(0);
    for await (const piece of pieces) {
      const bytes = Buffer.concat([rest, piece]);
      const { out, end } = replaced(bytes, Math.max(0, bytes.length - longest));
      yield* out;
      rest = bytes.subarray(end);
    }
    yield* replaced(rest, rest.length).out;
  };

  /** Up to a place from which on there may be more to come. */
  function replaced(bytes: Buffer, until: number): { readonly out: readonly Buffer[]; readonly end: number } {
    const out: Buffer[] = [];
    let from = 0;
    let at = 0;
    while (at < until) {
      const needle = needleAt(bytes, at);
      if (!needle) {
        at++;
        continue;
      }
      out.push(bytes.subarray(from, at), needle.next);
      at += needle.bytes.length;
      from = at;
    }
    out.push(bytes.subarray(from, at));
    return { out, end: at };
  }
}

function* written(texts: ReadonlyMap<string, string>): Generator<{ readonly value: string; readonly text: string }> {
  for (const [value, text] of texts) {
    if (Buffer.byteLength(value) < shortestValue) continue;
    const lines = value.split(/\r?\n/);
    const parts = lines.length === 1 ? [] : lines.filter((line) => line.length >= shortestLine && !/^\s*-----/.test(line));
    for (const part of new Set([value, ...parts.map((line) => line.trim())])) for (const each of encodingsOf(part)) yield { value: each, text };
  }
}
