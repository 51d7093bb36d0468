/** The passage of a text that shows best why it matches. */

import { matchEnd, matchStart } from '../../shared/results.ts';
import { isInWord } from './fold.ts';

const width = 160;
const lead = 40;

/**
 * One line of about 160 characters around the place with the most different terms, matches marked.
 * @param terms lower-case words; a trailing `*` is a prefix, a leading one may stand inside a word
 */
export function passage(text: string, terms: readonly string[]): string {
  return createPassage(terms)(text);
}

/** The same for many texts: the patterns of the terms are made once, for the first of them. A search that finds nothing makes none. */
export function createPassage(terms: readonly string[]): (text: string) => string {
  let patterns: readonly Pattern[] | undefined;
  return (text) => shown(text, findTerms(text, (patterns ??= terms.map(patternOf).filter((pattern) => pattern !== undefined))));
}

function shown(text: string, found: readonly Found[]): string {
  const start = Math.max(0, bestStart(found) - lead);
  const from = start === 0 ? 0 : wordStart(text, start);
  const to = Math.min(text.length, from + width);
  let line = '';
  let position = from;
  for (const { at, length } of found) {
    if (at < position || at + length > to) continue;
    line += clean(text.slice(position, at)) + matchStart + clean(text.slice(at, at + length)) + matchEnd;
    position = at + length;
  }
  line += clean(text.slice(position, to));
  return `${from > 0 ? '… ' : ''}${line.trim()}${to < text.length ? ' …' : ''}`.toWellFormed();
}

interface Found {
  readonly at: number;
  readonly length: number;
  readonly term: number;
}

/** More would not change what is shown, and a text may be megabytes of one word. */
const maxFound = 2_000;

interface Pattern {
  /** Finds the letters in any case. What is beside them is looked at by hand: a pattern with all letters there are takes longer to compile than to use. */
  readonly letters: RegExp;
  /** May stand inside a word. */
  readonly isInside: boolean;
  /** May go on: then the rest of the word belongs to it. */
  readonly isPrefix: boolean;
}

function patternOf(word: string): Pattern | undefined {
  const plain = fold(word.replaceAll('*', '')).text;
  return plain ? { letters: new RegExp(plain, 'giu'), isInside: word.startsWith('*'), isPrefix: word.endsWith('*') } : undefined;
}

function findTerms(text: string, patterns: readonly Pattern[]): Found[] {
  const found: Found[] = [];
  const folded = fold(text);
  for (const [term, pattern] of patterns.entries()) {
    let count = 0;
    for (const { start, end } of places(folded.text, pattern)) {
      const at = folded.position(start);
      found.push({ at, length: folded.position(end) - at, term });
      if (++count >= maxFound) break;
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

function* places(text: string, { letters, isInside, isPrefix }: Pattern): Generator<{ readonly start: number; readonly end: number }> {
  letters.lastIndex = 0;
  for (let match = letters.exec(text); match; match = letters.exec(text)) {
    const start = match.index;
    let end = letters.lastIndex;
    const begins = isInside || !isInWord(text, start - 1);
    if (begins && isPrefix && !isInside) while (isInWord(text, end)) end++;
    const isWhole = begins && (isInside || !isInWord(text, end));
    letters.lastIndex = isWhole ? end : start + 1;
    if (isWhole) yield { start, end };
  }
}

interface Folded {
  readonly text: string;
  /** Where a place of the folded text lies in the original. */
  position(index: number): number;
}

/** Without diacritics, as the index compares words. */
function fold(text: string): Folded {
  // Behind each of these the two texts are so far apart.
  const after: number[] = [];
  const apart: number[] = [];
  let gap = 0;
  const folded = text.replace(beyondAscii, (character, place: number) => {
    const plain = character.normalize('NFD').replace(marks, '');
    if (plain.length !== character.length) {
      gap += character.length - plain.length;
      after.push(place + character.length - gap);
      apart.push(gap);
    }
    return plain;
  });
  return { text: folded, position: (index) => index + (apart[countUpTo(after, index) - 1] ?? 0) };
}

const beyondAscii = /[^\0-\x7f]/gu;
const marks = /\p{M}/gu;

/** How many of ascending numbers are not above a limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bestStart(found: readonly Found[]): number {
  let best = found[0]?.at ?? 0;
  let most = 0;
  let first = 0;
  const inside = new Map<number, number>();
  for (const [index, one] of found.entries()) {
    inside.set(one.term, (inside.get(one.term) ?? 0) + 1);
    for (let oldest = found[first]; oldest && one.at - oldest.at > width - lead * 2 && first < index; oldest = found[++first]) {
      const left = (inside.get(oldest.term) ?? 1) - 1;
      if (left === 0) inside.delete(oldest.term);
      else inside.set(oldest.term, left);
    }
    if (inside.size > most) {
      most = inside.size;
      best = found[first]?.at ?? best;
    }
  }
  return best;
}

function wordStart(text: string, position: number): number {
  const space = text.slice(position, position + lead).search(/\s/);
  return space === -1 ? position : position + space + 1;
}

/** One line, and no control characters that could be taken for marks or terminal codes. */
function clean(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}
