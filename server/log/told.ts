/** The levels that an editor was told last, in the data directory: by them the command line, too, knows how much to keep. */

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readLogChoice, usualLog, type LogChoice } from '../../shared/log.ts';
import { checkFile, makeFolder } from '../store/ownPlace.ts';
import { replaceFile } from '../store/replaceFile.ts';
import { logFolder } from './file.ts';

const pathIn = (root: string): string => join(root, logFolder, 'levels.json');

/** What was told, or the usual where nobody said anything that can be read: a log is nothing to fail over. */
export function toldLevels(root: string): LogChoice {
  try {
    const { level, levels } = JSON.parse(readFileSync(pathIn(root), 'utf8')) as Readonly<Record<string, unknown>>;
    return readLogChoice(level, levels);
  } catch {
    return usualLog;
  }
}

/** Nothing is written where that is known already; the usual needs no file. @throws what the system says */
export function noteLevels(root: string, choice: LogChoice): void {
  const text = `${JSON.stringify(choice, null, 2)}\n`;
  if (text === `${JSON.stringify(toldLevels(root), null, 2)}\n`) return;
  if (choice.level === usualLog.level && Object.keys(choice.levels).length === 0) return rmSync(pathIn(root), { force: true });
  makeFolder(root, join(root, logFolder));
  checkFile(root, pathIn(root));
  replaceFile(pathIn(root), [text]);
}
