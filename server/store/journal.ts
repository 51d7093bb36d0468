/**
 * The journal: dated files of JSON lines, only ever appended to. What is sealed lies beside them in `<path>.zst`, a row of Zstandard frames
 * of whole lines, in the order in which they were written. Whoever appends holds the database's write lock. Where the record is encrypted,
 * lines and frames are so one by one (encryption/cipher.ts): positions and lengths are those on the disk.
 */

import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, lstatSync, openSync, readdirSync, readSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decryptFile, decryptLine, encryptFile, encryptFrame, encryptLine, isFileUnder, isFrameUnder, isLineUnder } from './encryption/cipher.ts';
import { writingKey } from './encryption/keyFile.ts';
import { checkFile, makeFolder, noFollow, syncFolder } from './ownPlace.ts';

const chunkBytes = 1 << 20;
/** Chats lie in `chats/<year>/<month>/<day>/`. */
const foldersDeep = 4;
const lineBreak = 0x0a;

export interface Journal {
  /** Paths below journal/ with `/`, without `.zst`, sorted. */
  files(): string[];
  /**
   * When a folder of the journal last changed, milliseconds since 1970: a file came, went, or got another name. Neither a copy nor a clock of
   * somebody else's can put that back, as it can the times of modification.
   */
  changedMs(): number;
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
  /** The bytes of the line there, readable also where they are encrypted on the disk. */
  line(path: string, start: number, length: number): Buffer;
  /** Complete lines from `start` on, without line breaks. */
  lines(path: string, start: number): Generator<JournalLine>;
  /** What makes of a line, and of a frame, what is to be on the disk. Ask for it once for many of them. @throws ProblemError `store-locked` */
  forms(): Forms;
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
  /** As it is on the disk, without the line break: longer where it is encrypted. */
  readonly stored: Buffer;
}

/** Lines, frames and damaged bytes as they are to be on the disk: as they are, or encrypted. Without line breaks. */
export interface Forms {
  readonly line: (line: Buffer) => Buffer;
  readonly frame: (frame: Buffer) => Buffer;
  readonly file: (stored: Buffer) => Buffer;
  /** Whether what is on the disk is so already. */
  readonly isLine: (stored: Buffer) => boolean;
  readonly isFrame: (stored: Buffer) => boolean;
  readonly isFile: (head: Buffer) => boolean;
}

const asItIs = (bytes: Buffer): Buffer => bytes;

/**
 * @param root absolute path of the folder `journal/`
 * @param keyed absolute path of the data directory under whose key is written what is written there
 */
export function openJournal(root: string, keyed = dirname(root)): Journal {
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

  function read(path: string, start: number, length: number): Buffer {
    try {
      return withFile(absolute(path), constants.O_RDONLY, (handle) => {
        const bytes = Buffer.allocUnsafe(length);
        return bytes.subarray(0, readFully(handle, bytes, start));
      });
    } catch (error) {
      if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return Buffer.alloc(0);
      throw error;
    }
  }

  return {
    absolute,
    own,
    files: () => listFiles(root),
    changedMs: () => latestChange(root, foldersDeep),
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

    read,

    line: (path, start, length) => decryptLine(read(path, start, length)),

    *lines(path, start) {
      if (size(path) === 0) return;
      const handle = openSync(absolute(path), constants.O_RDONLY | noFollow);
      try {
        for (const { start: at, stored } of splitLines(handle, start)) yield { start: at, stored, bytes: decryptLine(stored) };
      } finally {
        closeSync(handle);
      }
    },

    forms() {
      const key = writingKey(keyed);
      return {
        line: key ? (line) => encryptLine(key, line) : asItIs,
        frame: key ? (frame) => encryptFrame(key, frame) : asItIs,
        file: (stored) => (key ? encryptFile(key, decryptFile(stored)) : decryptFile(stored)),
        isLine: (stored) => isLineUnder(key, stored),
        isFrame: (stored) => isFrameUnder(key, stored),
        isFile: (head) => isFileUnder(key, head),
      };
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

function* splitLines(handle: number, start: number): Generator<Omit<JournalLine, 'bytes'>> {
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
      yield { start: lineStart, stored: pending.length ? Buffer.concat([...pending, piece]) : piece };
      pending = [];
      from = end + 1;
      lineStart = position + from;
    }
    if (from < count) pending.push(chunk.subarray(from, count));
    position += count;
  }
}

/** @param below how many folders deep; those at the bottom, which hold all there is, are not read */
function latestChange(folder: string, below: number): number {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat) return 0;
  const inside = below === 0 ? [] : readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Math.max(stat.ctimeMs, ...inside.map(({ name }) => latestChange(join(folder, name), below - 1)));
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
