/** What a person asked, and what they attached to it. */

import type { Part } from '../../../shared/session.ts';
import { asArray, asObject, asString, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { blobPart } from './bytes.ts';
import { leftOutAttachments } from './format.ts';
import { bounded } from './raw.ts';
import { location } from './uri.ts';

/** The text of a request; empty when it has none. */
export function promptText(request: JsonObject): string {
  return asString(request['message']) ?? asString(asObject(request['message'])?.['text']) ?? '';
}

/** Text first, then what was attached, in the order of the request. */
export function promptParts(request: JsonObject): readonly Part[] {
  const text = promptText(request);
  const parts: Part[] = text === '' ? [] : [{ type: 'text', content: text }];
  for (const value of asArray(asObject(request['variableData'])?.['variables']) ?? []) {
    const attachment = asObject(value);
    const part = attachment && attachmentPart(attachment);
    if (part) parts.push(part);
  }
  return parts;
}

function attachmentPart(attachment: JsonObject): Part | undefined {
  const kind = asText(attachment['kind']) ?? 'attachment';
  if (Object.hasOwn(leftOutAttachments, kind) || isHidden(attachment)) return undefined;
  const name = asText(attachment['name']);
  const place = location(attachment['value']) ?? location(attachment['uri']);
  if (place) return { type: 'uri', ...place, ...(name === undefined ? {} : { name }) };
  if (kind === 'image' || attachment['isImage'] === true) return imagePart(attachment);
  const code = kind === 'paste' ? asText(attachment['code']) : undefined;
  return code === undefined ? { type: 'unknown', nativeType: kind, raw: bounded(attachment) } : { type: 'text', content: code };
}

/** Instructions carried no kind of their own at first, only these ids. */
function isHidden(attachment: JsonObject): boolean {
  return /^vscode\.(prompt\.instructions\.text|customizations\.index)/.test(asString(attachment['id']) ?? '');
}

function imagePart(attachment: JsonObject): Part {
  const name = asText(attachment['name']) ?? 'image';
  const blob = blobPart(attachment['value'], asText(attachment['mimeType']) ?? 'image/*');
  // The raw value may be the picture in a shape that is not known: only its name is kept.
  return blob ?? { type: 'unknown', nativeType: 'image', raw: { name } };
}
