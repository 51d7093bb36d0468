/** How a burst in the editor looks: typed by hand, or there at once. */

import type { DaybookRecord } from '../../shared/record.ts';
import { fieldsOf, spanOf } from './witness.ts';

/** Lines of a diff without its signs, and without those around it. */
export interface ChangedLines {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Nobody types faster, in characters a second; what a completion or a small paste adds is let be. */
const fastest = 25;
const letBe = 80;
/** Lines that go at once when a person selects and deletes them. */
const selected = 40;
/** Messages and time of what comes at once: the client sends what comes within 200 ms together. */
const atOnce = { changes: 2, ms: 1_000 };

/** Undefined where the record has no diff. */
export function changedLines(record: DaybookRecord): ChangedLines | undefined {
  const { diff } = fieldsOf(record);
  if (typeof diff !== 'string') return undefined;
  const body = diff.split('\n').filter((line) => !/^(?:---|\+\+\+) /.test(line));
  const of = (sign: string): string[] => body.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  return { added: of('+'), removed: of('-') };
}

/** Whether all of it came in a moment, as a program's edit, a paste or a reloaded file does. */
function cameAtOnce(record: DaybookRecord): boolean {
  const { from, to } = spanOf(record);
  return changeCount(record) <= atOnce.changes && to - from <= atOnce.ms;
}

/** Whether the editor may have read it anew from disk; whoever tells of that is believed. */
export function mayBeReloaded(record: DaybookRecord): boolean {
  const { fromDisk } = fieldsOf(record);
  return typeof fromDisk === 'boolean' ? fromDisk : cameAtOnce(record);
}

/** Whether a person can have typed it. What nobody can tell was not. */
export function canBeTyped(record: DaybookRecord): boolean {
  const lines = changedLines(record);
  const changes = changeCount(record);
  if (!lines) return changes > atOnce.changes && whole(fieldsOf(record)['linesAdded']) <= changes;
  if (changes <= atOnce.changes && lines.removed.length > selected) return false;
  const { from, to } = spanOf(record);
  return newCharacters(lines) <= letBe + (fastest * (to - from)) / 1_000;
}

/** Characters that were not there before, as far as the ends of both texts tell. */
function newCharacters({ added, removed }: ChangedLines): number {
  const [after, before] = [added.join('\n'), removed.join('\n')];
  const shorter = Math.min(after.length, before.length);
  let start = 0;
  while (start < shorter && after[start] === before[start]) start++;
  let end = 0;
  while (end < shorter - start && after[after.length - 1 - end] === before[before.length - 1 - end]) end++;
  return after.length - start - end;
}

function changeCount(record: DaybookRecord): number {
  const { changes } = fieldsOf(record);
  return typeof changes === 'number' ? changes : 1;
}

function whole(value: unknown): number {
  return typeof value === 'number' ? value : Infinity;
}
