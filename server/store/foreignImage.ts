/**
 * A foreign SQLite database as bytes in memory: the file with the committed pages of its write-ahead log laid over it. The formats are
 * those of https://www.sqlite.org/fileformat2.html. SQLite itself cannot read a WAL database without making or changing the `-shm`
 * beside it (https://www.sqlite.org/wal.html#read_only_databases), unless it may take the file as immutable, which leaves out the log
 * and needs addresses that the database library does not take; and a copy on disk would hold secrets nobody has redacted.
 */

import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** What the header of a file says of it. */
export interface DatabaseKind {
  /** Bytes of the database and its log together. */
  readonly size: number;
  /** Whether it keeps a write-ahead log, whether or not that is there now. */
  readonly isWal: boolean;
}

const headerBytes = 100;
const logHeaderBytes = 32;
const frameHeaderBytes = 24;
/** Read at a time. */
const pieceBytes = 8 << 20;

/** Undefined when it is no SQLite database. */
export function kindOf(path: string): DatabaseKind | undefined {
  const head = headOf(path, headerBytes);
  if (head.length < headerBytes || head.toString('latin1', 0, 16) !== 'SQLite format 3\0') return undefined;
  return { size: (sizeOf(path) ?? 0) + (sizeOf(`${path}-wal`) ?? 0), isWal: head[18] === 2 };
}

/** Whether a transaction was under way, or was cut off, and the file alone says nothing that can be relied on. */
export function isHalfWritten(path: string): boolean {
  return (sizeOf(`${path}-journal`) ?? 0) > 0 && headOf(`${path}-journal`, 1)[0] !== 0;
}

/** Undefined when somebody wrote meanwhile. The one large piece of memory that is taken is the image itself. */
export function imageOf(path: string): Buffer<ArrayBuffer> | undefined {
  const before = stamps(path);
  const image = sizeOf(`${path}-wal`) === undefined ? fileImage(path, sizeOf(path) ?? 0) : reading(`${path}-wal`, (log) => withLog(path, log));
  if (stamps(path) !== before || isHalfWritten(path)) return undefined;
  // A database in memory has no log: as the header says it, so SQLite takes it.
  image.fill(1, 18, 20);
  return image;
}

/** So many bytes of the file, zeros where it is shorter. */
function fileImage(path: string, size: number): Buffer<ArrayBuffer> {
  const image = Buffer.alloc(size);
  reading(path, (file) => {
    for (let at = 0; at < size;) {
      const got = readSync(file, image, at, Math.min(pieceBytes, size - at), at);
      if (got === 0) break;
      at += got;
    }
  });
  return image;
}

/** The database as it is after the last commit of its log. Frames of an earlier round of the log, and torn ones, do not count. */
function withLog(path: string, log: number): Buffer<ArrayBuffer> {
  const { pages, size, pageBytes } = committed(log);
  if (pages.size === 0) return fileImage(path, sizeOf(path) ?? 0);
  const image = fileImage(path, size * pageBytes);
  for (const [page, at] of pages) if (page <= size) readSync(log, image, (page - 1) * pageBytes, pageBytes, at);
  return image;
}

interface Committed {
  /** Place in the log of the newest version of each page, by page number from 1. */
  readonly pages: ReadonlyMap<number, number>;
  /** Pages the database has. */
  readonly size: number;
  readonly pageBytes: number;
}

/** @param file the log, open */
function committed(file: number): Committed {
  const pages = new Map<number, number>();
  const pending = new Map<number, number>();
  let size = 0;
  const header = Buffer.alloc(logHeaderBytes);
  const magic = readSync(file, header, 0, logHeaderBytes, 0) < logHeaderBytes ? 0 : header.readUInt32BE(0);
  const pageBytes = magic >>> 1 === 0x377f0682 >>> 1 ? header.readUInt32BE(8) : 0;
  const sum = checksum(magic % 2 === 1);
  if (pageBytes < 512 || pageBytes > 65_536 || !sum(header, 0, 24, 24)) return { pages, size, pageBytes };
  const salt = header.subarray(16, 24);
  const frame = Buffer.alloc(frameHeaderBytes + pageBytes);
  for (let at = logHeaderBytes; readSync(file, frame, 0, frame.length, at) === frame.length; at += frame.length) {
    if (!frame.subarray(8, 16).equals(salt) || !sum(frame, 0, 8, 16, frameHeaderBytes, pageBytes)) break;
    pending.set(frame.readUInt32BE(0), at + frameHeaderBytes);
    const sizeAfter = frame.readUInt32BE(4);
    if (sizeAfter === 0) continue;
    size = sizeAfter;
    for (const [page, place] of pending) pages.set(page, place);
    pending.clear();
  }
  return { pages, size, pageBytes };
}

/** Sums up the log, each frame on top of all before it; tells whether the sum is the one written at `told`. */
function checksum(isBigEndian: boolean): (log: Buffer, from: number, to: number, told: number, content?: number, bytes?: number) => boolean {
  let first = 0;
  let second = 0;
  function add(log: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at += 8) {
      first = (first + (isBigEndian ? log.readUInt32BE(at) : log.readUInt32LE(at)) + second) >>> 0;
      second = (second + (isBigEndian ? log.readUInt32BE(at + 4) : log.readUInt32LE(at + 4)) + first) >>> 0;
    }
  }
  return (log, from, to, told, content = 0, bytes = 0) => {
    add(log, from, to);
    add(log, content, content + bytes);
    return log.readUInt32BE(told) === first && log.readUInt32BE(told + 4) === second;
  };
}

function stamps(path: string): string {
  return [path, `${path}-wal`].map((file) => {
    const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
    return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : '';
  }).join(', ');
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function headOf(path: string, bytes: number): Buffer {
  return reading(path, (file) => {
    const head = Buffer.alloc(bytes);
    return head.subarray(0, readSync(file, head, 0, bytes, 0));
  });
}

function reading<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
