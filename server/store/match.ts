/** Whether a text holds what is wanted, and how well. */

import { isAscii } from 'node:buffer';
import { fold, isInWord } from './fold.ts';
import type { Term, Wanted } from './searchQuery.ts';
import type { Sought } from './searchText.ts';

/**
 * How well a text matches: above 0, at most about 3; undefined when it does not.
 * @param beside what the index holds beside the text, folded; asked for when the text alone does not hold what is wanted
 */
export type Match = (folded: string, beside?: () => string) => number | undefined;

/** Where something stands in a text. */
type Find = (text: string) => number[];

/** Whether what is not wanted is there: then nothing that is added to the text makes it match. */
export function createRefusal({ none }: Wanted): (folded: string) => boolean {
  const unwanted = none.map(createFinder);
  return (text) => unwanted.some((find) => find(text).length > 0);
}

/** Places of one term that are looked at. */
const maxPlaces = 32;
/** Characters at which a text is as long as most. */
const usualLength = 1_000;
/** Characters within which words belong together. */
const near = 60;

export function createMatch(wanted: Wanted): Match {
  const groups = wanted.all.map((group) => group.map(createFinder));
  const isRefused = createRefusal(wanted);
  const placesIn = (group: readonly Find[], text: string): number[] => group.flatMap((find) => find(text));
  return (text, beside) => {
    const places: number[][] = [];
    let more: string | undefined;
    for (const group of groups) {
      const found = placesIn(group, text);
      if (found.length === 0) {
        more ??= beside?.() ?? '';
        if (placesIn(group, more).length === 0) return undefined;
      }
      places.push(found);
    }
    if (isRefused(text) || (more !== undefined && isRefused(more))) return undefined;
    const behind = text.length + 1;
    if (more !== undefined) for (const [at, group] of groups.entries()) for (const place of placesIn(group, more)) places[at]?.push(behind + place);
    for (const each of places) each.sort((a, b) => a - b);
    return score(places, more === undefined ? text.length : behind + more.length);
  };
}

/**
 * Whether a journal line may match, before it is parsed. Only words of plain letters and digits can be told from the raw line, and of those
 * with diacritics.
 */
export function createMaybe({ all }: Wanted): (line: Buffer) => boolean {
  const needed = all.filter((group) => group.every(({ words }) => words.every((word) => plainWord.test(word))))
    .map((group) => group.map((term) => ({ ...term, follow: followOf(term.words) })));
  const only = needed.length === 1 && needed[0]?.length === 1 ? needed[0][0] : undefined;
  const beginning = only?.isPrefix && only.words.length === 1 && !only.pieces ? beginningOf(only.words[0] ?? '') : undefined;
  /** @param folded words of the line that do not say what they fold to */
  const isIn = (line: string, folded: string): boolean => needed.every((group) => group.some(({ words, follow }) =>
    words.every((word) => line.includes(word) || folded.includes(word)) && (!follow || follow.test(line) || words.some((word) => folded.includes(word)))));
  return (bytes) => {
    const line = bytes.toString('latin1');
    if (beginning ? beginning.test(line) : isIn(line.toLowerCase(), '')) return true;
    return !isAscii(bytes) && mayFold.test(line) && isIn(line.toLowerCase(), foldedWords(line));
  };
}

/** What words with something beyond ASCII in them fold to, a word a line. @param line UTF-8, a byte a character */
function foldedWords(line: string): string {
  const found: string[] = [];
  for (const { 0: run, index } of line.matchAll(beyondAsciiBytes)) {
    if (!mayFold.test(run)) continue;
    let start = index;
    while (start > 0 && asciiOfWord.test(line.charAt(start - 1))) start--;
    found.push(line.slice(start, index) + run);
  }
  return fold(Buffer.from(found.join('\n'), 'latin1').toString('utf8'));
}

const beyondAsciiBytes = /[\x80-\xff][\x80-\xffA-Za-z0-9]*/g;
const asciiOfWord = /[A-Za-z0-9]/;

/**
 * Where a word may begin in a raw line: after what is no part of a word, after an escape, or at a capital. A short beginning stands
 * somewhere in most lines, but begins a word in few.
 */
function beginningOf(word: string): RegExp {
  const inAnyCase = (text: string): string => text.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
  const capital = /^[a-z]/.test(word) ? `|${word.charAt(0).toUpperCase()}${inAnyCase(word.slice(1))}` : '';
  return new RegExp(`(?:[^A-Za-z0-9]|\\\\[bfnrt]|\\\\u[0-9A-Fa-f]{4})${inAnyCase(word)}${capital}`);
}

/**
 * Where the second word may follow the first in a raw line in lower case: with nothing of a word between them, as in a part of an identifier,
 * or at the beginning of the next string, once this one is over. Names of fields are no text.
 */
function followOf([first = '', second]: readonly string[]): RegExp | undefined {
  if (second === undefined) return undefined;
  return new RegExp(`${first}(?:[^a-z0-9"\\\\]|\\\\(?:u[0-9a-f]{4}|[^u]))*(?:${second}|"(?!:))`);
}

const plainWord = /^[a-z0-9]+$/;
/**
 * UTF-8, a byte a character, of what may fold to plain letters or to nothing: letters with diacritics, and marks. Dashes, quotation marks,
 * arrows, boxes and emoji stand in most texts, and do neither.
 */
const mayFold = /[\xc3-\xe1\xe3-\xef\xf1-\xf4]|\xe2[\x83\x84\xb0-\xbf]|\xf0(?!\x9f)/;

/** What is looked for beside texts: parts of identifiers, and of unspaced text. */
export function soughtBeside({ all, none }: Wanted): Sought {
  const terms = [...all.flat(), ...none];
  const words = terms.flatMap((term) => term.words).filter((word) => plainWord.test(word));
  return { words: words.length > 0 ? new RegExp(words.join('|'), 'gi') : /(?!)/g, isUnspaced: terms.some(({ pieces }) => pieces !== undefined) };
}

function score(places: readonly (readonly number[])[], length: number): number {
  if (places.length === 0) return 0;
  const often = places.reduce((sum, { length: count }) => sum + count / (count + 0.4 + 0.6 * (length / usualLength)), 0) / places.length;
  if (places.length < 2) return often;
  return often + 2 / (1 + Math.max(0, span(places) - near * (places.length - 1)) / near);
}

/** The fewest characters between the first and the last of a set with one place of each. */
function span(places: readonly (readonly number[])[]): number {
  const at = places.map(() => 0);
  let best = Infinity;
  for (;;) {
    const current = places.map((list, group) => list[at[group] ?? 0] ?? 0);
    const least = Math.min(...current);
    best = Math.min(best, Math.max(...current) - least);
    const group = current.indexOf(least);
    at[group] = (at[group] ?? 0) + 1;
    if ((at[group] ?? 0) >= (places[group]?.length ?? 0)) return best;
  }
}

/** Places where the words stand side by side, each a whole word; the last may go on when it is a prefix, and some stand inside others. */
export function createFinder({ words, isPrefix, pieces }: Term): Find {
  const [first = '', ...rest] = words;
  const [mayBegin, mayGoOn] = [pieces?.has(first), isPrefix || pieces?.has(words.at(-1) ?? '')];
  if (first === '') return () => [];
  return (text) => {
    const places: number[] = [];
    // Most texts that are read do not hold the word at all, and this says so at once.
    for (let at = text.indexOf(first); at !== -1 && places.length < maxPlaces; at = text.indexOf(first, at + 1)) {
      if (!mayBegin && isInWord(text, at - 1)) continue;
      let end = at + first.length;
      const follows = rest.every((word) => {
        const next = isInWord(text, end) ? -1 : nextWord(text, end);
        end = next + word.length;
        return next !== -1 && text.startsWith(word, next);
      });
      if (follows && (mayGoOn || !isInWord(text, end))) places.push(at);
    }
    return places;
  };
}

function nextWord(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (isInWord(text, at)) return at;
  return -1;
}
