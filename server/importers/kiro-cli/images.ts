import type { Part } from '../../../shared/session.ts';
import { asArray, asObject, asText } from '../formats/json.ts';
import { blobPart, unknownPart } from '../formats/raw.ts';

/** The part of an image: its size, not its bytes, which come as base64 or as a list of numbers. */
export function imagePart(value: unknown): Part {
  const image = asObject(value) ?? {};
  const source = asObject(image['source']) ?? {};
  const encoded = asText(source['data']);
  const bytes = asArray(source['bytes']) ?? asArray(source['data']);
  const format = asText(image['format']);
  const mimeType = asText(source['media_type']) ?? (format === undefined ? 'application/octet-stream' : `image/${format}`);
  if (encoded !== undefined) return blobPart(encoded, mimeType);
  return bytes ? { type: 'blob', mimeType, bytes: bytes.length } : unknownPart(value, 'image');
}
