/**
 * A foreign SQLite database as bytes in memory: the file with the committed pages of its write-ahead log laid over it. The formats are
 * those of https://www.sqlite.org/fileformat2.html. SQLite itself cannot read a WAL database without making or changing the `-shm`
 * beside it (https://www.sqlite.org/wal.html#read_only_databases), unless it may take the file as immutable, which leaves out the log
 * and needs addresses that the database library does not take; and a copy on disk would hold secrets nobody has redacted.
 */

import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

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

/** Undefined when somebody wrote meanwhile. */
export function imageOf(path: string): Buffer | undefined {
  const before = stamps(path);
  const database = readFileSync(path);
  const log = sizeOf(`${path}-wal`) === undefined ? Buffer.alloc(0) : readFileSync(`${path}-wal`);
  if (stamps(path) !== before || isHalfWritten(path)) return undefined;
  const image = withLog(database, log);
  // A database in memory has no log: as the header says it, so SQLite takes it.
  image.fill(1, 18, 20);
  return image;
}

/** The database as it is after the last commit of its log. Frames of an earlier round of the log, and torn ones, do not count. */
function withLog(database: Buffer, log: Buffer): Buffer {
  const { pages, size, pageBytes } = committed(log);
  if (pages.size === 0) return database;
  const image = Buffer.alloc(size * pageBytes);
  database.copy(image);
  for (const [page, at] of pages) if (page <= size) log.copy(image, (page - 1) * pageBytes, at, at + pageBytes);
  return image;
}

interface Committed {
  /** Place in the log of the newest version of each page, by page number from 1. */
  readonly pages: ReadonlyMap<number, number>;
  /** Pages the database has. */
  readonly size: number;
  readonly pageBytes: number;
}

function committed(log: Buffer): Committed {
  const pages = new Map<number, number>();
  const pending = new Map<number, number>();
  let size = 0;
  const magic = log.length < logHeaderBytes ? 0 : log.readUInt32BE(0);
  const pageBytes = magic >>> 1 === 0x377f0682 >>> 1 ? log.readUInt32BE(8) : 0;
  const sum = checksum(magic % 2 === 1);
  if (pageBytes < 512 || pageBytes > 65_536 || !sum(log, 0, 24, 24)) return { pages, size, pageBytes };
  const salt = log.subarray(16, 24);
  for (let at = logHeaderBytes; at + frameHeaderBytes + pageBytes <= log.length; at += frameHeaderBytes + pageBytes) {
    const content = at + frameHeaderBytes;
    if (!log.subarray(at + 8, at + 16).equals(salt) || !sum(log, at, at + 8, at + 16, content, pageBytes)) break;
    pending.set(log.readUInt32BE(at), content);
    const sizeAfter = log.readUInt32BE(at + 4);
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
  const handle = openSync(path, 'r');
  try {
    const head = Buffer.alloc(bytes);
    return head.subarray(0, readSync(handle, head, 0, bytes, 0));
  } finally {
    closeSync(handle);
  }
}
