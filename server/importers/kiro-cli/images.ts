import type { Part } from '../../../shared/session.ts';
import { blobOf, blobPart } from '../formats/blob.ts';
import { asArray, asCount, asObject, asText } from '../formats/json.ts';
import { unknownPart } from '../formats/raw.ts';

/** The part of an image, whose bytes come as base64 or as a list of numbers. */
export function imagePart(value: unknown): Part {
  const image = asObject(value) ?? {};
  const source = asObject(image['source']) ?? {};
  const encoded = asText(source['data']);
  const bytes = asArray(source['bytes']) ?? asArray(source['data']);
  const format = asText(image['format']);
  const mimeType = asText(source['media_type']) ?? (format === undefined ? 'application/octet-stream' : `image/${format}`);
  if (encoded !== undefined) return blobPart(encoded, mimeType);
  return bytes?.every((byte) => (asCount(byte) ?? 256) < 256) ? blobOf(Uint8Array.from(bytes as readonly number[]), mimeType) : unknownPart(value, 'image');
}
