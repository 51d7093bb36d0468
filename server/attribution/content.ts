/** Whether a burst in the editor holds what a call was to write. */

import type { ChangedLines } from './burst.ts';
import type { Deed } from './witness.ts';

/** `untold`: one of them says too little. */
export type Likeness = 'same' | 'different' | 'untold';

/** Characters of a call that are compared, and of a part of a line that says something. */
const mostCharacters = 2_000_000;
const telling = 4;
const maxDepth = 5;

export function likeness(lines: ChangedLines | undefined, deed: Deed): Likeness {
  const written = writtenLines(deed);
  // Lines that only go are compared with what the call was to replace.
  const changed = lines && (lines.added.some(isText) ? lines.added : lines.removed).map((line) => line.trim()).filter(isText);
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

/** All lines of all texts of a call, without the signs of a patch. */
function writtenLines({ call, record }: Deed): ReadonlySet<string> {
  const lines = new Set<string>();
  let left = mostCharacters;
  function collect(value: unknown, depth: number): void {
    if (typeof value === 'string') {
      for (const line of value.slice(0, left).split('\n')) {
        const plain = line.trim();
        if (plain !== '') lines.add(plain);
        if (/^[+-]/.test(plain) && plain.length > 1) lines.add(plain.slice(1).trim());
      }
      left -= Math.min(left, value.length);
    } else if (typeof value === 'object' && value !== null && depth < maxDepth) {
      for (const [name, inner] of Object.entries(value)) if (!isPathName(name)) collect(inner, depth + 1);
    }
  }
  collect(call ? call.arguments : editsOf(record.data), 0);
  return lines;
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
