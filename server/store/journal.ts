/**
 * The journal: dated files of JSON lines, only ever appended to. What is sealed lies beside them in `<path>.zst`, a row of Zstandard frames
 * of whole lines, in the order in which they were written. Whoever appends holds the database's write lock.
 */

import { closeSync, constants, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, readSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const chunkBytes = 1 << 20;
const lineBreak = 0x0a;
const noFollow = constants.O_NOFOLLOW ?? 0;

export interface Journal {
  /** Paths below journal/ with `/`, without `.zst`, sorted. */
  files(): string[];
  /** Absolute path. */
  absolute(path: string): string;
  /** Bytes; 0 when the file does not exist. */
  size(path: string): number;
  /** Writes whole lines at the end and syncs them to disk. */
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
  const directories = new Set<string>();

  return {
    absolute,
    files: () => listFiles(root),
    size: (path) => statSync(absolute(path), { throwIfNoEntry: false })?.size ?? 0,

    append(path, lines) {
      const file = absolute(path);
      if (!directories.has(dirname(file))) {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        directories.add(dirname(file));
      }
      const handle = openAppending(file, directories);
      try {
        const isNew = fstatSync(handle).size === 0;
        writeAll(handle, lines);
        fdatasyncSync(handle);
        if (isNew) syncDirectory(dirname(file));
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
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
        throw error;
      }
    },

    *lines(path, start) {
      if (!statSync(absolute(path), { throwIfNoEntry: false })) return;
      const handle = openSync(absolute(path), constants.O_RDONLY | noFollow);
      try {
        yield* splitLines(handle, start);
      } finally {
        closeSync(handle);
      }
    },

    cut: (path, size) => withFile(absolute(path), constants.O_RDWR, (handle) => {
      ftruncateSync(handle, size);
      fdatasyncSync(handle);
    }),
    remove(path) {
      // The folder is not synced: a file that comes back after a power failure says nothing new.
      try {
        unlinkSync(absolute(path));
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

function openAppending(file: string, directories: Set<string>): number {
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | noFollow;
  try {
    return openSync(file, flags, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // The folder was there before and somebody removed it since.
    directories.delete(dirname(file));
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return openSync(file, flags, 0o600);
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

/** A new name is durable only when its folder is synced; Windows has no such call and needs none. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  withFile(directory, constants.O_RDONLY, fsyncSync);
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
