/** `daybook logs`: what Daybook said of itself, its newest lines last. */

import { Option, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { logCategories, logLevels, type LogCategory, type LogLevel, type LogLine, type LogLines } from '../../shared/log.ts';
import { ProblemError } from '../../shared/problem.ts';
import { logFolder } from '../log/file.ts';
import { followLog, logText, readLog } from '../log/read.ts';
import { visible } from './visible.ts';

export interface LogsHost<Common> {
  readonly directory: (options: Common) => string;
  readonly out: (text: string) => void;
  readonly count: (text: string) => number;
  readonly onInterrupt: (stop: () => void) => () => void;
}

interface LogsOptions {
  readonly level: LogLevel;
  readonly category?: readonly LogCategory[];
  readonly limit: number;
  readonly follow?: true;
}

/** Gives the command its options and its work. */
export function defineLogs<Common extends { readonly json?: true }>(command: Command, { directory, out, count, onInterrupt }: LogsHost<Common>): void {
  command
    .addOption(new Option('--level <level>', 'this and what is worse').choices(logLevels.filter((level) => level !== 'off')).default('trace'))
    .addOption(new Option('--category <name...>', 'only these').choices(logCategories))
    .option('--limit <number>', 'how many lines', count, 50)
    .option('--follow', 'go on with what is written from now on, until it is interrupted')
    .action(async (options: Common & LogsOptions) => {
      const root = directory(options);
      const filter = { level: options.level, categories: options.category ?? [] };
      const text = (line: LogLine): string => (options.json ? JSON.stringify(line) : visible(logText(line)));
      const print = (lines: readonly LogLine[]): void => lines.forEach((line) => out(`${text(line)}\n`));
      if (options.follow && !existsSync(join(root, logFolder))) throw new ProblemError({ code: 'no-log', message: `There is no log in ${root} yet.` });
      const lines = readLog(root, options.limit, filter);
      if (options.json && !options.follow) return out(`${JSON.stringify({ lines } satisfies LogLines, null, 2)}\n`);
      print(lines);
      if (options.follow) await interrupted(followLog(root, filter, print), onInterrupt);
    });
}

function interrupted(end: () => void, onInterrupt: (stop: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const release = onInterrupt(() => {
      end();
      release();
      resolve();
    });
  });
}
