/** Puts queries together. */

import type { Query } from './query.ts';

/** One of them must hold. */
export function any(queries: readonly Query[]): Query {
  const flat = queries.flatMap((query) => (query.type === 'any' ? query.queries : [query]));
  return flat.length === 1 && flat[0] ? flat[0] : { type: 'any', queries: flat, ...span(flat) };
}

/** All must hold; but of several values of one filter, one: `source:codex source:cursor` finds what came from either. */
export function all(queries: readonly Query[]): Query {
  const byName = new Map<string, Query[]>();
  for (const query of queries.flatMap((each) => (each.type === 'all' ? each.queries : [each]))) {
    const name = alternative(query) ?? `${byName.size} alone`;
    byName.set(name, [...(byName.get(name) ?? []), query]);
  }
  const joined = [...byName.values()].map(any);
  return joined.length === 1 && joined[0] ? joined[0] : { type: 'all', queries: joined, ...span(joined) };
}

/** The filter of which this is one value among others; a range with both ends comes from `during:`. */
function alternative(query: Query): string | undefined {
  if (query.type === 'filter') return query.name;
  return query.type === 'time' && query.since !== undefined && query.until !== undefined ? 'during' : undefined;
}

function span(queries: readonly Query[]): { from: number; to: number } {
  return { from: Math.min(...queries.map(({ from }) => from)), to: Math.max(...queries.map(({ to }) => to)) };
}
