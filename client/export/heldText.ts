/** What forgetting finds and does in files that were exported, in words. No VS Code here. */

import { basename } from 'node:path';
import type { ExportsToForget, ForgottenExports } from '../../shared/exported.ts';
import { plainLabel } from '../text/label.ts';
import { counted, type Translate } from '../text/translate.ts';

/** Files that are named; of more the number is enough. */
const mostNamed = 5;
const longestName = 120;

/** What would become of exports, a sentence each. */
export function exportsFound(t: Translate, { lines, documents, outOfReach }: ExportsToForget): string[] {
  return [
    ...(lines.length === 0 ? [] : [`${counted(t, lines.length, '1 export loses the lines that hold it:', '{0} exports lose the lines that hold it:')} ${named(t, lines.map(({ path }) => path))}`]),
    ...(documents.length === 0 ? [] : [`${counted(t, documents.length, '1 exported document holds some of it, and stays unless you delete it:', '{0} exported documents hold some of it, and stay unless you delete them:')} ${named(t, documents)}`]),
    ...unseen(t, outOfReach),
  ];
}

/** What became of them, a sentence each; nothing where there is nothing to say. */
export function exportsDone(t: Translate, { rewritten, deleted, left, outOfReach }: ForgottenExports): string[] {
  return [
    ...(rewritten.length === 0 ? [] : [counted(t, rewritten.length, '1 export lost the lines that held it.', '{0} exports lost the lines that held it.')]),
    ...(deleted.length === 0 ? [] : [counted(t, deleted.length, '1 exported document is deleted.', '{0} exported documents are deleted.')]),
    ...(left.length === 0 ? [] : [`${counted(t, left.length, '1 export still holds some of it:', '{0} exports still hold some of it:')} ${named(t, left)}`]),
    ...unseen(t, outOfReach),
  ];
}

function unseen(t: Translate, files: ExportsToForget['outOfReach']): string[] {
  return files.length === 0 ? [] : [`${counted(t, files.length, '1 export could not be reached or looked into:', '{0} exports could not be reached or looked into:')} ${named(t, files.map(({ path }) => path))}`];
}

function named(t: Translate, paths: readonly string[]): string {
  const names = paths.slice(0, mostNamed).map((path) => plainLabel(basename(path), longestName));
  return [...names, ...(paths.length > mostNamed ? [t('and {0} more', paths.length - mostNamed)] : [])].join(', ');
}
