/** Whether a burst in the editor holds what a call was to write. */

import type { ChangedLines } from './burst.ts';
import type { Deed } from './witness.ts';

/** `untold`: one of them says too little. */
export type Likeness = 'same' | 'different' | 'untold';

/** Characters of a call that are compared, and of a part of a line that says something. */
const mostCharacters = 2_000_000;
const telling = 4;
const maxDepth = 5;
/** Names of what is to be replaced. */
const oldNames = /^old|search|before|^find/i;

export function likeness(lines: ChangedLines | undefined, deed: Deed): Likeness {
  const texts = textsOf(deed);
  // Lines that only go are compared with what the call was to replace.
  const adds = lines?.added.some(isText) === true;
  const written = adds ? texts.now : texts.old;
  const changed = lines && (adds ? lines.added : lines.removed).map((line) => line.trim()).filter(isText);
  if (!changed || changed.length === 0 || written.size === 0) return 'untold';
  const unmet = changed.filter((line) => !written.has(line));
  const pieces = unmet.length > 0 ? [...written].filter((line) => line.length >= telling) : [];
  if (unmet.length > changed.length / 2 && unmet.length > 2) return 'different';
  if (!unmet.every((line) => pieces.some((piece) => line.includes(piece)))) return hasShortPieces(unmet, written) ? 'untold' : 'different';
  // A brace on a line of its own is in every file.
  return changed.some((line) => /[\p{L}\p{N}_]{3}/u.test(line)) ? 'same' : 'untold';
}

/** A call may replace a single sign within a line. */
function hasShortPieces(lines: readonly string[], written: ReadonlySet<string>): boolean {
  const short = [...written].filter((line) => line.length < telling);
  return lines.length <= 2 && lines.every((line) => short.some((piece) => line.includes(piece)));
}

/** Trimmed lines of all texts of a call: what was to be there, and what it was to replace. */
interface Texts {
  readonly now: ReadonlySet<string>;
  readonly old: ReadonlySet<string>;
}

function textsOf({ call, record }: Deed): Texts {
  const texts = { now: new Set<string>(), old: new Set<string>() };
  let left = mostCharacters;
  function collect(value: unknown, name: string, depth: number): void {
    if (typeof value === 'string') {
      for (const line of value.slice(0, left).split('\n')) add(texts, line, name);
      left -= Math.min(left, value.length);
    } else if (typeof value === 'object' && value !== null && depth < maxDepth) {
      for (const [key, inner] of Object.entries(value)) if (!isPathName(key)) collect(inner, Array.isArray(value) ? name : key, depth + 1);
    }
  }
  collect(call ? call.arguments : editsOf(record.data), '', 0);
  return texts;
}

/** A patch says by a sign which line is which; texts of their own say it by their name. */
function add(texts: { readonly now: Set<string>; readonly old: Set<string> }, line: string, name: string): void {
  const plain = line.trim();
  if (plain === '') return;
  const sign = /^[+-]/.exec(line)?.[0];
  const isPatch = /^(?:|input|patch|diff)$/i.test(name);
  if (isPatch && sign !== undefined) texts[sign === '+' ? 'now' : 'old'].add(plain.slice(1).trim());
  if (oldNames.test(name) || /^diff$/i.test(name)) texts.old.add(plain);
  if (!oldNames.test(name)) texts.now.add(plain);
}

/** Of a message that names its edits and no call. */
function editsOf(data: unknown): unknown {
  const { parts } = (data ?? {}) as { readonly parts?: unknown };
  return Array.isArray(parts) ? parts.flatMap((part: { readonly type?: unknown; readonly edits?: unknown } | null) => (part?.type === 'edit' ? [part.edits] : [])) : [];
}

function isPathName(name: string): boolean {
  return /path|^uri$|^file$/i.test(name);
}

function isText(line: string): boolean {
  return line.trim() !== '';
}
