/** What a burst of typing changed: ranges, counts and the unified diff. Works on text that is redacted already. */

import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { EditorEdited, LineRange } from '../../shared/record.ts';

/** Milliseconds: a burst is compared on the thread that answers the editor, and a text that was replaced whole takes seconds. */
const maxTime = 200;
/** More edits than this make a diff that says less than it costs; the burst is then recorded without one. */
const maxEdits = 4_000;
const contextLines = 3;

export type EditDiff = Pick<EditorEdited, 'ranges' | 'linesAdded' | 'linesRemoved' | 'diff' | 'diffOmitted'>;

export function editDiff(path: string, before: string, after: string): EditDiff {
  if (before === after) return { diffOmitted: 'no-visible-change' };
  const patch = structuredPatch(path, path, before, after, undefined, undefined, { context: contextLines, maxEditLength: maxEdits, timeout: maxTime });
  if (!patch) return { diffOmitted: 'diff-too-large' };
  const ranges: LineRange[] = [];
  let linesAdded = 0;
  let linesRemoved = 0;
  for (const hunk of patch.hunks) {
    let at = hunk.newStart;
    let range: { start: number; end: number } | undefined;
    for (const line of hunk.lines) {
      if (line.startsWith('+')) {
        linesAdded++;
        range = { start: range?.start ?? at, end: at };
        at++;
      } else if (line.startsWith('-')) {
        linesRemoved++;
        range ??= { start: at, end: at - 1 };
      } else if (line.startsWith(' ')) {
        if (range) ranges.push(range);
        range = undefined;
        at++;
      }
    }
    if (range) ranges.push(range);
  }
  return { ranges, linesAdded, linesRemoved, diff: formatPatch(patch, FILE_HEADERS_ONLY) };
}
