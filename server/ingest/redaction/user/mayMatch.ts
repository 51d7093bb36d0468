/**
 * Whether a text holds a match at all: most hold none, and that is told with one look into a table for each character. The table is made of what
 * texts ask for; what could go on after a character is worked out once.
 */

import { joined, memberOf, wordUnits, type Charset } from './charset.ts';
import type { Edge } from './parse.ts';

/** Of the automaton, by its number: what it takes and where it goes on. */
export type State =
  | { readonly type: 'set'; readonly set: Charset; readonly has: (unit: number) => boolean; readonly next: number }
  | { readonly type: 'edge'; readonly edge: Edge; readonly next: number }
  | { readonly type: 'split'; nexts: readonly number[] }
  | { readonly type: 'found' };

const unknown = -1;
const match = -2;
/** More would be memory for texts that do not come again: then it begins anew. */
const mostRows = 1_000;

interface Row {
  /** States that wait, before what takes no character is followed: that depends on the next one. */
  readonly waiting: readonly number[];
  readonly isAtStart: boolean;
  readonly isAfterWord: boolean;
  readonly nexts: Int32Array;
}

export function createMayMatch(states: readonly State[], first: number): (text: string) => boolean {
  const { classOf, samples } = classesOf(states);
  const isWordUnit = memberOf(wordUnits);
  let rows: Row[] = [];
  let known = new Map<string, number>();

  function rowOf(waiting: readonly number[], isAtStart: boolean, isAfterWord: boolean): number {
    const key = `${isAtStart} ${isAfterWord} ${waiting.join(' ')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, rows.length);
    return rows.push({ waiting, isAtStart, isAfterWord, nexts: new Int32Array(samples.length).fill(unknown) }) - 1;
  }

  /** All that waits for a character here; undefined where a match ends. @param next undefined at the end of the text */
  function reached({ waiting, isAtStart, isAfterWord }: Row, next: number | undefined): Set<number> | undefined {
    const isBeforeWord = next !== undefined && isWordUnit(next);
    const seen = new Set<number>();
    const open = [...waiting, first];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const state = states[at];
      if (state?.type === 'found') return undefined;
      if (state?.type === 'split') open.push(...state.nexts);
      if (state?.type !== 'edge') continue;
      const { edge } = state;
      const holds = edge === 'start' ? isAtStart : edge === 'end' ? next === undefined : (isAfterWord !== isBeforeWord) === (edge === 'word');
      if (holds) open.push(state.next);
    }
    return seen;
  }

  function follow(row: Row, kind: number): number {
    const unit = samples[kind] ?? 0;
    const here = reached(row, unit);
    if (!here) return match;
    const nexts = new Set<number>();
    for (const at of here) {
      const state = states[at];
      if (state?.type === 'set' && state.has(unit)) nexts.add(state.next);
    }
    return rowOf([...nexts].sort((a, b) => a - b), false, isWordUnit(unit));
  }

  return (text) => {
    if (rows.length > mostRows) {
      rows = [];
      known = new Map();
    }
    let at = rowOf([], true, false);
    for (let index = 0; index < text.length; index++) {
      const row = rows[at] as Row; // every number that is given out is a row's
      const kind = classOf(text.charCodeAt(index));
      let next = row.nexts[kind] as number;
      if (next === unknown) {
        if (rows.length > mostRows + 5_000) return true; // a text that asks for ever more is looked at more closely
        next = follow(row, kind);
        row.nexts[kind] = next;
      }
      if (next === match) return true;
      at = next;
    }
    return reached(rows[at] as Row, undefined) === undefined;
  };
}

/** Characters that no set tells apart are one class; of each there is a sample. */
function classesOf(states: readonly State[]): { readonly classOf: (unit: number) => number; readonly samples: readonly number[] } {
  const sets = [wordUnits, ...states.flatMap((state) => (state.type === 'set' ? [joined(state.set)] : []))];
  const samples = [...new Set([0, ...sets.flatMap((set) => set.flatMap(([from, to]) => [from, to + 1]))])].filter((unit) => unit <= 0xffff).sort((a, b) => a - b);
  const search = (unit: number): number => {
    let [low, high] = [0, samples.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((samples[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const ascii = Uint16Array.from({ length: 128 }, (_, unit) => search(unit));
  return { classOf: (unit) => (unit < 128 ? ascii[unit] as number : search(unit)), samples };
}
