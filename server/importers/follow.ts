/** Reads what is new in one source file since its cursor, and says how far it came. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '../../shared/problem.ts';
import { decompressed, headOf, isCompressed, isDamaged } from './compressed.ts';
import type { Emit, FileCursor, Followed } from './fileCursor.ts';
import { logOf, readDatabase, type OpenDatabase } from './followDatabase.ts';
import { parseJson } from './formats/json.ts';
import type { Importer, Recognition, SourceFile, SourceReader } from './importer.ts';
import { completeLines, linesOf, type UnfinishedLine } from './lines.ts';
import { anchorOf, isGone, readAt, stampOf, withSource, type FileStamp } from './sourceBytes.ts';

export interface Follower {
  /**
   * Hands over what is new, batch by batch, each with the cursor that is right once the batch is durable.
   * @throws what `emit` throws, and the file system's errors other than a missing file
   */
  follow(path: string, importer: Importer, cursor: FileCursor | undefined, emit: Emit): Promise<Followed>;
}

/** An open file with what is known of it. */
interface Source {
  readonly path: string;
  readonly importer: Importer;
  readonly recognition: Recognition;
  readonly stamp: FileStamp;
  readonly handle: FileHandle;
}

/** How far a reader has come: everything before `offset` was pushed to it. */
interface Progress {
  readonly reader: SourceReader;
  offset: number;
  line: number;
}

/** A last line without a line break, or a document that does not parse, is believed only when nobody wrote for this long. */
const quietMs = 3_000;
/** So long after the last writing, nobody goes on: half a line of prose is all there will be of it. */
const restedMs = 86_400_000;
/** Whole documents above this are not read. */
const maxDocumentBytes = 256 << 20;
const maxNeighbourBytes = 1 << 20;
/**
 * Readers that cannot go on from a saved state are kept, so that a growing file is not replayed at every line: the last ones, as long as they
 * have read no more than so much together. What nobody wrote lately will not grow, and a first pass reads months of it.
 */
const maxKeptReaders = 16;
const maxKeptBytes = 32 << 20;

export function createFollower(openDatabase: OpenDatabase, now: () => number = Date.now): Follower {
  const kept = new Map<string, { reader: SourceReader; offset: number; anchor: string }>();

  async function follow(path: string, importer: Importer, cursor: FileCursor | undefined, emit: Emit): Promise<Followed> {
    try {
      const stamp = await stampOf(path);
      if (!stamp) return 'gone';
      if (cursor && sameStamp(cursor.stamp, stamp) && (cursor.seen ?? cursor.offset) === stamp.size && (await hasSameLog(path, cursor))) return 'unchanged';
      if (stamp.size === 0) return 'unchanged';
      const recognition = importer.recognise({ path, head: await headOf(path) });
      if (!recognition) return isQuiet(stamp) ? 'unrecognised' : 'unsettled';
      if (recognition.unit === 'database') {
        const file = sourceFile(path, recognition, stamp);
        return await readDatabase({ importer, recognition, file, stamp, isQuiet }, cursor, openDatabase, emit);
      }
      return await withSource(path, async (handle) => {
        const source: Source = { path, importer, recognition, stamp, handle };
        if (recognition.unit === 'line' && (await isCompressed(handle))) return readCompressed(source, emit);
        return recognition.unit === 'document' ? readDocument(source, emit) : readLines(source, cursor, emit);
      });
    } catch (error) {
      if (isGone(error)) return 'gone';
      throw error;
    }
  }

  async function readLines(source: Source, cursor: FileCursor | undefined, emit: Emit): Promise<Followed> {
    const at = await resume(source, cursor);
    const chunks = completeLines(source.handle, at.offset, at.line);
    for (;;) {
      const next = await chunks.next();
      if (next.done) return readEnd(source, at, next.value, emit);
      const { lines, tooLong, offset, line } = next.value;
      kept.delete(source.path); // until it is handed over the reader holds more than anybody knows of
      for (const each of lines) at.reader.push(each);
      Object.assign(at, { offset, line });
      await hand(source, at, tooLong.map((place) => tooLongLine(source.path, place)), emit);
    }
  }

  /** What follows the last line break: nothing, a line that is still being written, a torn one, or a whole one without its line break. */
  async function readEnd(source: Source, at: Progress, rest: UnfinishedLine | undefined, emit: Emit): Promise<Followed> {
    const { path, stamp } = source;
    // A file that grew while it was read has more to say; so has one with a line that is too long to be kept, until nobody writes it.
    if (!rest) return at.offset >= stamp.size || isQuiet(stamp) ? 'read' : 'unsettled';
    if (!isQuiet(stamp)) return 'unsettled';
    kept.delete(path);
    const before = structuredClone(at.reader.state());
    const { offset, line } = at;
    if (!isJson(rest) && (isBegunJson(rest) || now() - stamp.mtimeMs < restedMs)) {
      await hand(source, at, [tornLine(path, rest)], emit);
      return 'read';
    }
    at.reader.push(rest);
    if (isJson(rest)) {
      Object.assign(at, { offset: rest.end, line: line + 1 });
      await hand(source, at, [], emit);
    } else {
      // Prose does not say whether it is whole: what there is of it counts for now, and is read once more should it go on.
      const cursor = { ...source.recognition, stamp, offset, line, seen: rest.end, anchor: await anchorOf(source.handle, offset) };
      await emit(at.reader.take(), { ...cursor, ...(before && { state: before }) });
    }
    return 'read';
  }

  /** Hands over what the reader has taken in, with the cursor that is right once it is durable. */
  async function hand({ path, recognition, stamp, handle }: Source, at: Progress, problems: readonly Problem[], emit: Emit): Promise<void> {
    const { reader, offset, line } = at;
    const reading = reader.take();
    const state = reader.state();
    const anchor = await anchorOf(handle, offset);
    if (state === undefined && now() - stamp.mtimeMs < restedMs) keep(path, reader, offset, anchor);
    const all = problems.length > 0 ? { ...reading, problems: [...reading.problems, ...problems] } : reading;
    await emit(all, { ...recognition, stamp, offset, line, anchor, ...(state && { state }) });
  }

  /** The reader to go on with: the kept one, one from the saved state, or a new one at the beginning. */
  async function resume({ path, importer, recognition, stamp, handle }: Source, cursor: FileCursor | undefined): Promise<Progress> {
    const file = sourceFile(path, recognition, stamp);
    const hasGrown = cursor !== undefined && cursor.format === recognition.format && cursor.stamp.inode === stamp.inode
      && stamp.size >= cursor.offset && (await anchorOf(handle, cursor.offset)) === cursor.anchor;
    if (hasGrown && cursor.state) return { reader: importer.open(file, cursor.state), offset: cursor.offset, line: cursor.line };
    const known = kept.get(path);
    if (hasGrown && known?.offset === cursor.offset && known.anchor === cursor.anchor) {
      return { reader: known.reader, offset: cursor.offset, line: cursor.line };
    }
    kept.delete(path);
    return { reader: importer.open(file), offset: 0, line: 1 };
  }

  function keep(path: string, reader: SourceReader, offset: number, anchor: string): void {
    kept.delete(path);
    kept.set(path, { reader, offset, anchor });
    let bytes = [...kept.values()].reduce((sum, each) => sum + each.offset, 0);
    for (const [oldest, { offset: read }] of kept) {
      if (oldest === path || (kept.size <= maxKeptReaders && bytes <= maxKeptBytes)) return; // the one that was read last grows most likely
      kept.delete(oldest);
      bytes -= read;
    }
  }

  /** What is compressed is read from its beginning to its end; only then the cursor says that it was read. */
  async function readCompressed(source: Source, emit: Emit): Promise<Followed> {
    const { path, importer, recognition, stamp, handle } = source;
    const reader = importer.open(sourceFile(path, recognition, stamp));
    const lines = linesOf(decompressed(handle));
    const give = (problems: readonly Problem[], offset = 0): Promise<void> => {
      const reading = reader.take();
      return emit({ ...reading, problems: [...reading.problems, ...problems] }, { ...recognition, stamp, offset, line: 1, anchor: '' });
    };
    const problems: Problem[] = [];
    try {
      for (let next = await lines.next(); ; next = await lines.next()) {
        const units = next.done ? [next.value].filter((rest) => rest !== undefined) : next.value.lines;
        for (const unit of units) reader.push(unit);
        if (next.done) break;
        await give(next.value.tooLong.map((place) => tooLongLine(path, place)));
      }
    } catch (error) {
      if (!isDamaged(error)) throw error;
      if (!isQuiet(stamp)) return 'unsettled';
      problems.push({ code: 'damaged-file', message: `${path} is damaged or not complete: what comes before the damage was read.`, where: { file: path } });
    }
    await give(problems, stamp.size);
    return 'read';
  }

  async function readDocument({ path, importer, recognition, stamp, handle }: Source, emit: Emit): Promise<Followed> {
    const reader = importer.open(sourceFile(path, recognition, stamp));
    const isTooLarge = stamp.size > maxDocumentBytes;
    if (!isTooLarge) reader.push({ text: (await readAt(handle, 0, stamp.size)).toString('utf8'), line: 1, offset: 0 });
    const reading = reader.take();
    // Several tools rewrite their documents in place: half a document is one that is still being written.
    if (reading.problems.length > 0 && !isQuiet(stamp)) return 'unsettled';
    const problems: Problem[] = isTooLarge
      ? [{ code: 'document-too-large', message: `${path} is larger than 256 MiB and was not read.`, where: { file: path } }]
      : [];
    const cursor = { ...recognition, stamp, offset: stamp.size, line: 1, anchor: await anchorOf(handle, stamp.size) };
    await emit({ ...reading, problems: [...reading.problems, ...problems] }, cursor);
    return 'read';
  }

  const isQuiet = (stamp: FileStamp): boolean => now() - stamp.mtimeMs >= quietMs;
  return { follow };
}

async function hasSameLog(path: string, { unit, log }: FileCursor): Promise<boolean> {
  if (unit !== 'database') return true;
  const now = await logOf(path);
  return now === undefined || log === undefined ? now === log : sameStamp(now, log);
}

function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.inode === b.inode;
}

function isBegunJson({ text }: UnfinishedLine): boolean {
  return text.trimStart().startsWith('{');
}

/** Whether a line without a line break is whole all the same: JSON cannot go on behind its last bracket. */
function isJson(rest: UnfinishedLine): boolean {
  return isBegunJson(rest) && parseJson(rest.text) !== undefined;
}

function tooLongLine(file: string, place: { readonly line: number; readonly offset: number }): Problem {
  return { code: 'line-too-long', message: `Line ${place.line} of ${file} is longer than 64 MiB and was passed over.`, where: { file, ...place } };
}

function tornLine(file: string, { line, offset }: UnfinishedLine): Problem {
  return { code: 'torn-line', message: `The last line of ${file} (line ${line}) is incomplete and waits for its rest.`, where: { file, line, offset } };
}

function sourceFile(path: string, recognition: Recognition, stamp: FileStamp): SourceFile {
  return {
    path,
    format: recognition.format,
    modifiedAt: new Date(stamp.mtimeMs).toISOString(),
    neighbour(relativePath) {
      const file = join(dirname(path), relativePath);
      try {
        const stat = statSync(file, { throwIfNoEntry: false });
        return stat?.isFile() && stat.size <= maxNeighbourBytes ? readFileSync(file, 'utf8') : undefined;
      } catch {
        return undefined; // unreadable is as good as absent: a neighbour only adds to what the file itself says
      }
    },
    entries(relativePath) {
      try {
        return readdirSync(join(dirname(path), relativePath)).sort();
      } catch {
        return []; // as above
      }
    },
  };
}
