/** Patches as the parts of files before and after: the form of `apply_patch` and unified diffs. */

import type { WholeEdit } from '../../../shared/sessionView.ts';

const fileLine = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/;
const moveLine = /^\*\*\* Move to: (.+)$/;
const unifiedFile = /^\+\+\+ (?:b\/)?([^\t]+)/;
const hunkLine = /^@@/;

interface Open {
  path: string;
  before: string[];
  after: string[];
}

/** @param path of the file where the patch names none. Empty when the text is no patch. */
export function patchEdits(patch: string, path?: string): WholeEdit[] {
  const isOwn = patch.includes('*** Begin Patch');
  if (!isOwn && !/^@@ /m.test(patch)) return [];
  const files: Open[] = [];
  if (!isOwn && path !== undefined) files.push({ path, before: [], after: [] });
  for (const line of patch.split(/\r?\n/)) readLine(files, line, isOwn);
  return files.filter(({ before, after }) => before.length + after.length > 0)
    .map(({ path: name, before, after }) => ({ path: name, before: joined(before), after: joined(after) }));
}

function readLine(files: Open[], line: string, isOwn: boolean): void {
  const named = (isOwn ? fileLine : unifiedFile).exec(line)?.[1]?.trim();
  if (named !== undefined) {
    const open = files.at(-1);
    // The one that was known beforehand.
    if (!isOwn && files.length === 1 && open?.before.length === 0 && open.after.length === 0) open.path = named;
    else files.push({ path: named, before: [], after: [] });
    return;
  }
  const current = files.at(-1);
  if (!current) return;
  const moved = isOwn ? moveLine.exec(line)?.[1]?.trim() : undefined;
  if (moved !== undefined) current.path = moved;
  else if (hunkLine.test(line)) separate(current);
  else if (!line.startsWith('*** ') && !line.startsWith('--- ')) take(current, line);
}

/** What stands between two hunks is not known. */
function separate({ before, after }: Open): void {
  if (before.length + after.length === 0) return;
  before.push('…');
  after.push('…');
}

function take({ before, after }: Open, line: string): void {
  const content = line.slice(1);
  if (line.startsWith('-')) before.push(content);
  else if (line.startsWith('+')) after.push(content);
  else if (line.startsWith(' ')) {
    before.push(content);
    after.push(content);
  }
}

function joined(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
