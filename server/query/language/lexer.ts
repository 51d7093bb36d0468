/** A query as pieces. Every character is looked at once, and whatever is typed gives pieces. */

import type { Span } from './query.ts';

export type Piece = Sign | Word | Pair;

export interface Sign extends Span {
  readonly type: '(' | ')' | '-' | 'OR';
}

export interface Word extends Span {
  readonly type: 'word';
  readonly text: string;
  readonly isPhrase: boolean;
  /** A quote that is never closed: the phrase goes on to the end. */
  readonly isUnclosed: boolean;
}

/** `name:value`, of whatever name. */
export interface Pair extends Span {
  readonly type: 'pair';
  readonly name: string;
  readonly value: Word;
}

const space = /\s/;
const pairName = /([a-z]{2,20}):/iy;

export function lex(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    if (space.test(text[at] ?? '')) {
      at++;
      continue;
    }
    const piece = pieceAt(text, at);
    pieces.push(piece);
    at = piece.to;
  }
  return pieces;
}

function pieceAt(text: string, from: number): Piece {
  const first = text[from];
  if (first === '(' || first === ')') return { type: first, from, to: from + 1 };
  // `--force` and `-k` are words of a command; a single minus before more than a letter excludes it.
  if (first === '-' && /[^\s)-]/.test(text[from + 1] ?? ' ') && !isFlag(text, from)) return { type: '-', from, to: from + 1 };
  pairName.lastIndex = from;
  const name = pairName.exec(text)?.[1];
  if (name !== undefined) {
    const value = wordAt(text, from + name.length + 1);
    return { type: 'pair', name, value, from, to: value.to };
  }
  const word = wordAt(text, from);
  return word.text === 'OR' && !word.isPhrase ? { type: 'OR', from, to: word.to } : word;
}

/** After the words of a command, a letter alone is one of its options. */
function isFlag(text: string, at: number): boolean {
  return text.slice(0, at).trim() !== '' && /^-[a-z](?:[\s)]|$)/i.test(text.slice(at, at + 3));
}

/** A parenthesis that opens inside a word belongs to it, and so does the one that closes it: `getUser()` is a word. */
function wordAt(text: string, from: number): Word {
  if (text[from] === '"') return phraseAt(text, from);
  let open = 0;
  let to = from;
  for (; to < text.length; to++) {
    const char = text[to] ?? '';
    if (space.test(char) || (char === '"') || (char === ')' && open === 0)) break;
    if (char === '(') open++;
    else if (char === ')') open--;
  }
  return { type: 'word', text: text.slice(from, to), isPhrase: false, isUnclosed: false, from, to };
}

function phraseAt(text: string, from: number): Word {
  const end = text.indexOf('"', from + 1);
  const isUnclosed = end === -1;
  return { type: 'word', text: text.slice(from + 1, isUnclosed ? undefined : end), isPhrase: true, isUnclosed, from, to: isUnclosed ? text.length : end + 1 };
}
