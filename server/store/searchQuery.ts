/** What a person types, as words to look for; and as an FTS5 expression, in which every word is inside quotes so that nothing is syntax. */

import { fold, wordCharacters } from './fold.ts';
import { identifierParts } from './identifiers.ts';
import { soughtPieces } from './unspaced.ts';

/** Words that stand side by side; the last may be the beginning of one. */
export interface Term {
  /** Folded. */
  readonly words: readonly string[];
  readonly isPrefix: boolean;
  /**
   * Of words that may stand inside a longer one, what the index holds of them: `getUser` has get and user, and is found in `getUserName`.
   * A trailing `*` is a beginning.
   */
  readonly pieces?: ReadonlyMap<string, readonly string[]>;
}

export interface Wanted {
  /** One term of each of these must occur. */
  readonly all: readonly (readonly Term[])[];
  /** None of these may. */
  readonly none: readonly Term[];
}

const piece = /(-?)(?:"([^"]*)"?|(\S+))/g;
const ascii = /^[\0-\x7f]*$/;

const patterns = new Map<string, RegExp>();

/** To make a pattern of all letters there are takes longer than most searches, which are in ASCII. */
function wordsIn(text: string, characters: string): readonly string[] | null {
  if (ascii.test(text)) return text.match(/[0-9A-Za-z]+/g);
  const pattern = patterns.get(characters) ?? new RegExp(`[${characters}]+`, 'gu');
  patterns.set(characters, pattern);
  return text.match(pattern);
}

/** A prefix so short begins too many words to look them all up. */
const shortPrefix = 2;
/** More words than this narrow nothing down any more. */
const maxTerms = 32;
const maxWordsOfTerm = 16;

/**
 * Words (all must occur), "phrases", prefix*, -not, OR between two words.
 * @param typing the last word may be unfinished: it is taken as a prefix
 */
export function parseSearch(text: string, typing = false): Wanted {
  const all: Term[][] = [];
  const none: Term[] = [];
  let either = false;
  for (const [, minus, phrase, word] of text.slice(0, 10_000).matchAll(piece)) {
    if (word === 'OR' && !minus) {
      either = all.length > 0;
      continue;
    }
    const term = termOf({ text: phrase ?? word ?? '', isPrefix: word?.endsWith('*') ?? false });
    if (!term || all.length + none.length >= maxTerms) continue;
    if (minus) none.push(term);
    else if (either) all.at(-1)?.push(term);
    else all.push([term]);
    either = false;
  }
  if (typing && isOpen(text)) openLast(all);
  return { all, none };
}

/** The words of a text; undefined when it has none. */
export function termOf({ text, isPrefix }: { readonly text: string; readonly isPrefix: boolean }): Term | undefined {
  const words = wordsIn(fold(text), wordCharacters);
  if (!words) return undefined;
  const pieces = new Map(wordsIn(text, typedCharacters)?.flatMap((word) => {
    const parts = soughtPieces(fold(word)) ?? [...identifierParts(word)];
    return parts.length > 0 ? [[fold(word), parts]] : [];
  }));
  return { words, isPrefix, ...(pieces.size > 0 && { pieces }) };
}

/** Before it is folded: marks belong to the letters they stand on. */
const typedCharacters = `${wordCharacters}\\p{M}`;

/** Whether the text ends in the middle of a word. */
function isOpen(text: string): boolean {
  return new RegExp(`[${wordCharacters}]$`, 'u').test(text) && !/(?:^|\s)-\S*$/.test(text);
}

function openLast(all: Term[][]): void {
  const group = all.at(-1);
  const last = group?.pop();
  if (group && last) group.push({ ...last, isPrefix: true });
}

/** Whether all there is to look for is the short beginning of a word: then it is quicker to read the newest records than to look it up. */
export function isShortPrefix({ all }: Wanted): boolean {
  return all.length === 1 && all[0]?.length === 1 && isShort(all[0][0]);
}

/** Whether it is the beginning of too many words to look them all up. */
export function isShort(term: Term | undefined): boolean {
  return term?.words.length === 1 && term.isPrefix && (term.words[0] ?? '').length <= shortPrefix && !term.pieces;
}

/**
 * An expression that all records match that are wanted, and pages that hold the words in different records. Empty when nothing is wanted.
 * Phrases and unwanted words are for whoever reads the records.
 */
export function ftsExpression({ all }: Wanted): string {
  const longer = all.filter((group) => !group.some(isShort));
  const groups = (longer.length > 0 ? longer : all).slice(0, maxTerms);
  return groups.map((group) => (group.length > 1 ? `(${group.map(termExpression).join(' OR ')})` : group.map(termExpression).join(''))).join(' AND ');
}

/** A term for FTS5; see `ftsExpression`. */
export function termExpression({ words, isPrefix, pieces }: Term): string {
  const quoted = words.slice(0, maxWordsOfTerm).map((word, at) => {
    const end = isPrefix && at === words.length - 1 ? '*' : '';
    const parts = pieces?.get(word);
    return parts ? `("${word}"${end} OR ${together(parts, end)})` : `"${word}"${end}`;
  });
  return quoted.length > 1 ? `(${quoted.join(' AND ')})` : quoted.join('');
}

/** The last of the parts may go on where the word may. */
function together(parts: readonly string[], end: '*' | ''): string {
  const quoted = parts.slice(0, maxWordsOfTerm).map((part, at) => (part.endsWith('*') ? `"${part.slice(0, -1)}"*` : `"${part}"${at === parts.length - 1 ? end : ''}`));
  return quoted.length > 1 ? `(${quoted.join(' AND ')})` : quoted.join('');
}

/** Words to mark in passages; a trailing `*` marks a prefix, a leading one what may stand inside a word. */
export function markedTerms({ all }: Pick<Wanted, 'all'>): string[] {
  return all.flat().flatMap(({ words, isPrefix, pieces }) =>
    words.map((word, at) => `${pieces?.has(word) ? '*' : ''}${word}${isPrefix && at === words.length - 1 ? '*' : ''}`));
}
