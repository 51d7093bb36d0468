/** Looks for many values at once in bytes, whatever they are the bytes of. */

/** Shorter ones would be found in the middle of ordinary words. */
export const shortestValue = 8;

/** Of a longer value so many bytes from its middle are looked for: what stands at its ends, such as the first line of a key, may be ordinary. */
const lookedFor = 64;
const headBytes = 4;
const marks = 1 << 16;

export interface ByteSearch {
  /** How many different values are looked for, and how many are too short. */
  readonly values: number;
  readonly tooShort: number;
  /** Whether one of them is in there. */
  holds(bytes: Buffer): boolean;
  /** How many bytes at the end of a piece have to be looked at again with the next one. */
  readonly overlap: number;
}

/**
 * How a text is written, wherever: as it is, in JSON, in JSON within JSON, in HTML, and in JSON in a field with quotes around it. Each once, the
 * plain one first.
 */
export function encodingsOf(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const html = text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return [...new Set([text, json, JSON.stringify(json).slice(1, -1), html, text.replaceAll('"', '""'), json.replaceAll('"', '""')])];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Values in every writing. */
export function createByteSearch(values: Iterable<string>): ByteSearch {
  const all = [...new Set(values)];
  const long = all.filter((value) => Buffer.byteLength(value) >= shortestValue);
  const needles = new Map<number, Buffer[]>();
  const isMarked = new Uint8Array(marks);
  for (const needle of new Set(long.flatMap(encodingsOf).map((value) => middle(Buffer.from(value)).toString('latin1')))) {
    const bytes = Buffer.from(needle, 'latin1');
    const head = bytes.readUInt32BE(0);
    isMarked[mark(head)] = 1;
    needles.set(head, [...(needles.get(head) ?? []), bytes]);
  }

  function isAt(bytes: Buffer, at: number, head: number): boolean {
    return needles.get(head)?.some((needle) => bytes.length - at >= needle.length && bytes.compare(needle, 0, needle.length, at, at + needle.length) === 0) ?? false;
  }

  return {
    values: long.length,
    tooShort: all.length - long.length,
    overlap: lookedFor - 1,
    holds(bytes) {
      if (needles.size === 0 || bytes.length < shortestValue) return false;
      let head = bytes.readUIntBE(0, headBytes - 1);
      for (let at = headBytes - 1; at < bytes.length; at++) {
        head = ((head << 8) | (bytes[at] as number)) >>> 0;
        if (isMarked[mark(head)] === 1 && isAt(bytes, at - headBytes + 1, head)) return true;
      }
      return false;
    },
  };
}

function middle(bytes: Buffer): Buffer {
  const start = Math.max(0, (bytes.length - lookedFor) >> 1);
  return bytes.subarray(start, start + lookedFor);
}

/** A place in a small table in which few other heads have theirs. */
function mark(head: number): number {
  return Math.imul(head, 0x9e3779b1) >>> 16;
}
