/** `daybook forget`: says what would go, asks, and gives a receipt. */

import { Option, type Command } from 'commander';
import { exportChoices, type ExportChoice } from '../../shared/exported.ts';
import { ProblemError } from '../../shared/problem.ts';
import { plural } from '../../shared/words.ts';
import type { ForgetSelection } from '../../shared/protocol.ts';
import type { ForgetPreview, ForgetReceipt } from '../../shared/results.ts';
import { size } from '../../shared/size.ts';
import type { Reader } from '../reader.ts';
import { answer } from './answer.ts';
import { time, workspaceUri } from './export.ts';
import { exportsDoneText, exportsFoundText } from './exportedText.ts';
import { visible } from './visible.ts';

/** What the command needs of the command line around it. */
export interface ForgetHost<Common> {
  withReader<T>(options: Common, work: (reader: Reader) => T | Promise<T>): Promise<T>;
  print<T>(options: Common, value: T, text: (value: T) => string): void;
  readonly err: (text: string) => void;
  readonly input: NodeJS.ReadableStream;
  /** Whether a person is there to be asked. */
  readonly isTerminal: boolean;
}

interface ForgetOptions {
  readonly session?: string[];
  readonly query?: string;
  readonly since?: string;
  readonly until?: string;
  readonly workspace?: string[];
  readonly file?: string[];
  readonly record?: string[];
  readonly exports?: ExportChoice;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** Gives the command its options and its work. */
export function defineForget<Common extends object>(command: Command, host: ForgetHost<Common>): void {
  command
    .option('--session <id...>', 'these sessions; alone, what such an AI session says later is refused, too')
    .option('--query <words>', 'what a search for this finds')
    .option('--since <time>', 'what happened from then on: 2026-11-20 (UTC), or a time such as 2026-11-20T09:30:00Z', time)
    .option('--until <time>', 'what happened before', time)
    .option('--workspace <folder...>', 'of these workspace folders, as paths or URIs')
    .option('--file <path...>', 'about these files, as paths or URIs')
    .option('--record <id...>', 'these records')
    .addOption(new Option('--exports <what>', 'what becomes of exports that Daybook knows of and that hold some of it. keep: they are named; lines: lines that hold it go, where a file has a record or an example a line, and other files are named; delete: other files that hold it, such as pages and tables, are deleted as a whole, too. lines unless told')
      .choices(exportChoices))
    .option('--dry-run', 'forget nothing, and say what would go')
    .option('--yes', 'do not ask')
    .action((options: Common & ForgetOptions) => host.withReader(options, async (reader) => {
      const selection = selectionOf(options);
      const preview = await reader.forgetPreview(selection);
      if (options.dryRun) return host.print(options, preview, previewText);
      if (!options.yes) await confirm(preview, host);
      const onProgress = (done: number, total: number): void => host.err(`\r${done} of ${total} journal files${done === total ? '\n' : ''}`);
      return host.print(options, await reader.forget({ ...selection, ...(options.exports && { exports: options.exports }) }, host.isTerminal ? onProgress : undefined), receiptText);
    }));
}

function selectionOf({ session, query, since, until, workspace, file, record }: ForgetOptions): ForgetSelection {
  return {
    ...(session && { sessions: session }),
    ...(query !== undefined && { query }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(workspace && { workspaces: workspace.map(workspaceUri) }),
    ...(file && { files: file.map(workspaceUri) }),
    ...(record && { ids: record }),
  };
}

/** @throws ProblemError unless a person says yes */
async function confirm<Common>(preview: ForgetPreview, { err, input, isTerminal }: ForgetHost<Common>): Promise<void> {
  if (!isTerminal) throw new ProblemError({ code: 'not-confirmed', message: 'Nobody is there to be asked, so nothing was forgotten. Look with --dry-run, then say --yes.' });
  err(`${previewText(preview)}\nNobody can bring this back. Type yes to go on: `);
  if ((await answer(input)).trim().toLowerCase() !== 'yes') throw new ProblemError({ code: 'not-confirmed', message: 'Nothing was forgotten.' });
}

function previewText({ records, sessions, parts, first, last, exports }: ForgetPreview): string {
  if (records === 0 && sessions.length === 0) return 'Nothing would be forgotten.';
  const span = first !== null && last !== null ? `, from ${minute(first)} to ${minute(last)} UTC` : '';
  return [
    `Would forget ${plural(records, 'record')}${span}.`,
    ...sessions.map(({ id, title }) => `  all of ${visible(title).replaceAll(/\s+/g, ' ')}  ${visible(id)}`),
    ...(parts > 0 ? [`  ${plural(parts, 'session')} would lose records.`] : []),
    ...exportsFoundText(exports),
  ].join('\n');
}

function receiptText({ records, sessions, files, bytes, attachments, unreadable, backups, scrubbed, exports }: ForgetReceipt): string {
  return [
    `Forgot ${plural(records, 'line')} of the journal${sessions > 0 ? ` and ${plural(sessions, 'session')}` : ''}: ${plural(files, 'file')} rewritten, ${attachments > 0 ? `${plural(attachments, 'attachment')} deleted, ` : ''}${size(bytes)} free.`,
    ...unreadable.map((path) => `${visible(path)} is damaged, and nobody can say what is in it. Delete it if in doubt.`),
    ...(backups && backups.rewritten > 0 ? [`${plural(backups.rewritten, 'backup')} rewritten.`] : []),
    ...(backups?.unreached ?? []).map((folder) => `The backups in ${visible(folder)} could not be reached and may still have it. The next daybook backup there takes it out; a restore does not bring it back.`),
    scrubbed ? 'The database and its log were cleaned.'
      : 'Another program is reading the database, so its free pages may still hold words. The next daybook command cleans them; close the editor if in doubt.',
    ...exportsDoneText(exports),
    'Copies of the folder, exports that Daybook does not know of and the AI tools\' own files are not touched.',
  ].join('\n');
}

function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
