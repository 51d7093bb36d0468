/** What is asked for, as plain values: whoever understands a language of queries says it like this. */

import type { FactName } from '../../shared/facts.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { MaybeLine } from './blocks.ts';
import { fold } from './fold.ts';
import { createFinder, createMatch, createMaybe, createRefusal, soughtBeside } from './match.ts';
import { markedTerms, parseSearch, termOf, type Term, type Wanted } from './searchQuery.ts';
import { besideTerms, besideText, mayStandBeside, searchText } from './searchText.ts';

/** Words that stand side by side, as typed. */
export interface Phrase {
  readonly text: string;
  /** The last word is the beginning of one. */
  readonly isPrefix: boolean;
}

/** Whether the text of the record in question holds a phrase. */
export type Holds = (phrase: Phrase) => boolean;

export interface Asked {
  /** One phrase of each of these must occur. */
  readonly all: readonly (readonly Phrase[])[];
  /** None of these may. */
  readonly none: readonly Phrase[];
  /** What else must be true of a record; `holds` costs the most. */
  readonly accept?: (record: DaybookRecord, holds: Holds) => boolean;
  /** Of each of these, one text stands in the journal line of every wanted record: ASCII, in lower case. */
  readonly lines?: readonly (readonly string[])[];
  /** Of each of these, one is true of every wanted record: the index is asked for them. */
  readonly lookups?: readonly (readonly Lookup[])[];
  /** What passages mark. */
  readonly marked: readonly Phrase[];
  readonly scope?: Scope;
}

/** What the index knows: a fact with one of the values that `is` accepts, a part of a path, or words. */
export type Lookup = { readonly fact: FactName; readonly is: (value: string) => boolean } | { readonly path: string } | { readonly words: Phrase };

/** Where wanted records may lie. Nothing else is read; what is read is still asked whether it is wanted. */
export interface Scope {
  /** Milliseconds since 1970, included. */
  readonly since?: number;
  /** Milliseconds since 1970, excluded. */
  readonly until?: number;
  readonly isKind?: (kind: string) => boolean;
  /** Ids, or what follows the name of the source in them. */
  readonly sessions?: readonly string[];
}

/** The same, ready to be put to the index and to records. */
export interface Question {
  readonly wanted: Wanted;
  readonly marked: readonly string[];
  /** How well a record matches; undefined when it is not wanted. */
  readonly match: (record: DaybookRecord) => number | undefined;
  /** Whether a journal line may be wanted. */
  readonly maybe: MaybeLine;
  readonly scope: Scope;
  readonly lookups: readonly (readonly Lookup[])[];
  /** Whether more is asked than words. */
  readonly isNarrow: boolean;
}

/** @param query a text is words, phrases, -not and OR alone */
export function questionOf(query: string | Asked, typing: boolean): Question {
  if (typeof query === 'string') {
    const wanted = parseSearch(query, typing);
    return { ...questionOfWords(wanted, undefined), marked: markedTerms(wanted), maybe: createMaybe(wanted), scope: {}, lookups: [], isNarrow: false };
  }
  const wanted: Wanted = {
    all: query.all.map((group) => termsOf(group)).filter((group) => group.length > 0),
    none: termsOf(query.none),
  };
  const { accept, lines = [], lookups = [], scope = {} } = query;
  return {
    ...questionOfWords(wanted, accept), scope, lookups, isNarrow: accept !== undefined || wanted.all.length === 0,
    marked: markedTerms({ all: [termsOf(query.marked)] }), maybe: allOf(createMaybe(wanted), maybeLine(lines)),
  };
}

function questionOfWords(wanted: Wanted, accept: Asked['accept']): Pick<Question, 'wanted' | 'match'> {
  const matchText = createMatch(wanted);
  const finders = new Map<Phrase, (text: string) => number[]>();
  function find(phrase: Phrase, text: string): boolean {
    const known = finders.get(phrase) ?? createFinder(termOf(phrase) ?? nothing);
    finders.set(phrase, known);
    return known(text).length > 0;
  }

  const isRefused = createRefusal(wanted);
  const sought = soughtBeside(wanted);
  const groups = wanted.all.map((group) => group.map((term) => ({ term, find: createFinder(term) })));
  const mayHold = (record: DaybookRecord, folded: string): boolean => !isRefused(folded)
    && groups.every((group) => group.some(({ term, find }) => mayStandBeside(record, folded, term) || find(folded).length > 0));

  // Parts of identifiers are made only where the words are not there as they stand.
  function matchWords(record: DaybookRecord): number | undefined {
    const shown = searchText(record);
    const folded = fold(shown);
    return matchText(folded, () => (mayHold(record, folded) ? besideTerms(record, shown, folded, sought) : ''));
  }

  function matchNarrow(record: DaybookRecord, accept: NonNullable<Asked['accept']>): number | undefined {
    let shown: string | undefined;
    let folded = '';
    // What is asked of the record alone is asked first: making its text costs more.
    const text = (): string => {
      if (shown === undefined) folded = fold(shown = searchText(record));
      return folded;
    };
    const matchIn = (made: () => string): number | undefined => (accept(record, (phrase) => find(phrase, made())) ? matchText(made()) : undefined);
    const found = matchIn(text);
    if (found !== undefined || shown === undefined || !mayHold(record, folded)) return found;
    // What is asked of the record may name other words.
    const beside = besideText(record, shown, folded);
    return beside === '' ? undefined : matchIn(() => `${folded}\n${beside}`);
  }

  return { wanted, match: accept ? (record) => matchNarrow(record, accept) : matchWords };
}

const nothing: Term = { words: [], isPrefix: false };

function termsOf(phrases: readonly Phrase[]): Term[] {
  return phrases.map(termOf).filter((term) => term !== undefined);
}

/** A line beyond ASCII may say the same in another way. */
function maybeLine(groups: readonly (readonly string[])[]): MaybeLine | undefined {
  if (groups.length === 0) return undefined;
  return (bytes) => {
    const line = bytes.toString('latin1').toLowerCase();
    return groups.every((group) => group.some((text) => line.includes(text))) || /[\x80-\xff]/.test(line);
  };
}

function allOf(one: MaybeLine, other: MaybeLine | undefined): MaybeLine {
  return other ? (line) => one(line) && other(line) : one;
}
