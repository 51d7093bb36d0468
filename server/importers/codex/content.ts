/** The content of messages and answers → parts. */

import type { Part } from '../../../shared/session.ts';
import { blobPart } from '../formats/blob.ts';
import { asArray, asObject, asString, asText } from '../formats/json.ts';
import { unknownPart } from '../formats/raw.ts';

// Around an image the tool writes two texts that only say that there is one.
const imageFrame = /^\s*(?:<image(?: name=[^>]{0,200})?>|<\/image>)\s*$/;

/** The parts of a content: text, one item or a list of them; undefined when it is none of these. Encrypted items are left out. */
export function contentParts(content: unknown): readonly Part[] | undefined {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  const items = asArray(content) ?? (asObject(content) ? [content] : undefined);
  return items?.flatMap(itemParts);
}

/** All text of some parts, on lines of their own. */
export function textOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.content] : [])).join('\n');
}

/** A picture by its address, a `data:` one or another. */
export function picture(address: string): Part {
  return address.startsWith('data:') ? blobPart(address) : { type: 'uri', uri: address };
}

function itemParts(value: unknown): readonly Part[] {
  const item = asObject(value);
  const type = asText(item?.['type']);
  if (!item || type === 'encrypted_content') return [];
  const text = asString(item['text']);
  if (text !== undefined) return imageFrame.test(text) ? [] : [{ type: 'text', content: text }];
  const address = asText(item['image_url']) ?? asText(asObject(item['image_url'])?.['url']);
  if (address !== undefined) return [picture(address)];
  const data = asText(item['data']);
  if (data !== undefined) return [blobPart(data, asText(item['mimeType']))];
  // The field is there, but the picture is not.
  if (type === 'input_image' && item['image_url'] === null) return [];
  return [unknownPart(value, type)];
}
