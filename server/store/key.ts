/**
 * The keys that stand for a record's id in the database. Ids that are near in time or in one session get keys that are near each other,
 * so that an index over them is written in few places; a key from a plain hash costs more than half the speed.
 */

import { hash } from 'node:crypto';

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * 16 bytes for a UUIDv7: itself, all of it, since ids made within one millisecond may differ in their last bits only. Any other id gives
 * 12 bytes: four of a hash of its prefix (up to the last `:`) and eight of a hash of the whole. A short prefix names no session: a million
 * records may have it, which are better not near each other.
 */
export function keyOf(id: string): Buffer {
  if (uuid7.test(id)) return Buffer.from(id.replaceAll('-', ''), 'hex');
  const key = Buffer.allocUnsafe(12);
  const made = digest(id);
  const prefix = id.slice(0, id.lastIndexOf(':') + 1);
  key.writeUInt32BE(prefix.length < shortestPrefix ? number(made, 12, 4) : prefixHash(prefix), 0);
  key.write(made.slice(0, 8), 4, 'latin1');
  return key;
}

const shortestPrefix = 12;
const bucketMs = 2 ** 17;
/** How many different marks there are. */
export const markValues = 2 ** 31;

const prefixes = new Map<string, number>();

/** Records come session by session, so that few prefixes are met at a time. */
function prefixHash(prefix: string): number {
  const known = prefixes.get(prefix);
  if (known !== undefined) return known;
  if (prefixes.size > 256) prefixes.clear();
  const made = number(digest(prefix), 0, 4);
  prefixes.set(prefix, made);
  return made;
}

/**
 * The same in 63 bits: seconds or the prefix above, chance below. Two ids may meet in it; whoever finds something under it compares the ids.
 */
export function shortKey(key: Buffer): bigint {
  const isUuid = key.length === 16;
  const high = isUuid ? Math.floor(key.readUIntBE(0, 6) / 1024) % 0x8000_0000 : key.readUInt32BE(0) & 0x7fff_ffff;
  const low = isUuid ? key.readUInt32BE(12) : key.readUInt32BE(4);
  return (BigInt(high) << 32n) | BigInt(low);
}

/** Of 31 bits, the same for keys that are near each other: those of two minutes, or of a session. */
export function bucketOf(key: Buffer): number {
  return key.length === 16 ? Math.floor(key.readUIntBE(0, 6) / bucketMs) : key.readUInt32BE(0) >>> 1;
}

/** By which keys of a bucket are told apart, nearly always. */
export function markOf(key: Buffer): number {
  return key.readUInt32BE(key.length === 16 ? 12 : 4) >>> 1;
}

/** 48 bits of a hash, as a safe integer. */
export function hash48(text: string): number {
  return number(digest(text), 0, 6);
}

/** Bytes as characters: a text is made in half the time that a buffer takes. */
function digest(text: string): string {
  return hash('sha1', text, 'binary');
}

/** The big-endian number of some bytes, six at most. */
function number(bytes: string, from: number, count: number): number {
  let made = 0;
  for (let at = from; at < from + count; at++) made = made * 256 + bytes.charCodeAt(at);
  return made;
}
