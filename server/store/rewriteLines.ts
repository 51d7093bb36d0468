/** Puts other lines in the place of lines of the journal's files, or nothing: plain lines one by one, sealed ones frame by frame. */

import { readFileSync, statSync } from 'node:fs';
import { splitLines } from './blocks.ts';
import { compress, decompressed, frameLength } from './frames.ts';
import { sealedPath, type Forms, type Journal } from './journal.ts';
import { decryptFrame, fileHeadBytes } from './encryption/cipher.ts';
import { removeFile, replaceAndWipe, replaceFile, unfinished } from './replaceFile.ts';

/** What is to stand in the place of a line, without line breaks: itself where it stays, undefined where it goes. */
export type NewLine = (line: Buffer) => Buffer | undefined;

export interface LineRewriting {
  /** Every line of a file that can be read, the sealed ones first. */
  lines(path: string): Generator<Buffer>;
  /** Whether a line of the file is to be another one or to go, or there are leftovers beside it. */
  isAffected(path: string, newLine: NewLine): boolean;
  /**
   * Rewrites the file; with nothing left it goes. Call under the write lock. Each part is replaced as a whole, so that a process that dies
   * leaves files of which some are rewritten; to do it once more does the rest.
   */
  rewrite(path: string, newLine: NewLine): Rewritten;
  /** Whether all of the file is as it would be written now: encrypted with the key of now, or not at all. */
  isAsNow(path: string): boolean;
  /** Writes the same lines as they would be written now, and wipes what was there. Call under the write lock; parts are replaced as by `rewrite`. */
  renew(path: string): void;
}

export interface Rewritten {
  /** Lines that are others now, or gone. */
  readonly lines: number;
  /** Bytes on the disk that are free; fewer than none where lines grew. */
  readonly bytes: number;
  /** Files that were rewritten or removed. */
  readonly files: number;
  /** Absolute paths of files that hold damaged bytes nobody can look into. They stay, unless nothing else of their day or session does. */
  readonly unreadable: readonly string[];
}

/** Bytes that are written at a time. */
const pieceBytes = 1 << 20;
const lineBreak = Buffer.from('\n');

/** A frame as it is. */
interface Frame {
  readonly bytes: Buffer;
  /** `torn`: what follows the last frame, where a process died or the disk is damaged. `damaged`: nobody can read it. */
  readonly state: 'sound' | 'damaged' | 'torn';
  /** Its lines; none where nobody can read them. */
  readonly lines: readonly Buffer[];
}

/** A frame as it is to be: its bytes, others, or none. */
interface NewFrame {
  readonly bytes: Buffer | undefined;
  readonly changed: number;
}

export function openLineRewriting(journal: Journal): LineRewriting {
  function* frames(path: string): Generator<Frame> {
    const name = sealedPath(path);
    for (let at = 0, size = journal.size(name); at < size;) {
      const length = frameLength((start, count) => journal.read(name, start, count), at);
      const bytes = journal.read(name, at, length ?? size - at);
      if (length === undefined) yield { bytes, state: 'torn', lines: [] };
      else {
        const raw = decompressed(bytes);
        yield raw ? { bytes, state: 'sound', lines: splitLines(raw) } : { bytes, state: 'damaged', lines: [] };
      }
      at += bytes.length;
    }
  }

  function* lines(path: string): Generator<Buffer> {
    for (const frame of frames(path)) yield* frame.lines;
    for (const { bytes } of journal.lines(path, 0)) yield bytes;
  }

  function plainIsAffected(path: string, newLine: NewLine): boolean {
    for (const { bytes } of journal.lines(path, 0)) if (newLine(bytes) !== bytes) return true;
    return false;
  }

  /** A torn frame beside plain lines is one that was being made of them. */
  const isHalfMade = (path: string, { state }: Frame): boolean => state === 'torn' && journal.size(path) > 0;

  function sealedIsAffected(path: string, newLine: NewLine): boolean {
    for (const each of frames(path)) if (each.lines.some((line) => newLine(line) !== line) || isHalfMade(path, each)) return true;
    return false;
  }

  function rewritePlain(path: string, newLine: NewLine): number {
    let changed = 0;
    const forms = journal.forms();
    function* kept(): Generator<Buffer> {
      for (const { bytes } of journal.lines(path, 0)) {
        const line = newLine(bytes);
        if (line !== bytes) changed++;
        if (line) yield Buffer.concat([forms.line(line), lineBreak]);
      }
    }
    replaceFile(journal.own(path), gathered(kept()));
    return changed;
  }

  /** @param isHalf whether a torn end is of no use */
  function rewriteSealed(path: string, isHalf: boolean, newLine: NewLine): { readonly lines: number; readonly sound: number; readonly damaged: number } {
    const total = { lines: 0, sound: 0, damaged: 0 };
    const forms = journal.forms();
    function* kept(): Generator<Buffer> {
      for (const each of frames(path)) {
        const { bytes, changed } = newFrame(each, newLine, forms);
        total.lines += changed;
        if (!bytes || (each.state === 'torn' && isHalf)) continue;
        total[each.state === 'sound' ? 'sound' : 'damaged']++;
        yield bytes;
      }
    }
    replaceFile(journal.own(sealedPath(path)), kept());
    return total;
  }

  function isPlainAsNow(path: string, forms: Forms): boolean {
    for (const { stored } of journal.lines(path, 0)) if (!forms.isLine(stored)) return false;
    return true;
  }

  function isSealedAsNow(path: string, forms: Forms): boolean {
    for (const { bytes, state } of frames(path)) if (state !== 'torn' && !forms.isFrame(bytes)) return false;
    return true;
  }

  /** Damaged bytes that were set aside may hold lines, and are small. */
  function isAsideAsNow(path: string, forms: Forms): boolean {
    return journal.size(asideOf(path)) === 0 || forms.isFile(journal.read(asideOf(path), 0, fileHeadBytes));
  }

  function* renewedLines(path: string, forms: Forms): Generator<Buffer> {
    for (const { bytes } of journal.lines(path, 0)) yield Buffer.concat([forms.line(bytes), lineBreak]);
  }

  function* renewedFrames(path: string, forms: Forms): Generator<Buffer> {
    for (const { bytes, state } of frames(path)) yield state === 'torn' ? bytes : forms.frame(decryptFrame(bytes));
  }

  return {
    isAsNow(path) {
      const forms = journal.forms();
      return isPlainAsNow(path, forms) && isSealedAsNow(path, forms) && isAsideAsNow(path, forms);
    },
    renew(path) {
      const forms = journal.forms();
      for (const part of [path, sealedPath(path)]) removeIfThere(unfinished(journal.own(part)));
      if (!isPlainAsNow(path, forms)) replaceAndWipe(journal.own(path), gathered(renewedLines(path, forms)));
      if (!isSealedAsNow(path, forms)) replaceAndWipe(journal.own(sealedPath(path)), gathered(renewedFrames(path, forms)));
      if (!isAsideAsNow(path, forms)) replaceAndWipe(journal.own(asideOf(path)), [forms.file(readFileSync(journal.own(asideOf(path))))]);
    },
    lines,
    isAffected: (path, newLine) => plainIsAffected(path, newLine) || sealedIsAffected(path, newLine),
    rewrite(path, newLine) {
      const [plain, sealed, aside] = [path, sealedPath(path), asideOf(path)].map(journal.own) as [string, string, string];
      for (const part of [plain, sealed]) removeIfThere(unfinished(part));
      const bytes = (): number => journal.size(path) + journal.size(sealedPath(path));
      const before = bytes();
      const isHalf = journal.size(path) > 0;
      const [isPlain, isSealed] = [plainIsAffected(path, newLine), sealedIsAffected(path, newLine)];
      if (!isPlain && !isSealed) return { lines: 0, bytes: 0, files: 0, unreadable: [] };
      const changed = isPlain ? rewritePlain(path, newLine) : 0;
      const frame = isSealed ? rewriteSealed(path, isHalf, newLine) : { lines: 0, sound: journal.size(sealedPath(path)), damaged: 0 };
      // What nobody can read stays with what is left of its day or session, and goes with the last of it.
      const isEmpty = journal.size(path) === 0 && frame.sound === 0;
      if (journal.size(path) === 0) removeIfThere(plain);
      if (isEmpty || journal.size(sealedPath(path)) === 0) removeIfThere(sealed);
      if (isEmpty) removeIfThere(aside);
      const unreadable = [...(isThere(aside) ? [aside] : []), ...(frame.damaged > 0 && !isEmpty ? [sealed] : [])];
      return { lines: changed + frame.lines, bytes: before - bytes(), files: Number(isPlain) + Number(isSealed), unreadable };
    },
  };
}

function newFrame({ bytes, lines }: Frame, newLine: NewLine, forms: Forms): NewFrame {
  const after = lines.map(newLine);
  const changed = after.filter((line, at) => line !== lines[at]).length;
  if (changed === 0) return { bytes, changed };
  const kept = after.filter((line) => line !== undefined);
  return { bytes: kept.length > 0 ? forms.frame(compress(Buffer.concat(kept.flatMap((line) => [line, lineBreak])))) : undefined, changed };
}

const asideOf = (path: string): string => `${path}.damaged`;

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function removeIfThere(path: string): void {
  if (isThere(path)) removeFile(path);
}

function* gathered(lines: Iterable<Buffer>): Generator<Buffer> {
  let those: Buffer[] = [];
  let bytes = 0;
  for (const line of lines) {
    those.push(line);
    bytes += line.length;
    if (bytes < pieceBytes) continue;
    yield Buffer.concat(those);
    [those, bytes] = [[], 0];
  }
  if (those.length > 0) yield Buffer.concat(those);
}
