/** What a message of the history says → parts. */

import type { Part } from '../../../shared/session.ts';
import { blobPart } from '../formats/blob.ts';
import { asArray, asObject, asString, asText, type JsonObject } from '../formats/json.ts';
import { unknownPart } from '../formats/raw.ts';

/** Text, or a list of text and pictures. */
export function contentParts(content: unknown): readonly Part[] {
  const text = asString(content);
  if (text !== undefined) return text === '' ? [] : [{ type: 'text', content: text }];
  if (content === undefined || content === null) return [];
  return (asArray(content) ?? [content]).map(contentPart);
}

/** Words of the parts, without anything else. */
export function textOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.content] : [])).join('\n');
}

/** What the tool gave the model besides the prompt: where it is from, and the text itself. */
export function contextParts(item: JsonObject): readonly Part[] {
  const uri = asObject(item['uri']);
  const address = uri?.['type'] === 'file' || uri?.['type'] === 'url' ? asText(uri['value']) : undefined;
  const name = asText(item['name']);
  const content = asText(item['content']);
  return [
    ...(address === undefined ? [] : [{ type: 'uri' as const, uri: address, ...(name === undefined ? {} : { name }) }]),
    ...(content === undefined ? [] : [{ type: 'text' as const, content }]),
  ];
}

function contentPart(value: unknown): Part {
  const part = asObject(value);
  const type = asText(part?.['type']);
  const text = asString(part?.['text']);
  if (type === 'text' && text !== undefined) return { type: 'text', content: text };
  const url = asText(asObject(part?.['imageUrl'])?.['url']);
  if (type === 'imageUrl' && url !== undefined) return url.startsWith('data:') ? blobPart(url) : { type: 'uri', uri: url };
  return unknownPart(value, type);
}
