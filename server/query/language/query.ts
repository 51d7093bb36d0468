/** What a query says, as a tree with positions. Plain data: whoever executes it needs nothing of the parser. */

import type { SearchMistake } from '../../../shared/results.ts';
import type { FilterName } from './filters.ts';

/** Characters of the query, counted in UTF-16 units from 0; `to` is excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Query = Everything | Words | Filter | TimeRange | Not | All | Any;

/** An empty query: nothing is asked, and nothing is excluded. */
export interface Everything extends Span {
  readonly type: 'everything';
}

/** Words that stand side by side, as typed. */
export interface Words extends Span {
  readonly type: 'words';
  readonly text: string;
  readonly isPhrase: boolean;
  /** The last word is the beginning of one. */
  readonly isPrefix: boolean;
}

export interface Filter extends Span {
  readonly type: 'filter';
  readonly name: Exclude<FilterName, 'before' | 'after' | 'during'>;
  readonly value: string;
}

/** `since` is included, `until` is not; milliseconds since 1970. */
export interface TimeRange extends Span {
  readonly type: 'time';
  readonly since?: number;
  readonly until?: number;
}

export interface Not extends Span {
  readonly type: 'not';
  readonly query: Query;
}

/** All of these must hold. */
export interface All extends Span {
  readonly type: 'all';
  readonly queries: readonly Query[];
}

/** At least one of these must hold. */
export interface Any extends Span {
  readonly type: 'any';
  readonly queries: readonly Query[];
}

/** The rest of the query still counts. */
export type Mistake = SearchMistake;

/** Where and when the person is who asks: relative words and dates are theirs. */
export interface Asker {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A name such as `Europe/Berlin`. */
  readonly timeZone: string;
}
