/**
 * Finds what an expression matches, in one pass: each character is looked at once, with all that could go on there at the same time. No text and
 * no expression can make it slow, which the engine of the language cannot promise.
 */

import type { Range } from '../rule.ts';
import { joined, memberOf, wordUnits, type Charset } from './charset.ts';
import { createMayMatch, type State } from './mayMatch.ts';
import { PatternError, type Edge, type Expression } from './parse.ts';

const mostStates = 3_000;

/** A function that finds everything that is in a match, ranges that overlap as one. @throws PatternError when it is too large, or matches nothing at all */
export function createFinder(expression: Expression): (text: string) => readonly Range[] {
  const { states, first } = build(expression);
  const begins = memberOf(beginnings(states, first));
  const mayMatch = createMayMatch(states, first);
  return (text) => (mayMatch(text) ? search(states, first, begins, text) : []);
}

function build(expression: Expression): { readonly states: readonly State[]; readonly first: number } {
  const states: State[] = [{ type: 'found' }];
  const add = (state: State): number => {
    if (states.length >= mostStates) throw new PatternError('is too large: its repetitions are too long');
    return states.push(state) - 1;
  };

  /** Returns the state in which the part begins, when what comes after it begins in `next`. */
  function before(part: Expression, next: number): number {
    if (part.type === 'set') return add({ type: 'set', set: part.set, has: memberOf(part.set), next });
    if (part.type === 'edge') return add({ type: 'edge', edge: part.edge, next });
    if (part.type === 'choice') return add({ type: 'split', nexts: part.parts.map((each) => before(each, next)) });
    if (part.type === 'repeat') return repeated(part, next);
    return part.parts.reduceRight((after, each) => before(each, after), next);
  }

  function repeated({ part, min, max }: Extract<Expression, { readonly type: 'repeat' }>, next: number): number {
    let after = next;
    if (max === Infinity) {
      const loop: Extract<State, { readonly type: 'split' }> = { type: 'split', nexts: [] };
      after = add(loop);
      loop.nexts = [before(part, after), next];
    } else for (let number = min; number < max; number++) after = add({ type: 'split', nexts: [before(part, after), next] });
    for (let number = 0; number < min; number++) after = before(part, after);
    return after;
  }

  const first = before(expression, 0);
  return { states, first };
}

/** What a match can begin with. */
function beginnings(states: readonly State[], first: number): Charset {
  const seen = new Set<number>();
  const sets: (readonly [number, number])[] = [];
  const open = [first];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const state = states[at];
    if (state?.type === 'found') throw new PatternError('matches nothing at all, so it would match everywhere');
    if (state?.type === 'set') sets.push(...state.set);
    else if (state?.type === 'split') open.push(...state.nexts);
    else if (state) open.push(state.next);
  }
  return joined(sets);
}

const isWordUnit = memberOf(wordUnits);

function search(states: readonly State[], first: number, begins: (unit: number) => boolean, text: string): readonly Range[] {
  const found: { start: number; end: number }[] = [];
  /** States that wait for the next character, those that began earlier first, and where each of them began. */
  let active: number[] = [];
  let starts: number[] = [];
  const visited = new Int32Array(states.length).fill(-1);
  let nextActive: number[] = [];
  let nextStarts: number[] = [];

  const isWord = (at: number): boolean => at >= 0 && at < text.length && isWordUnit(text.charCodeAt(at));
  function holds(edge: Edge, at: number): boolean {
    if (edge === 'start') return at === 0;
    if (edge === 'end') return at === text.length;
    return (isWord(at - 1) !== isWord(at)) === (edge === 'word');
  }

  const open: number[] = [];
  /** Whoever comes to a state first began first: who comes later adds nothing. */
  function enter(state: number, start: number, at: number): void {
    open.push(state);
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      if (visited[each] === at) continue;
      visited[each] = at;
      const here = states[each];
      if (here?.type === 'set') {
        nextActive.push(each);
        nextStarts.push(start);
      } else if (here?.type === 'split') open.push(...here.nexts);
      else if (here?.type === 'edge') {
        if (holds(here.edge, at)) open.push(here.next);
      } else if (at > start) cover(found, start, at);
    }
  }

  for (let at = 0; at <= text.length; at++) {
    if (at > 0) {
      const unit = text.charCodeAt(at - 1);
      for (let index = 0; index < active.length; index++) {
        const state = states[active[index] ?? 0];
        if (state?.type === 'set' && state.has(unit)) enter(state.next, starts[index] ?? 0, at);
      }
    }
    if (at < text.length && begins(text.charCodeAt(at))) enter(first, at, at);
    [active, nextActive] = [nextActive, active];
    [starts, nextStarts] = [nextStarts, starts];
    nextActive.length = 0;
    nextStarts.length = 0;
  }
  return found;
}

/** Adds a range that ends where no other one ends later. */
function cover(found: { start: number; end: number }[], start: number, end: number): void {
  let from = start;
  for (let before = found.at(-1); before && before.end > from; before = found.at(-1)) {
    from = Math.min(from, before.start);
    found.pop();
  }
  found.push({ start: from, end });
}
