/** What a burst of typing changed: ranges, counts and the unified diff. Works on text that is redacted already. */

import { FILE_HEADERS_ONLY, formatPatch, structuredPatch, type StructuredPatch } from 'diff';
import type { EditorEdited, LineRange } from '../../shared/record.ts';

/** Milliseconds: a burst is compared on the thread that answers the editor, and a text that was replaced whole takes seconds. */
const maxTime = 200;
/** How often what ran out of time because the machine stood still is compared again. */
const mostTries = 5;
/** More edits than this make a diff that says less than it costs; the burst is then recorded without one. */
const maxEdits = 4_000;
const contextLines = 3;

export type EditDiff = Pick<EditorEdited, 'ranges' | 'linesAdded' | 'linesRemoved' | 'diff' | 'diffOmitted'>;

export function editDiff(path: string, before: string, after: string): EditDiff {
  if (before === after) return { diffOmitted: 'no-visible-change' };
  const patch = patchOf(path, before, after);
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

/** Undefined where the texts differ too much. The clock alone does not say so: it goes on while a busy machine lets this process wait. */
function patchOf(path: string, before: string, after: string): StructuredPatch | undefined {
  const limits = { context: contextLines, maxEditLength: maxEdits, timeout: maxTime };
  for (let tries = 1; tries <= mostTries; tries++) {
    const [startedAt, used] = [Date.now(), process.cpuUsage()];
    const patch = structuredPatch(path, path, before, after, undefined, undefined, limits);
    if (patch) return patch;
    const { user, system } = process.cpuUsage(used);
    const stoodStill = Date.now() - startedAt >= maxTime && (user + system) / 1_000 < maxTime / 2;
    if (!stoodStill) return undefined;
  }
  return undefined;
}
