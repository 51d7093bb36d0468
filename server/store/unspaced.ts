/**
 * Scripts that put no space between words: Chinese, Japanese, Thai and their neighbours. Nobody can tell their words apart without a
 * dictionary, so the index holds each two neighbouring characters, and what is looked for is found wherever its pairs stand.
 */

import { fold, wordCharacters } from './fold.ts';

const scripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map((name) => `\\p{Script_Extensions=${name}}`).join('');
const unspaced = new RegExp(`[${scripts}]`, 'u');
const word = new RegExp(`[${wordCharacters}]+`, 'gu');
/** A stretch of one kind. */
const stretch = new RegExp(`(?:(?=[${scripts}])[${wordCharacters}])+|(?:(?![${scripts}])[${wordCharacters}])+`, 'gu');
/** Below it no character is of these scripts. */
const beyond = /[\u0e00-\u{10ffff}]/u;

/** What the index holds beside the words of a text: pairs, the last character of each stretch, and what other scripts stand between. */
export function unspacedPieces(text: string): Set<string> {
  const pieces = new Set<string>();
  if (!beyond.test(text)) return pieces;
  for (const [found] of fold(text).matchAll(word)) {
    if (!unspaced.test(found)) continue;
    for (const [part] of found.matchAll(stretch)) {
      for (const piece of pairs(part)) if (!piece.endsWith('*')) pieces.add(piece);
      if (unspaced.test(part)) pieces.add(Array.from(part).at(-1) ?? '');
    }
  }
  return pieces;
}

/** What to look for in place of a word, folded; a trailing `*` is a beginning. Undefined where the word is of another script. */
export function soughtPieces(folded: string): string[] | undefined {
  // To make the pattern of the scripts takes longer than most searches.
  if (!beyond.test(folded) || !unspaced.test(folded)) return undefined;
  return Array.from(folded.matchAll(stretch)).flatMap(([part]) => pairs(part));
}

/** The word itself where it is of another script. */
function pairs(part: string): string[] {
  if (!unspaced.test(part)) return [part];
  const characters = Array.from(part);
  if (characters.length === 1) return [`${part}*`];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}
