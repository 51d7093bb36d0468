/**
 * What every wanted record must have, so that the index can be asked before records are read. Each clause is a choice: one of it must hold.
 * They say less than the query, never more.
 */

import { lineTexts, lookupsOf, type Lookup } from './meaning.ts';
import type { Filter, Query, Words } from './query.ts';

/** Clauses of words. */
export function wordClauses(query: Query): Words[][] {
  return clauses(query, (each) => (each.type === 'words' ? [each] : undefined));
}

/** Clauses of texts that stand in the journal line. */
export function lineClauses(query: Query): string[][] {
  return clauses(query, (each) => (each.type === 'filter' ? lineTexts(each) : undefined));
}

/** Clauses of what the index knows. */
export function lookupClauses(query: Query, isOpen: (filter: Filter) => boolean): Lookup[][] {
  return clauses(query, (each) => {
    if (each.type === 'words') return [{ words: each }];
    return each.type === 'filter' ? lookupsOf(each, isOpen(each)) : undefined;
  });
}

/** Of filters that must not hold: every record has one source and one family, so that it has one that none of them excludes. */
export function otherClauses(queries: readonly Query[], isOpen: (filter: Filter) => boolean): Lookup[][] {
  const unwanted = queries.flatMap((each) => (each.type === 'not' && each.query.type === 'filter' ? lookupsOf(each.query, isOpen(each.query)) ?? [] : []));
  return (['source', 'family'] as const).flatMap((name) => {
    const those = unwanted.flatMap((each) => ('fact' in each && each.fact === name ? [each] : []));
    return those.length === 0 ? [] : [[{ fact: name, is: (value: string) => !those.some((each) => each.is(value)) }]];
  });
}

function clauses<Said>(query: Query, say: (query: Query) => readonly Said[] | undefined): Said[][] {
  const said = say(query);
  if (said) return [[...said]];
  if (query.type === 'all') return query.queries.flatMap((each) => clauses(each, say));
  if (query.type !== 'any') return [];
  const ofEach = query.queries.map((each) => clauses(each, say)[0]);
  return ofEach.every((clause) => clause !== undefined) ? [ofEach.flat()] : [];
}
