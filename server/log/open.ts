/** A process's log, put together: a line goes into the file, redacted, and to whoever listens. */

import type { LogLine } from '../../shared/log.ts';
import { openLogFile } from './file.ts';
import { createLevelTable, type LevelTable } from './levels.ts';
import { createLog, lineText, type Log, type LogDeps } from './log.ts';
import { toldLevels } from './told.ts';

export interface OpenedLog extends Log {
  readonly levels: LevelTable;
  /** Takes a line that a thread without rules of redaction made. */
  take(line: LogLine): void;
}

export interface LogOptions extends Pick<LogDeps, 'process'> {
  readonly redact: (text: string) => string;
  /** Levels that are shared with another thread; else those that were told last. */
  readonly shared?: SharedArrayBuffer;
  /** Told of each line that is kept. */
  readonly onLine?: (line: LogLine) => void;
}

/** @param root absolute path of the data directory; nothing is touched before the first line */
export function openLog(root: string, { process: kind, redact, shared, onLine }: LogOptions): OpenedLog {
  const levels = createLevelTable(shared);
  if (!shared) levels.set(toldLevels(root));
  const file = openLogFile(root);
  function take(line: LogLine): void {
    file.append(lineText(line, redact));
    onLine?.(line);
  }
  return { ...createLog({ levels, process: kind, sink: take }), levels, take };
}
