/**
 * The journal: dated files of JSON lines, only ever appended to. What is sealed lies beside them in `<path>.zst`, a row of Zstandard frames
 * of whole lines, in the order in which they were written. Whoever appends holds the database's write lock.
 */

import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, lstatSync, openSync, readdirSync, readSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkFile, makeFolder, noFollow, syncFolder } from './ownPlace.ts';

const chunkBytes = 1 << 20;
const lineBreak = 0x0a;

export interface Journal {
  /** Paths below journal/ with `/`, without `.zst`, sorted. */
  files(): string[];
  /** Absolute path. */
  absolute(path: string): string;
  /** The same, for whoever writes there. @throws ProblemError `link-in-the-way` */
  own(path: string): string;
  /** Bytes; 0 when the file does not exist. What is no plain file, such as a link, is none. */
  size(path: string): number;
  /** Writes whole lines at the end and syncs them to disk. When that fails, the file is as it was before, unless it cannot even be cut. */
  append(path: string, lines: Buffer): void;
  /** Reads `length` bytes at `start`; fewer when the file ends before, none when there is no file. */
  read(path: string, start: number, length: number): Buffer;
  /** Complete lines from `start` on, without line breaks. */
  lines(path: string, start: number): Generator<JournalLine>;
  /** Cuts the file to `size` bytes. */
  cut(path: string, size: number): void;
  remove(path: string): void;
}

/** Where the sealed lines of a journal file lie. */
export function sealedPath(path: string): string {
  return `${path}.zst`;
}

export interface JournalLine {
  readonly start: number;
  readonly bytes: Buffer;
}

/** @param root absolute path of the folder `journal/` */
export function openJournal(root: string): Journal {
  const absolute = (path: string): string => join(root, path);
  /** The data directory. */
  const home = dirname(root);
  const own = (path: string): string => {
    checkFile(home, absolute(path));
    return absolute(path);
  };

  function size(path: string): number {
    const found = lstatSync(absolute(path), { throwIfNoEntry: false });
    return found?.isFile() ? found.size : 0;
  }

  return {
    absolute,
    own,
    files: () => listFiles(root),
    size,

    append(path, lines) {
      const file = own(path);
      makeFolder(home, dirname(file));
      const handle = openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | noFollow, 0o600);
      try {
        const before = fstatSync(handle).size;
        try {
          writeAll(handle, lines);
          fdatasyncSync(handle);
          if (before === 0) syncFolder(dirname(file));
        } catch (error) {
          cutBack(handle, before);
          throw error;
        }
      } finally {
        closeSync(handle);
      }
    },

    read(path, start, length) {
      try {
        return withFile(absolute(path), constants.O_RDONLY, (handle) => {
          const bytes = Buffer.allocUnsafe(length);
          return bytes.subarray(0, readFully(handle, bytes, start));
        });
      } catch (error) {
        if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return Buffer.alloc(0);
        throw error;
      }
    },

    *lines(path, start) {
      if (size(path) === 0) return;
      const handle = openSync(absolute(path), constants.O_RDONLY | noFollow);
      try {
        yield* splitLines(handle, start);
      } finally {
        closeSync(handle);
      }
    },

    cut: (path, size) => withFile(own(path), constants.O_RDWR, (handle) => {
      ftruncateSync(handle, size);
      fdatasyncSync(handle);
    }),
    remove(path) {
      // The folder is not synced: a file that comes back after a power failure says nothing new.
      try {
        unlinkSync(own(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    },
  };
}

function withFile<T>(file: string, flags: number, use: (handle: number) => T): T {
  const handle = openSync(file, flags | noFollow);
  try {
    return use(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Nobody was told that the lines are recorded. A sync that failed is not made good by the next one: the system may have given the bytes up
 * (https://www.postgresql.org/docs/current/wal-reliability.html), so that whoever tries again writes them again.
 */
function cutBack(handle: number, size: number): void {
  try {
    ftruncateSync(handle, size);
  } catch {
    // The disk takes nothing at all. What is whole is indexed as it stands by the next one who writes, and a torn line cut off.
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(handle, bytes, written);
}

function readFully(handle: number, bytes: Buffer, position: number): number {
  let got = 0;
  while (got < bytes.length) {
    const count = readSync(handle, bytes, got, bytes.length - got, position + got);
    if (count === 0) break;
    got += count;
  }
  return got;
}

function* splitLines(handle: number, start: number): Generator<JournalLine> {
  let position = start;
  let lineStart = start;
  let pending: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const count = readSync(handle, chunk, 0, chunkBytes, position);
    if (count === 0) return;
    let from = 0;
    for (let end = chunk.indexOf(lineBreak); end !== -1 && end < count; end = chunk.indexOf(lineBreak, from)) {
      const piece = chunk.subarray(from, end);
      yield { start: lineStart, bytes: pending.length ? Buffer.concat([...pending, piece]) : piece };
      pending = [];
      from = end + 1;
      lineStart = position + from;
    }
    if (from < count) pending.push(chunk.subarray(from, count));
    position += count;
  }
}

function listFiles(root: string): string[] {
  return [...new Set(walk(root, ''))].sort();
}

function walk(root: string, below: string): string[] {
  const found: string[] = [];
  const folder = join(root, below);
  if (!statSync(folder, { throwIfNoEntry: false })) return found;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) found.push(...walk(root, path));
    else if (entry.isFile() && /\.jsonl(?:\.zst)?$/.test(entry.name)) found.push(path.replace(/\.zst$/, ''));
  }
  return found;
}
