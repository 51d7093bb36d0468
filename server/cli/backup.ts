/** `daybook backup` and `daybook restore`. What they do is loaded when it is asked for. */

import { InvalidArgumentError, type Command } from 'commander';
import { resolve } from 'node:path';
import type { BackupList, BackupResult, DrillResult, RestoreResult } from '../../shared/backups.ts';
import { ProblemError } from '../../shared/problem.ts';
import { size } from '../../shared/size.ts';
import { plural } from '../../shared/words.ts';
import type { Reader } from '../reader.ts';
import { answer } from './answer.ts';
import { visible } from './visible.ts';

/** What the commands need of the command line around them. */
export interface BackupHost<Common> {
  /** Makes a command with the options that all have. */
  command(name: string, description: string): Command;
  /** Absolute path of the data directory. */
  directory(options: Common): string;
  /** Opens the record where it is encrypted. @param path absolute, of its data directory or of a key file. @param what it is, at the beginning of a sentence */
  unlock(path: string, what?: string): Promise<void>;
  withReader<T>(options: Common, work: (reader: Reader) => T | Promise<T>): Promise<T>;
  print<T>(options: Common, value: T, text: (value: T) => string): void;
  readonly err: (text: string) => void;
  readonly input: NodeJS.ReadableStream;
  /** Whether a person is there to be asked. */
  readonly isTerminal: boolean;
}

interface BackupOptions {
  readonly to?: string;
  readonly list?: true;
  readonly try?: true;
  readonly keepDaily?: number;
  readonly keepWeekly?: number;
}

interface RestoreOptions {
  readonly into?: string;
  readonly over?: true;
  readonly yes?: true;
}

export function defineBackup<Common extends object>(host: BackupHost<Common>): void {
  host.command('backup', 'back up the record while it goes on; what did not change since the last backup is not copied again')
    .option('--to <directory>', 'where backups are kept, on another disk perhaps; the folder backups of the data directory otherwise')
    .option('--list', 'list the backups there are')
    .option('--try', 'restore the newest one for a moment, count, and say whether all of it is there')
    .option('--keep-daily <number>', 'of how many days one is kept; 7 at first', keep)
    .option('--keep-weekly <number>', 'of how many weeks one is kept; 4 at first', keep)
    .action((options: Common & BackupOptions) => backupOrList(host, options));
  host.command('restore', 'bring a backup back; what was forgotten since stays forgotten')
    .argument('<backup>', 'latest, an id of daybook backup --list or its beginning, or the path of a folder of backups or of one of them')
    .option('--into <directory>', 'a directory that is not there, or empty')
    .option('--over', 'in the place of the record that is there, after a backup of it')
    .option('--yes', 'do not ask')
    .action((which: string, options: Common & RestoreOptions) => restore(host, which, options));
}

async function backupOrList<Common extends object>(host: BackupHost<Common>, options: Common & BackupOptions): Promise<void> {
  const place = options.to === undefined ? undefined : resolve(options.to);
  const { drill, listBackups } = await import('../backups.ts');
  if (options.list) return host.print(options, listBackups(host.directory(options), place === undefined ? [] : [place]), listText);
  if (options.try) {
    await host.unlock(host.directory(options));
    const tried = drill(host.directory(options));
    if (!tried) throw new ProblemError({ code: 'not-found', message: 'There is no backup. Make one with: daybook backup' });
    host.print(options, tried, drillText);
    if (tried.failure !== undefined) throw new ProblemError({ code: 'drill-failed', message: tried.failure });
    return;
  }
  const { keepDaily, keepWeekly } = options;
  const kept = keepDaily === undefined && keepWeekly === undefined ? {} : { kept: { daily: keepDaily ?? 7, weekly: keepWeekly ?? 4 } };
  const made = await host.withReader(options, (reader) => reader.backUp({ reason: 'manual', ...(place !== undefined && { place }), ...kept, ...progress(host) }));
  host.print(options, made, backupText);
}

async function restore<Common extends object>(host: BackupHost<Common>, which: string, options: Common & RestoreOptions): Promise<void> {
  const { findBackup, keyFileOf, restoreInto } = await import('../restoring.ts');
  const found = findBackup(host.directory(options), which);
  const locked = keyFileOf(found);
  if (locked !== undefined) await host.unlock(locked, `The backup ${found.manifest.id}`);
  const { onFile } = progress(host);
  if ((options.into === undefined) === (options.over === undefined)) {
    throw new ProblemError({ code: 'no-place', message: 'Say where to: --into a new directory, or --over the record that is there.' });
  }
  if (options.into !== undefined) return host.print(options, restoreInto(host.directory(options), found, resolve(options.into), onFile), restoreText);
  if (!options.yes) await confirm(host, found.manifest.id);
  host.print(options, await host.withReader(options, (reader) => reader.restoreOver(found, onFile)), restoreText);
}

function progress<Common>({ isTerminal, err }: BackupHost<Common>): { readonly onFile?: (done: number, total: number) => void } {
  if (!isTerminal) return {};
  return { onFile: (done, total) => err(`\r${done} of ${total} files${done === total ? '\n' : ''}`) };
}

/** @throws ProblemError unless a person says yes */
async function confirm<Common>({ err, input, isTerminal }: BackupHost<Common>, id: string): Promise<void> {
  if (!isTerminal) throw new ProblemError({ code: 'not-confirmed', message: 'Nobody is there to be asked, so nothing was restored. Say --yes, or restore with --into a new directory.' });
  err(`The record becomes what it was in the backup ${id}; a backup of what it is now is made before. Type yes to go on: `);
  if ((await answer(input)).trim().toLowerCase() !== 'yes') throw new ProblemError({ code: 'not-confirmed', message: 'Nothing was restored.' });
}

function keep(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 1_000) return number;
  throw new InvalidArgumentError('It must be a whole number from 0 to 1000.');
}

function backupText({ id, folder, records, sessions, files, bytes, copied, removed, missing }: BackupResult): string {
  return [
    `Backup ${id} in ${visible(folder)}: ${plural(records ?? 0, 'record')}, ${plural(sessions ?? 0, 'session')} in ${plural(files, 'file')}, ${size(bytes)}; ${plural(copied.files, 'file')} of ${size(copied.bytes)} copied.`,
    ...(removed.length > 0 ? [`${plural(removed.length, 'older backup')} taken away.`] : []),
    ...(missing > 0 ? [`${plural(missing, 'record')} of the index cannot be read in the journal any more, so no older backup was taken away. Look with: daybook doctor`] : []),
  ].join('\n');
}

function listText({ backups, problems }: BackupList): string {
  const rows = backups.map(({ id, reason, records, bytes, folder }) => [id, reason, records === null ? 'rewritten' : String(records), size(bytes), visible(folder)]);
  if (rows.length === 0) return ['There is no backup. Make one with: daybook backup', ...problems.map(visible)].join('\n');
  const table = [['backup', 'why', 'records', 'size', 'in'], ...rows];
  const widths = table.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)), []);
  return [...table.map((row) => row.map((cell, at) => (at === 2 || at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ').trimEnd()), ...problems.map(visible)].join('\n');
}

function drillText({ id, records, failure }: DrillResult): string {
  return failure === undefined ? `${plural(records, 'record')} of the backup ${id} were read back: all of it is there.` : `The backup ${id} could not be restored as a whole.`;
}

function restoreText({ id, directory, records, sessions, expected, before }: RestoreResult): string {
  const fewer = expected === null ? 0 : expected - records;
  return [
    `Restored ${plural(records, 'record')} and ${plural(sessions, 'session')} of the backup ${id} in ${visible(directory)}.`,
    ...(fewer > 0 ? [`${plural(fewer, 'record')} of it were forgotten since, and stay so.`] : []),
    before === null ? `Look at it with: daybook stats --data-dir '${visible(directory)}'` : `What was there before is the backup ${before}.`,
  ].join('\n');
}
