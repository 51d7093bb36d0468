/** Facts that are asked for, as an expression for the full-text index. */

import type { Lookup } from './asked.ts';
import type { Facts } from './factIndex.ts';
import { factWord, pathExpression } from './factWords.ts';
import { isShort, termExpression, termOf } from './searchQuery.ts';

/** With more values than this a filter narrows nothing down, or too little to be looked up. */
const mostValues = 400;

/**
 * An expression that all records match of which one of each group is true; empty where the index cannot say, undefined when there can be
 * none: no record has a value that is asked for.
 */
export function lookupExpression(facts: Facts, groups: readonly (readonly Lookup[])[]): string | undefined {
  const said: string[] = [];
  for (const group of groups) {
    const expressions = group.map((each) => expressionsOf(facts, each));
    if (expressions.some((each) => each === undefined)) continue;
    const all = expressions.flatMap((each) => each ?? []);
    if (all.length === 0) return undefined;
    said.push(all.length > 1 ? `(${all.join(' OR ')})` : all.join(''));
  }
  return said.join(' AND ');
}

/** One of them is true; undefined where the index cannot say. */
function expressionsOf(facts: Facts, lookup: Lookup): string[] | undefined {
  if ('words' in lookup) {
    const term = termOf(lookup.words);
    return term && !isShort(term) ? [termExpression(term)] : undefined;
  }
  if ('path' in lookup) {
    const path = pathExpression(lookup.path);
    return path === undefined ? undefined : [path];
  }
  const values = facts.values(lookup.fact, mostValues * 10)?.filter((value) => lookup.is(value));
  return values && values.length <= mostValues ? values.map((value) => `"${factWord(lookup.fact, value)}"`) : undefined;
}
