/** A query that is still being typed: what may yet become right is no mistake, and the last word may go on. */

import { dateWords } from './dates.ts';
import { filters } from './filters.ts';
import type { Mistake, Query } from './query.ts';

const values: readonly string[] = [...dateWords, ...Object.values(filters).flatMap((filter) => ('values' in filter ? filter.values : []))];
/** Wherever they are, more typing may mend them. */
const openEnded = new Set(['unclosed-quote', 'unclosed-parenthesis']);
const atEnd = new Set(['no-value', 'nothing-after-or', 'nothing-before-or', 'not-a-number']);

export function isUnfinished({ code, from, to }: Mistake, text: string): boolean {
  if (openEnded.has(code)) return true;
  if (to < text.length) return false;
  if (atEnd.has(code)) return true;
  const typed = text.slice(from, to).toLowerCase();
  if (code === 'unknown-value' || code === 'not-a-date') return values.some((value) => value.startsWith(typed)) || /^[\d-]{1,10}$/.test(typed);
  return false;
}

/** The last word of a text may be the beginning of one, unless it is unwanted, or its quote is closed. */
export function finished(query: Query, text: string): Query {
  if (query.to !== text.length) return query;
  if (query.type === 'words' && /[\p{L}\p{N}\p{Co}]$/u.test(text)) return { ...query, isPrefix: true };
  if (query.type === 'all' || query.type === 'any') return { ...query, queries: query.queries.map((each) => finished(each, text)) };
  return query;
}
