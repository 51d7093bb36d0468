/**
 * By what something is told wherever it is written: ids of records, sessions and attachments, and runs of 24 bytes of the texts in it, from
 * pieces that every format writes alike, whatever it escapes. A run that is also in what stays tells nothing, and is struck out.
 */

import { attachmentsIn } from '../../shared/attachment.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { baseId } from '../store/counts.ts';
import { encodingsOf } from '../redacting/byteSearch.ts';
import { createWindows, windowBytes, type Windows } from './windows.ts';

export interface Marks {
  /** Ids, and runs, that are looked for. */
  readonly size: number;
  /** Begins to look; calls back with each mark that is met. */
  look(onFound: (mark: Mark) => void): MarkLooking;
  /** Only these. Marks of runs are numbers of their own then. */
  only(marks: ReadonlySet<Mark>): Marks;
  /** All of them but these. */
  without(marks: ReadonlySet<Mark>): Marks;
}

/** A name, or the number of a run. */
export type Mark = string | number;

export interface MarkLooking {
  /** Bytes that follow those before. */
  take(bytes: Uint8Array): void;
  /** What comes next is of another thing. */
  end(): void;
}

export interface MarkMaking {
  add(record: DaybookRecord): void;
  addName(name: string): void;
  marks(): Marks;
}

/** What no format writes otherwise than it is, in text of any language. */
const alike = /[^\p{Cc}"\\&<>'`[\]|!*#]{24,}/gu;
/** Runs of a text, of a record, and of a record when there are very many already: at 16 bytes each. */
const mostOfText = 4;
const mostOfRecord = 32;
const many = 4_000_000;
const mostOfRecordThen = 4;
/** Results of tools are cut in documents: runs of a long piece are from its beginning. */
const headLength = 400;
const shortestName = 8;
const longestName = 400;
const mostNameBytes = longestName * 3;

export function createMarks(): MarkMaking {
  const windows = createWindows();
  const names = new Set<string>();

  function addRun(text: string, from: number): void {
    const bytes = Buffer.from(text);
    if (bytes.length >= windowBytes) windows.add(bytes, Math.max(0, Math.min(from, bytes.length - windowBytes)));
  }

  function addText(text: string): number {
    const pieces = (text.match(alike) ?? []).map((piece) => piece.trim()).filter((piece) => piece.length >= windowBytes);
    if (pieces.length === 0) {
      const [longest = ''] = text.split(/[\r\n]+/).map((each) => each.trim()).sort((a, b) => b.length - a.length);
      if (longest.length < windowBytes) return 0;
      const written = encodingsOf(longest);
      for (const each of written) addRun(each, (Buffer.byteLength(each) - windowBytes) >> 1);
      return written.length;
    }
    const chosen = pieces.length <= mostOfText ? pieces : Array.from({ length: mostOfText }, (_, at) => pieces[Math.floor((at * (pieces.length - 1)) / (mostOfText - 1))] ?? '');
    for (const piece of chosen) addRun(piece, (Math.min(piece.length, headLength) - windowBytes) >> 1);
    return chosen.length;
  }

  function addName(name: string): void {
    if (name.length >= shortestName && name.length <= longestName) names.add(name);
  }

  return {
    addName,
    add(record) {
      addName(record.id);
      addName(baseId(record.id));
      for (const name of attachmentsIn(record)) addName(name);
      let left = windows.size > many ? mostOfRecordThen : mostOfRecord;
      // Those that are most by themselves first.
      for (const text of textsIn(record.data).sort((a, b) => b.length - a.length)) {
        if (left <= 0) break;
        left -= addText(text);
      }
    },
    marks: () => marksOf(windows, names),
  };
}

function textsIn(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string') {
    if (value.length >= windowBytes) found.push(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) textsIn(each, found);
  }
  return found;
}

/** Bytes that a name may have: a letter, a digit, anything beyond ASCII, and `%+-./:=@_~`. */
const isOfName = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 128 || /[\w%+\-./:=@~]/.test(String.fromCharCode(byte)) ? 1 : 0));
const isMark = Uint8Array.from({ length: 256 }, (_, byte) => (/[.:/]/.test(String.fromCharCode(byte)) ? 1 : 0));

function marksOf(windows: Windows, names: ReadonlySet<string>): Marks {
  /** The last two bytes of names: nearly all others need no more than a look at it. */
  const ends = new Uint8Array(1 << 16);
  for (const name of names) {
    const bytes = Buffer.from(name);
    ends[bytes.readUInt16BE(bytes.length - 2)] = 1;
  }

  const only = (marks: ReadonlySet<Mark>): Marks => {
    const parted = Map.groupBy(marks, (mark) => typeof mark);
    return marksOf(windows.only(new Set(parted.get('number') as number[] | undefined)), new Set(parted.get('string') as string[] | undefined));
  };

  return {
    get size() {
      return windows.size + names.size;
    },
    look(onFound) {
      const runs = windows.look(onFound);
      /** A name that began in a piece before. */
      let begun = Buffer.alloc(0);

      function named(bytes: Uint8Array, from: number, to: number): void {
        let end = to;
        while (end > from && isMark[bytes[end - 1] as number] === 1) end--; // the end of a sentence
        if (end - from < shortestName || end - from > mostNameBytes || ends[((bytes[end - 2] as number) << 8) | (bytes[end - 1] as number)] !== 1) return;
        const found = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('utf8');
        for (const each of new Set([found, found.slice(found.lastIndexOf('/') + 1)])) if (names.has(each)) onFound(each);
      }

      function takeNames(bytes: Uint8Array): void {
        let from = 0;
        let at = 0;
        if (begun.length > 0) {
          while (at < bytes.length && isOfName[bytes[at] as number] === 1) at++;
          begun = Buffer.concat([begun, bytes.subarray(0, at)]).subarray(0, mostNameBytes + 1);
          if (at === bytes.length) return;
          named(begun, 0, begun.length);
          begun = Buffer.alloc(0);
          from = at;
        }
        for (; at < bytes.length; at++) {
          if (isOfName[bytes[at] as number] === 1) continue;
          if (at - from >= shortestName) named(bytes, from, at);
          from = at + 1;
        }
        if (from < bytes.length) begun = Buffer.from(bytes.subarray(from));
      }

      return {
        take(bytes) {
          if (windows.size > 0) runs.take(bytes);
          if (names.size > 0) takeNames(bytes);
        },
        end() {
          named(begun, 0, begun.length);
          begun = Buffer.alloc(0);
          runs.restart();
        },
      };
    },
    only,
    without(struck) {
      const kept = new Set<Mark>();
      for (const all of [names, windows.runs()]) for (const mark of all) if (!struck.has(mark)) kept.add(mark);
      return only(kept);
    },
  };
}
