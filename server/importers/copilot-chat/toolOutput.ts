/** What a tool answered, as text. */

import { asArray, asCount, asObject, asString, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { location } from './uri.ts';

/** Text of a tool result `{ content[] }`: strings, prompt trees and, as a remark, data; undefined when there is none. */
export function resultText(result: unknown): string | undefined {
  const pieces = (asArray(asObject(result)?.['content']) ?? []).map((piece) => contentText(asObject(piece)));
  return asText(pieces.filter((piece) => piece !== undefined).join('\n'));
}

/** Text of `resultDetails`: the output of an MCP tool, or the places a search found. */
export function detailsText(details: unknown): string | undefined {
  const places = asArray(details);
  if (places) return asText(places.map((place) => location(place)).map(placeText).filter(Boolean).join('\n'));
  const output = asArray(asObject(details)?.['output']) ?? [];
  return asText(output.map((piece) => embedText(asObject(piece))).filter(Boolean).join('\n'));
}

/** A markdown value: a string or `{ value }`. */
export function markdownText(value: unknown): string | undefined {
  return asText(value) ?? asText(asObject(value)?.['value']);
}

function contentText(piece: JsonObject | undefined): string | undefined {
  if (!piece) return undefined;
  const node = asObject(asObject(piece['value'])?.['node']);
  if (node) return treeText(node);
  const mimeType = asText(piece['mimeType']);
  return mimeType === undefined ? asString(piece['value']) : `[${mimeType}]`;
}

/** Text of a prompt tree (`@vscode/prompt-tsx`); walked with a list of its own, for a tree may be deeper than the call stack. */
function treeText(root: JsonObject): string {
  let text = '';
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = asObject(open.pop());
    const piece = asString(node?.['text']);
    if (piece !== undefined) text += (node?.['lineBreakBefore'] && text !== '' && !text.endsWith('\n') ? '\n' : '') + piece;
    for (const child of [...(asArray(node?.['children']) ?? [])].reverse()) open.push(child);
  }
  return text;
}

function embedText(piece: JsonObject | undefined): string | undefined {
  if (!piece) return undefined;
  if (piece['isText'] === true) return asText(piece['value']);
  const mimeType = asText(piece['mimeType']);
  return mimeType === undefined ? location(piece)?.uri : `[${mimeType}]`;
}

function placeText(place: ReturnType<typeof location>): string | undefined {
  return place && place.uri + (asCount(place.range?.start) === undefined ? '' : `#L${place.range?.start}`);
}
