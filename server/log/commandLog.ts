/** The log of one command: it keeps its lines until it is through, for most have none, and the rules of redaction take longer to load than they run. */

import type { LogLine } from '../../shared/log.ts';
import { fault, among } from './fields.ts';
import { createLevelTable } from './levels.ts';
import { createLog, type Log } from './log.ts';
import { since, uptimeMs } from './logged.ts';
import { toldLevels } from './told.ts';

export interface CommandLog extends Log {
  /** The command is through. @param error that ended it */
  end(names: readonly string[], error?: unknown): Promise<void>;
}

/** Those that change nothing: worth a line only when more than the usual is wanted. */
const looking: readonly string[] = ['search', 'list', 'show', 'stats', 'watch', 'logs', 'doctor'];

/** @param root absolute path of the data directory */
export function openCommandLog(root: string, command: string): CommandLog {
  const begun = uptimeMs();
  const levels = createLevelTable();
  levels.set(toldLevels(root));
  const lines: LogLine[] = [];
  const log = createLog({ levels, process: 'cli', sink: (line) => void lines.push(line) });
  return {
    ...log,
    async end(names, error) {
      const told = { command: among(command, names), ms: since(begun) };
      if (error !== undefined) log.write('cli.failed', { ...told, error: fault(error) });
      else log.write(looking.includes(command) ? 'cli.looked' : 'cli.done', told);
      if (lines.length === 0) return;
      const [{ createRedactor }, { openLogFile }] = await Promise.all([import('../ingest/redact.ts'), import('./file.ts')]);
      const file = openLogFile(root);
      for (const { value } of await createRedactor().values(lines)) file.append(JSON.stringify(value));
    },
  };
}
