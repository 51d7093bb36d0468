/** What forgetting finds and does in files that were exported, in words. */

import type { ExportsToForget, ForgottenExports, OutOfReach } from '../../shared/exported.ts';
import { plural } from '../../shared/words.ts';
import { visible } from './visible.ts';

/** Files that are listed; more would scroll the answer away. */
const mostListed = 20;

const reasons: Readonly<Record<OutOfReach['reason'], string>> = {
  'not reachable': 'its disk is not there',
  'not readable': 'nobody can look into it, or it could not be changed',
  'something else': 'something else lies in its place, and was not followed',
  'not noted': 'it holds some of it, and Daybook is not sure that it wrote it',
};

/** What is found before anything is forgotten. */
export function exportsFoundText({ lines, documents, outOfReach }: ExportsToForget): string[] {
  return [
    ...listed(lines.map(({ path, lines: count }) => `${visible(path)}: ${plural(count, 'line')}`), `${plural(lines.length, 'export')} of yours would lose lines that hold it (--exports keep leaves them):`),
    ...listed(documents.map(visible), `${plural(documents.length, 'exported document')} of yours ${documents.length === 1 ? 'holds' : 'hold'} some of it and would stay (--exports delete deletes ${documents.length === 1 ? 'it' : 'them'} as a whole):`),
    ...outOfReachText(outOfReach),
  ];
}

/** What became of it. */
export function exportsDoneText({ rewritten, deleted, left, outOfReach }: ForgottenExports): string[] {
  return [
    ...listed(rewritten.map(({ path, lines }) => `${visible(path)}: ${plural(lines, 'line')}`), `${plural(rewritten.length, 'export')} of yours lost the lines that held it:`),
    ...listed(deleted.map(visible), `${plural(deleted.length, 'exported document')} of yours that held it ${deleted.length === 1 ? 'is' : 'are'} deleted:`),
    ...listed(left.map(visible), `${plural(left.length, 'export')} of yours still ${left.length === 1 ? 'holds' : 'hold'} some of it. Delete ${left.length === 1 ? 'it' : 'them'}, and export again what you need:`),
    ...outOfReachText(outOfReach),
    ...(rewritten.length + deleted.length > 0 && left.length === 0 ? ['A search of the exports that Daybook knows of finds none of it any more.'] : []),
  ];
}

function outOfReachText(files: readonly OutOfReach[]): string[] {
  return listed(files.map(({ path, reason }) => `${visible(path)}: ${reasons[reason]}`), `Of ${plural(files.length, 'export')} nobody can say, or change, what ${files.length === 1 ? 'it holds' : 'they hold'}. Look at ${files.length === 1 ? 'it' : 'them'} yourself:`);
}

function listed(all: readonly string[], title: string): string[] {
  if (all.length === 0) return [];
  return [title, ...all.slice(0, mostListed).map((each) => `  ${each}`), ...(all.length > mostListed ? [`  and ${all.length - mostListed} more`] : [])];
}
