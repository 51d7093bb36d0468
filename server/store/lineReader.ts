/** Reads many recent lines at once: those that lie near each other in one go. */

import type { DaybookRecord } from '../../shared/record.ts';
import { decryptLine } from './encryption/cipher.ts';
import type { Journal } from './journal.ts';
import { storedRecord } from './storedRecord.ts';

export interface Line {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

/** Bytes between two lines that are read along rather than passed over. */
const maxGap = 16 << 10;
const maxRange = 1 << 20;

/**
 * The records of lines, in their order; undefined for a line that is no longer there.
 * @param maybe whether a line may be wanted; asked before it is parsed
 */
export function readLines(journal: Journal, lines: readonly Line[], maybe?: (line: Buffer) => boolean): (DaybookRecord | undefined)[] {
  return readBytes(journal, lines).map((bytes) => (bytes && (!maybe || maybe(bytes)) ? storedRecord(bytes) : undefined));
}

/** The lines themselves, in their order; undefined for one that is no longer there. */
export function readBytes(journal: Journal, lines: readonly Line[]): (Buffer | undefined)[] {
  const found = new Map<Line, Buffer>();
  for (const [path, those] of Map.groupBy(lines, (line) => line.path)) {
    for (const range of ranges(those.toSorted((a, b) => a.start - b.start))) {
      const start = range[0]?.start ?? 0;
      const end = Math.max(...range.map((line) => line.start + line.length));
      const bytes = journal.read(path, start, end - start);
      for (const line of range) {
        const own = bytes.subarray(line.start - start, line.start - start + line.length);
        if (own.length === line.length) found.set(line, decryptLine(own));
      }
    }
  }
  return lines.map((line) => found.get(line));
}

function ranges(sorted: readonly Line[]): Line[][] {
  const found: Line[][] = [];
  for (const line of sorted) {
    const range = found.at(-1);
    const [first, last] = [range?.[0], range?.at(-1)];
    const isNear = first && last && line.start - (last.start + last.length) <= maxGap && line.start + line.length - first.start <= maxRange;
    if (range && isNear) range.push(line);
    else found.push([line]);
  }
  return found;
}
