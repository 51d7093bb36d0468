/**
 * The key that stands for a record's id in the database: 16 bytes for a UUIDv7, 12 for any other id. Ids that are near in time or in one session get keys that
 * are near each other, so that the unique index is written in few places; a key from a plain hash costs more than half the speed.
 */

import { createHash } from 'node:crypto';

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * A UUIDv7 gives itself, all of it: ids made within one millisecond may differ in their last bits only. Any other id gives four bytes
 * of a hash of its prefix (up to the last `:`) and eight of a hash of the whole.
 */
export function keyOf(id: string): Buffer {
  if (uuid7.test(id)) return Buffer.from(id.replaceAll('-', ''), 'hex');
  const key = Buffer.allocUnsafe(12);
  digest(id.slice(0, id.lastIndexOf(':') + 1)).copy(key, 0, 0, 4);
  digest(id).copy(key, 4, 0, 8);
  return key;
}

/** 48 bits of a hash, as a safe integer. */
export function hash48(text: string): number {
  return digest(text).readUIntBE(0, 6);
}

function digest(text: string): Buffer {
  return createHash('sha1').update(text).digest();
}
