/** An edit as lines with their signs. */

import { structuredPatch } from 'diff';
import type { FileEdit, WholeEdit } from '../../../shared/sessionView.ts';
import { clipped, oneLine } from './plain.ts';

/** UTF-16 units up to which the two texts are compared line by line; beyond, one is taken out and the other put in. */
const mostCompared = 100_000;
const compareMs = 50;

export function fileEdit({ path, before, after }: WholeEdit): FileEdit {
  const lines = compared(before, after);
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return { path: oneLine(path, 400), added: count('+'), removed: count('-'), diff: clipped(lines.join('\n')) };
}

function compared(before: string, after: string): readonly string[] {
  const isSmall = before.length + after.length <= mostCompared;
  const patch = isSmall ? structuredPatch('', '', ended(before), ended(after), '', '', { context: 3, timeout: compareMs }) : undefined;
  if (!patch) return [...signed(before, '-'), ...signed(after, '+')];
  return patch.hunks.flatMap(({ lines }, at) => (at === 0 ? lines : ['  …', ...lines]));
}

/** With a line break at its end: whether there is one in the file is not known. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function signed(text: string, sign: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n').map((line) => sign + line);
}
