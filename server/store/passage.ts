/** The passage of a text that shows best why it matches. */

import { matchEnd, matchStart } from '../../shared/results.ts';

const width = 160;
const lead = 40;

/**
 * One line of about 160 characters around the place with the most different terms, matches marked.
 * @param terms lower-case words; a trailing `*` is a prefix, a leading one may stand inside a word
 */
export function passage(text: string, terms: readonly string[]): string {
  const found = findTerms(text, terms);
  const start = Math.max(0, bestStart(found) - lead);
  const from = start === 0 ? 0 : wordStart(text, start);
  const to = Math.min(text.length, from + width);
  let shown = '';
  let position = from;
  for (const { at, length } of found) {
    if (at < position || at + length > to) continue;
    shown += clean(text.slice(position, at)) + matchStart + clean(text.slice(at, at + length)) + matchEnd;
    position = at + length;
  }
  shown += clean(text.slice(position, to));
  return `${from > 0 ? '… ' : ''}${shown.trim()}${to < text.length ? ' …' : ''}`.toWellFormed();
}

interface Found {
  readonly at: number;
  readonly length: number;
  readonly term: number;
}

/** More would not change what is shown, and a text may be megabytes of one word. */
const maxFound = 2_000;

function findTerms(text: string, terms: readonly string[]): Found[] {
  const found: Found[] = [];
  const folded = fold(text);
  for (const [term, word] of terms.entries()) {
    const [isInside, isPrefix] = [word.startsWith('*'), word.endsWith('*')];
    const plain = fold(word.replaceAll('*', '')).text;
    if (!plain) continue;
    const [before, after] = isInside ? ['', ''] : ['(?<![\\p{L}\\p{N}])', isPrefix ? '[\\p{L}\\p{N}]*' : '(?![\\p{L}\\p{N}])'];
    const pattern = new RegExp(`${before}${plain}${after}`, 'giu');
    let count = 0;
    for (const match of folded.text.matchAll(pattern)) {
      const at = folded.position(match.index);
      found.push({ at, length: folded.position(match.index + match[0].length) - at, term });
      if (++count >= maxFound) break;
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

interface Folded {
  readonly text: string;
  /** Where a place of the folded text lies in the original. */
  position(index: number): number;
}

/** Without diacritics, as the index compares words. */
function fold(text: string): Folded {
  if (/^[\0-\x7f]*$/.test(text)) return { text, position: (index) => index };
  const pieces: string[] = [];
  const positions: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
    pieces.push(plain);
    for (let unit = 0; unit < plain.length; unit++) positions.push(at);
    at += character.length;
  }
  return { text: pieces.join(''), position: (index) => positions[index] ?? text.length };
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
