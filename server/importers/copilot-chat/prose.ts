/** Text that a response writes in pieces: strings and references to files, read as one. */

import { asArray, asObject, asString, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { baseName, location } from './uri.ts';

export interface Prose {
  add(text: string): void;
  /** The next code block shows an edit that is recorded by itself: the fences around it say nothing. */
  emptyBlock(): void;
  /** The text since the last `take`; undefined when it is blank. */
  take(): string | undefined;
}

const fence = /^\s*(`{3,}|~{3,})\s*$/;

/** Prose without any text yet. */
export function createProse(): Prose {
  let pieces: string[] = [];
  let closingFence = false;
  return {
    add: (text) => {
      if (!closingFence || !fence.test(text)) pieces.push(text);
      closingFence = false;
    },
    emptyBlock: () => {
      if (!fence.test(pieces.at(-1) ?? '')) return;
      pieces.pop();
      closingFence = true;
    },
    take: () => {
      const text = pieces.join('');
      pieces = [];
      return text.trim() === '' ? undefined : text;
    },
  };
}

/** The markdown of a response part; undefined when it is not one. The oldest files have bare strings. */
export function markdownOf(part: unknown): string | undefined {
  if (typeof part === 'string') return part;
  const object = asObject(part);
  if (!object) return undefined;
  const kind = object['kind'];
  if (kind === undefined || kind === 'markdownContent' || kind === 'markdownVuln') {
    return textOf(object['content']) ?? textOf(object['value']);
  }
  return kind === 'inlineReference' ? referenceText(object) : undefined;
}

/** The thoughts of a `thinking` part or of a round's `thinking`. */
export function thoughtsOf(value: unknown): string | undefined {
  const text = asString(value) ?? (asArray(value) ?? []).filter((piece) => typeof piece === 'string').join('');
  return text.trim() === '' ? undefined : text;
}

function textOf(value: unknown): string | undefined {
  return asString(value) ?? asString(asObject(value)?.['value']);
}

/** A file, a place in a file or a symbol, as a markdown link. */
function referenceText(part: JsonObject): string | undefined {
  const reference = part['inlineReference'];
  const symbol = asObject(reference);
  const place = location(reference) ?? location(symbol?.['location']);
  const name = asText(part['name']) ?? asText(symbol?.['name']);
  if (!place) return name;
  return `[${name ?? baseName(place.uri)}](${place.uri}${place.range ? `#L${place.range.start}` : ''})`;
}
