/**
 * Images and documents. The part says what they are; the bytes go beside it, for as long as somebody holds the part: whoever writes a part
 * down, into a record or a reader's state, must not write them with it.
 */

import { createHash } from 'node:crypto';
import type { BlobPart } from '../../../shared/attachment.ts';
import type { Part } from '../../../shared/session.ts';
import type { ImportedRecord } from '../importer.ts';

const contents = new WeakMap<Part, Uint8Array>();

/** The part of some bytes. `mimeType` is what the source calls it. */
export function blobOf(content: Uint8Array, mimeType: string): BlobPart {
  const part: BlobPart = { type: 'blob', mimeType, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  contents.set(part, content);
  return part;
}

/** The part of base64, or of a `data:` address, which says itself what it is unless told. */
export function blobPart(encoded: string, mimeType?: string): BlobPart {
  const comma = encoded.startsWith('data:') ? encoded.slice(0, 200).indexOf(',') : -1;
  const declared = comma === -1 ? undefined : encoded.slice('data:'.length, comma).split(';')[0];
  return blobOf(Buffer.from(encoded.slice(comma + 1), 'base64'), mimeType ?? (declared || 'application/octet-stream'));
}

/** The bytes that came with some records, by their SHA-256 in hex. */
export function contentsOf(records: readonly ImportedRecord[]): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const record of records) {
    for (const part of record.kind === 'message' ? record.data.parts : []) {
      const content = part.type === 'blob' && contents.get(part);
      if (content && part.sha256 !== undefined) found.set(part.sha256, content);
    }
  }
  return found;
}
