/** Takes what was forgotten out of the journal's files: plain lines one by one, sealed ones frame by frame. */

import { statSync } from 'node:fs';
import { attachmentReference } from '../../shared/attachment.ts';
import { splitLines } from './blocks.ts';
import type { Forgotten } from './forgotten.ts';
import { compress, decompressed, frameLength } from './frames.ts';
import { sealedPath, type Journal } from './journal.ts';
import { parseRecord } from './payload.ts';
import { removeFile, replaceFile, unfinished } from './replaceFile.ts';

export interface Erasing {
  /** Looks through a file, its sealed part as well, without a lock. */
  look(path: string): Look;
  /**
   * Rewrites the file without what was forgotten; with nothing left it goes. Call under the write lock. Each part is replaced as a whole, so
   * that a process that dies leaves files of which some are rewritten; to do it once more does the rest.
   */
  erase(path: string): Erased;
}

/** The same size means the same bytes: nobody but `erase` changes what is written, and it makes every file shorter or leaves it. */
export interface Look {
  readonly size: number;
  readonly sealed: number;
  readonly isAffected: boolean;
  /** Names of attachments that lines refer to which stay, and that lines refer to which go. */
  readonly attachments: { readonly kept: ReadonlySet<string>; readonly gone: ReadonlySet<string> };
}

export interface Erased {
  /** Lines that are gone. */
  readonly lines: number;
  /** Bytes on the disk that are free. */
  readonly bytes: number;
  /** Files that were rewritten or removed. */
  readonly files: number;
  /** Absolute paths of files that hold damaged bytes nobody can look into. They stay, unless nothing else of their day or session does. */
  readonly unreadable: readonly string[];
}

/** Bytes that are written at a time. */
const pieceBytes = 1 << 20;
const lineBreak = Buffer.from('\n');
const attachmentMark = Buffer.from('"attachment":"');

/** A frame as it is to be: its bytes, others, or none. */
interface Frame {
  readonly bytes: Buffer | undefined;
  /** Lines that are not to be kept. */
  readonly gone: number;
  /** `torn`: what follows the last frame, where a process died or the disk is damaged. `damaged`: nobody can read it. */
  readonly state: 'sound' | 'damaged' | 'torn';
  /** Its lines as they are; undefined where nobody can read them. */
  readonly raw?: Buffer;
}

/** @param hasAttachments whether there are files that lines may refer to */
export function openErasing(journal: Journal, forgotten: Forgotten, hasAttachments: () => boolean): Erasing {
  function isForgotten(line: Buffer): boolean {
    const record = parseRecord(line);
    return record ? forgotten.holds(record) : mentionsForgotten(line.toString('utf8'), forgotten);
  }

  function* frames(path: string): Generator<Frame> {
    const name = sealedPath(path);
    for (let at = 0, size = journal.size(name); at < size;) {
      const length = frameLength((start, count) => journal.read(name, start, count), at);
      const bytes = journal.read(name, at, length ?? size - at);
      yield length === undefined ? { bytes, gone: 0, state: 'torn' } : frame(bytes);
      at += bytes.length;
    }
  }

  function frame(bytes: Buffer): Frame {
    const raw = decompressed(bytes);
    if (!raw) return { bytes, gone: 0, state: 'damaged' };
    const lines = splitLines(raw);
    const kept = lines.filter((line) => !isForgotten(line));
    const gone = lines.length - kept.length;
    if (gone === 0) return { bytes, gone, state: 'sound', raw };
    return { raw, bytes: kept.length > 0 ? compress(Buffer.concat(kept.flatMap((line) => [line, lineBreak]))) : undefined, gone, state: 'sound' };
  }

  function attachmentsOf(path: string): Look['attachments'] {
    const found = { kept: new Set<string>(), gone: new Set<string>() };
    const take = (line: Buffer): void => {
      // Most lines say nothing of the kind, and that is told without decoding them.
      if (!line.includes(attachmentMark)) return;
      const those = isForgotten(line) ? found.gone : found.kept;
      for (const [, name = ''] of line.toString('utf8').matchAll(attachmentReference)) those.add(name);
    };
    if (!hasAttachments()) return found;
    for (const { bytes } of journal.lines(path, 0)) take(bytes);
    for (const { raw } of frames(path)) if (raw) splitLines(raw).forEach(take);
    return found;
  }

  function plainIsAffected(path: string): boolean {
    for (const { bytes } of journal.lines(path, 0)) if (isForgotten(bytes)) return true;
    return false;
  }

  /** A torn frame beside plain lines is one that was being made of them. */
  const isHalfMade = (path: string, { state }: Frame): boolean => state === 'torn' && journal.size(path) > 0;

  function sealedIsAffected(path: string): boolean {
    for (const each of frames(path)) if (each.gone > 0 || isHalfMade(path, each)) return true;
    return false;
  }

  function erasePlain(path: string): number {
    let gone = 0;
    function* kept(): Generator<Buffer> {
      for (const { bytes } of journal.lines(path, 0)) {
        if (isForgotten(bytes)) gone++;
        else yield Buffer.concat([bytes, lineBreak]);
      }
    }
    replaceFile(journal.own(path), gathered(kept()));
    return gone;
  }

  /** @param isHalf whether a torn end is of no use */
  function eraseSealed(path: string, isHalf: boolean): { readonly lines: number; readonly sound: number; readonly damaged: number } {
    const total = { lines: 0, sound: 0, damaged: 0 };
    function* kept(): Generator<Buffer> {
      for (const { bytes, gone, state } of frames(path)) {
        total.lines += gone;
        if (!bytes || (state === 'torn' && isHalf)) continue;
        total[state === 'sound' ? 'sound' : 'damaged']++;
        yield bytes;
      }
    }
    replaceFile(journal.own(sealedPath(path)), kept());
    return total;
  }

  return {
    look: (path) => ({
      size: journal.size(path), sealed: journal.size(sealedPath(path)), isAffected: plainIsAffected(path) || sealedIsAffected(path),
      attachments: attachmentsOf(path),
    }),
    erase(path) {
      const [plain, sealed, aside] = [path, sealedPath(path), `${path}.damaged`].map(journal.own) as [string, string, string];
      for (const part of [plain, sealed]) removeIfThere(unfinished(part));
      const bytes = (): number => journal.size(path) + journal.size(sealedPath(path));
      const before = bytes();
      const isHalf = journal.size(path) > 0;
      const [isPlain, isSealed] = [plainIsAffected(path), sealedIsAffected(path)];
      if (!isPlain && !isSealed) return { lines: 0, bytes: 0, files: 0, unreadable: [] };
      const lines = isPlain ? erasePlain(path) : 0;
      const frame = isSealed ? eraseSealed(path, isHalf) : { lines: 0, sound: journal.size(sealedPath(path)), damaged: 0 };
      // What nobody can read stays with what is left of its day or session, and goes with the last of it.
      const isEmpty = journal.size(path) === 0 && frame.sound === 0;
      if (journal.size(path) === 0) removeIfThere(plain);
      if (isEmpty || journal.size(sealedPath(path)) === 0) removeIfThere(sealed);
      if (isEmpty) removeIfThere(aside);
      const unreadable = [...(isThere(aside) ? [aside] : []), ...(frame.damaged > 0 && !isEmpty ? [sealed] : [])];
      return { lines: lines + frame.lines, bytes: before - bytes(), files: Number(isPlain) + Number(isSealed), unreadable };
    },
  };
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function removeIfThere(path: string): void {
  if (isThere(path)) removeFile(path);
}

/** A line that is no record may be the rest of one. */
function mentionsForgotten(line: string, forgotten: Forgotten): boolean {
  const names = [...line.matchAll(/"(id|sessionid|session)":"((?:[^"\\]|\\.)*)"/g)];
  return names.some(([, attribute, name = '']) => (attribute === 'id' ? forgotten.holdsId(name) : forgotten.holdsSession(name)));
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
