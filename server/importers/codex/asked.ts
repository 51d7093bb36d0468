/** The lines that hold a user message. */

import type { Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asString, asText } from '../formats/json.ts';
import { fileUri } from '../formats/place.ts';
import { contentParts, picture } from './content.ts';
import type { Line } from './format.ts';

/** The parts of a user message and which kind of line it is; undefined for other lines, and for those that are not in its shape. */
export function askedParts(line: Line): { readonly by: 'item' | 'event'; readonly parts: readonly Part[] } | undefined {
  const { payload } = line;
  switch (line.nativeType) {
    case 'response_item/message/user': return asked('item', contentParts(payload['content']));
    case 'event_msg/user_message': return asked('event', eventParts(line));
    case 'event_msg/item_completed/UserMessage': return asked('event', asArray(line.item?.['content'])?.flatMap(inputParts));
    default: return undefined;
  }
}

function asked(by: 'item' | 'event', parts: readonly Part[] | undefined): ReturnType<typeof askedParts> {
  return parts && { by, parts };
}

function eventParts({ payload }: Line): readonly Part[] | undefined {
  const message = asString(payload['message']);
  if (message === undefined) return undefined;
  const images = (asArray(payload['images']) ?? []).flatMap((image) => present('image', asText(image)).image ?? []).map(picture);
  const files = (asArray(payload['local_images']) ?? []).flatMap(fileParts);
  return [...(message === '' ? [] : [{ type: 'text', content: message } as const]), ...images, ...files];
}

function inputParts(value: unknown): readonly Part[] {
  const path = asText(asObject(value)?.['path']);
  return path === undefined ? (contentParts([value]) ?? []) : fileParts(path);
}

function fileParts(value: unknown): readonly Part[] {
  const uri = fileUri(asString(value) ?? '');
  return uri === undefined ? [] : [{ type: 'uri', uri }];
}
