/** What can be written at the end of a query that is being typed: names of filters, and their values. */

import { dateWords } from './dates.ts';
import { filterNames, filters, isFilterName, valuesOf, type FilterName } from './filters.ts';
import { lex, type Piece } from './lexer.ts';
import { maxLength } from './parser.ts';
import type { Span } from './query.ts';

export interface Completion {
  /** What to write in place of what is typed. */
  readonly text: string;
  /** What it means; empty where it speaks for itself. */
  readonly says: string;
}

export interface Completions extends Span {
  readonly items: readonly Completion[];
}

/**
 * Values of a filter that begin with what is typed, in any case; those that were met last come first.
 * @param limit how many at most
 */
export type ValuesOf = (name: FilterName, typed: string, limit: number) => readonly string[];

/** @param text a query up to where somebody types */
export function complete(text: string, known: ValuesOf, limit: number): Completions {
  const nothing = { from: text.length, to: text.length, items: [] };
  if (text.length > maxLength) return nothing;
  const last = lex(text).at(-1);
  const isOpen = last !== undefined && last.to === text.length && last.type !== ')';
  if (!isOpen || last.type === '(' || last.type === '-') return { ...nothing, items: names('').slice(0, limit) };
  if (last.type === 'pair') return values(last, known, limit) ?? nothing;
  // A word that may be the beginning of a filter. A phrase is none.
  if (last.type !== 'word' || last.isPhrase) return nothing;
  return { from: last.from, to: last.to, items: names(last.text).slice(0, limit) };
}

function names(typed: string): Completion[] {
  const lower = typed.toLowerCase();
  return filterNames.filter((name) => name.startsWith(lower)).map((name) => ({ text: `${name}:`, says: filters[name].says }));
}

function values({ name: typedName, value, to }: Extract<Piece, { readonly type: 'pair' }>, known: ValuesOf, limit: number): Completions | undefined {
  const name = typedName.toLowerCase();
  if (!isFilterName(name)) return undefined;
  // A closed quote is a finished value.
  if (value.isPhrase && !value.isUnclosed) return undefined;
  const typed = value.text;
  const lower = typed.toLowerCase();
  const isDate = name === 'before' || name === 'after' || name === 'during';
  const fixed = isDate ? dateWords : valuesOf(name);
  const found = fixed ? fixed.filter((each) => each.startsWith(lower)) : known(name, typed, limit);
  return { from: value.from, to, items: found.slice(0, limit).map((each) => ({ text: written(each), says: '' })) };
}

/** In quotes where it would fall apart without. */
function written(value: string): string {
  return /[\s()]/.test(value) ? `"${value.replaceAll('"', ' ')}"` : value.replaceAll('"', ' ');
}
