/** `daybook stats` and `daybook watch`: how much there is, and what is happening. */

import { InvalidArgumentError, type Command } from 'commander';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StatsReport, WatchSnapshot } from '../../shared/statistics.ts';
import type { Reader } from '../reader.ts';
import { createPaint } from './paint.ts';
import { statisticsText } from './statistics.ts';
import { statsText } from './text.ts';
import { watch, type Screen } from './watch.ts';

/** What the commands know of the terminal; without it they are in a pipe. */
export interface Looking {
  /** Whether what is printed may be coloured. */
  readonly isColoured: boolean;
  /** Undefined in a pipe. */
  readonly screen: () => Screen | undefined;
  readonly servers: () => WatchSnapshot['servers'];
}

export interface LookDeps<Options> {
  readonly directory: (options: Options) => string;
  readonly withReader: <T>(options: Options, work: (reader: Reader) => T | Promise<T>) => Promise<T>;
  readonly print: <T>(options: Options, value: T, text: (value: T) => string) => void;
  readonly out: (text: string) => void;
  readonly onInterrupt: (stop: () => void) => () => void;
  readonly looking: Looking;
}

/** In a pipe, on a machine that does not tell of its servers. */
export const notLooking: Looking = { isColoured: false, screen: () => undefined, servers: () => null };

const usualDays = 30;

interface StatsOptions {
  readonly days: number;
  readonly all?: true;
  readonly workspace?: string;
}

export function defineStats<Options>(command: Command, { withReader, print, looking }: LookDeps<Options>): void {
  command
    .option('--days <number>', 'figures of so many days up to today', wholeNumber, usualDays)
    .option('--all', 'figures of everything')
    .option('--workspace <folder>', 'figures of one folder: a path, or its URI')
    .action(async (options: Options & StatsOptions) => {
      const days = options.all ? undefined : options.days;
      const workspace = options.workspace === undefined ? undefined : uriOf(options.workspace);
      const report = await withReader(options, (reader): StatsReport => ({ ...reader.stats(), edits: reader.actors(), statistics: reader.statistics({ days, workspace }) }));
      const paint = createPaint(looking.isColoured);
      print(options, report, (value) => `${statsText(value)}\n\n${statisticsText(value.statistics, days, paint)}`);
    });
}

export function defineWatch<Options extends { readonly json?: true }>(command: Command, { directory, withReader, out, onInterrupt, looking }: LookDeps<Options>): void {
  command.action((options: Options) => withReader(options, (reader) => watch({
    reader, dataDirectory: directory(options), out, screen: looking.screen, isJson: options.json === true, paint: createPaint(looking.isColoured), servers: looking.servers, onEnd: onInterrupt,
  })));
}

function uriOf(folder: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(folder) ? folder : pathToFileURL(resolve(folder)).href;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000) throw new InvalidArgumentError('A whole number from 1 to 100000.');
  return value;
}
