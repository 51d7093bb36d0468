/** What a file says, piece by piece, whatever it is packed in: a spreadsheet's and an archive's entries, the records of Parquet, other bytes as they are. */

import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { parquetRecords } from '../export/parquetReader.ts';

const pieceBytes = 1 << 20;
const noFollow = constants.O_NOFOLLOW ?? 0;

/** A file into which nobody can look; it was compressed by somebody else, or is not whole. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Whether that is what a file system or a file says, and no mistake of ours. */
export function isOfFile(error: unknown): boolean {
  return error instanceof Unreadable || (error instanceof Error && 'syscall' in error);
}

/** First bytes of what is packed. */
const packed = { zip: 'PK\x03\x04', parquet: 'PAR1', zstd: '\x28\xb5\x2f\xfd', gzip: '\x1f\x8b' } as const;

/** What a file is packed in; undefined for one whose words can be seen in its bytes. */
type Packing = keyof typeof packed;

async function packingOf(handle: FileHandle): Promise<Packing | undefined> {
  const head = Buffer.alloc(4);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  return (Object.keys(packed) as Packing[]).find((each) => head.toString('latin1', 0, bytesRead).startsWith(packed[each]));
}

/** Opened for reading, and not through a link. Throws what the file system says. */
export function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | noFollow);
}

/** Whether its words can be seen in its bytes. Throws what the file system says. */
export async function isPlain(path: string): Promise<boolean> {
  const handle = await openFile(path);
  try {
    return (await packingOf(handle)) === undefined;
  } finally {
    await handle.close();
  }
}

/**
 * Pieces of what a file says; in `undefined` one thing ends and another begins. Others get their turn in between.
 * Throws `Unreadable`, or what the file system says.
 */
export async function* contentsOf(path: string): AsyncGenerator<Buffer | undefined> {
  const handle = await openFile(path);
  try {
    const packing = await packingOf(handle);
    if (packing === undefined) yield* piecesOf(handle, 0, Infinity);
    else if (packing === 'parquet') yield* recordsOf(path);
    else if (packing === 'zip') yield* entriesOf(handle);
    else throw new Unreadable(`${path} is compressed.`);
  } finally {
    await handle.close();
  }
}

/** The bytes of a file from one place on. */
export async function* piecesOf(handle: FileHandle, from: number, length: number): AsyncGenerator<Buffer> {
  for (let at = from; at < from + length;) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, from + length - at));
    const { bytesRead } = await handle.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

async function* recordsOf(path: string): AsyncGenerator<Buffer | undefined> {
  try {
    for await (const record of parquetRecords(path)) {
      yield Buffer.from(JSON.stringify(record));
      yield undefined;
    }
  } catch (error) {
    throw new Unreadable(`${path} is no Parquet that can be read.`, { cause: error });
  }
}

const [endMark, entryMark, fileMark, endBytes, stored, deflated] = [0x06054b50, 0x02014b50, 0x04034b50, 22, 0, 8];

/** An archive without a comment, as Daybook writes them. */
async function* entriesOf(handle: FileHandle): AsyncGenerator<Buffer | undefined> {
  const { size } = await handle.stat();
  const tail = await exactly(handle, size - endBytes, endBytes);
  if (tail.readUInt32LE(0) !== endMark) throw new Unreadable('The archive has no end where it should.');
  const list = await exactly(handle, tail.readUInt32LE(16), tail.readUInt32LE(12));
  for (let at = 0; at + 46 <= list.length;) {
    if (list.readUInt32LE(at) !== entryMark) throw new Unreadable('The archive has no entry where it should.');
    const [method, bytes, place] = [list.readUInt16LE(at + 10), list.readUInt32LE(at + 20), list.readUInt32LE(at + 42)];
    at += 46 + list.readUInt16LE(at + 28) + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
    const head = await exactly(handle, place, 30);
    if (head.readUInt32LE(0) !== fileMark || (method !== stored && method !== deflated)) throw new Unreadable('The archive has no file where it should.');
    const packedPieces = piecesOf(handle, place + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), bytes);
    yield* method === stored ? packedPieces : inflated(packedPieces);
    yield undefined;
  }
}

async function exactly(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  // Before memory is asked for: the lengths are the archive's own words.
  if (from < 0 || from + length > (await handle.stat()).size) throw new Unreadable('The archive is not whole.');
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, from);
  if (bytesRead !== length) throw new Unreadable('The archive is not whole.');
  return bytes;
}

async function* inflated(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw();
  void (async () => {
    for await (const piece of pieces) if (!inflate.write(piece)) await new Promise((resolve) => inflate.once('drain', resolve));
    inflate.end();
  })().catch((error: unknown) => inflate.destroy(error as Error));
  try {
    for await (const piece of inflate) yield piece as Buffer;
  } catch (error) {
    throw new Unreadable('The archive is damaged.', { cause: error });
  }
}
