/** Problems are recorded for good; whether one still is one shows in the file it was met in. */

import { access, constants } from 'node:fs/promises';
import type { Problem } from '../../shared/problem.ts';
import type { Presence, SourceFileState } from './sourceFiles.ts';
import type { Met } from './tally.ts';

/** How long a problem that lies in no file is worth a look. */
export const recentMs = 24 * 60 * 60_000;

/** The file of a problem as it is now; `read` where it was ever read. */
export interface ProblemFile {
  readonly now: Presence;
  readonly read: SourceFileState | undefined;
}

/** Whether the problem still stands: the cause is there, and nothing was read since then that would have shown otherwise. */
export async function isCurrent({ data, time }: Met<Problem>, file: ProblemFile | undefined, now: number): Promise<boolean> {
  if (!file || data.where?.file === undefined) return now - Date.parse(time) < recentMs;
  if (file.now === 'gone') return false;
  switch (data.code) {
    case 'torn-line':
      return file.read !== undefined && file.read.offset <= (data.where.offset ?? 0);
    // A document is read whole each time, and a problem has the time of the document in which it was met.
    case 'malformed-document':
    case 'document-too-large':
      return file.read !== undefined && new Date(file.read.stamp.mtimeMs).toISOString() === time;
    case 'malformed-report':
    case 'report-too-large':
      return file.now !== 'hidden' && new Date(file.now.mtimeMs).toISOString() === time;
    case 'unrecognised-file':
      return file.read === undefined || file.now === 'hidden' || file.read.stamp.mtimeMs !== file.now.mtimeMs;
    case 'unreadable-file':
      return !(await mayRead(data.where.file));
    default:
      return file.now === 'hidden' || (data.where.offset ?? 0) < file.now.size;
  }
}

async function mayRead(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    return true;
  } catch {
    return false; // that is the answer
  }
}
