/**
 * Scripts that put no space between words: Chinese, Japanese, Thai and their neighbours. Nobody can tell their words apart without a
 * dictionary, so the index holds each two neighbouring characters, and what is looked for is found wherever its pairs stand.
 */

import { wordCharacters } from './fold.ts';

const scripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map((name) => `\\p{Script_Extensions=${name}}`).join('');

interface Patterns {
  readonly unspaced: RegExp;
  readonly word: RegExp;
  /** A stretch of one kind. */
  readonly stretch: RegExp;
}

let made: Patterns | undefined;

/** To make them takes longer than most searches: they are there from the first text on that may need them. */
function patterns(): Patterns {
  return made ??= {
    unspaced: new RegExp(`[${scripts}]`, 'u'),
    word: new RegExp(`[${wordCharacters}]+`, 'gu'),
    stretch: new RegExp(`(?:(?=[${scripts}])[${wordCharacters}])+|(?:(?![${scripts}])[${wordCharacters}])+`, 'gu'),
  };
}

/** What begins beyond ASCII and goes on as a word may, in folded text. */
const beyondAscii = /[^\0-\x7f][^\0-\x2f:-`{-\x7f]*/g;
/** All words of these scripts have such a UTF-16 unit, the first of two where there are two; arrows, signs and emoji have none. */
const beyond = /[\u0e00-\u1fff\u2e80-\ud83b\ud83f-\udbff\ue000-\uffff]/;

/** What the index holds beside the words of a folded text: pairs, the last character of each stretch, and what other scripts stand between. */
export function unspacedPieces(folded: string): Set<string> {
  const pieces = new Set<string>();
  if (!beyond.test(folded)) return pieces;
  const { unspaced, stretch } = patterns();
  for (const found of words(folded)) {
    if (!unspaced.test(found)) continue;
    for (const [part] of found.matchAll(stretch)) {
      for (const piece of pairs(part)) if (!piece.endsWith('*')) pieces.add(piece);
      if (unspaced.test(part)) pieces.add(Array.from(part).at(-1) ?? '');
    }
  }
  return pieces;
}

const asciiOfWord = /^[0-9a-z]$/;

/** Words with something beyond ASCII in them. */
function* words(folded: string): Generator<string> {
  for (const { 0: run, index } of folded.matchAll(beyondAscii)) {
    let start = index;
    while (asciiOfWord.test(folded.charAt(start - 1))) start--;
    for (const [found] of (folded.slice(start, index) + run).matchAll(patterns().word)) yield found;
  }
}

/** What to look for in place of a word, folded; a trailing `*` is a beginning. Undefined where the word is of another script. */
export function soughtPieces(folded: string): string[] | undefined {
  if (!beyond.test(folded) || !patterns().unspaced.test(folded)) return undefined;
  return Array.from(folded.matchAll(patterns().stretch)).flatMap(([part]) => pairs(part));
}

/** The word itself where it is of another script. */
function pairs(part: string): string[] {
  if (!patterns().unspaced.test(part)) return [part];
  const characters = Array.from(part);
  if (characters.length === 1) return [`${part}*`];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}
