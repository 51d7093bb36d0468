/** `daybook redact`: says what the rules of today find in the past, asks, takes it out and gives a receipt. */

import type { Command } from 'commander';
import { ProblemError } from '../../shared/problem.ts';
import type { RedactPreview, RedactReceipt, RedactSelection } from '../../shared/redaction.ts';
import { size } from '../../shared/size.ts';
import { plural } from '../../shared/words.ts';
import { answer } from './answer.ts';
import type { ForgetHost } from './forget.ts';
import { visible } from './visible.ts';

/** What the command needs of the command line around it. */
export interface RedactHost<Common> extends ForgetHost<Common> {
  /** Calls `stop` when the person interrupts; returns what ends that. */
  readonly onInterrupt: (stop: () => void) => () => void;
}

interface RedactOptions {
  readonly query?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

const words = { looking: 'journal files looked through', checking: 'files searched for what was found' } as const;
/** Rules and days that are listed; more would scroll the answer away. */
const mostListed = 20;

/** Gives the command its options and its work. */
export function defineRedact<Common extends object>(command: Command, host: RedactHost<Common>): void {
  command
    .option('--query <words>', 'only what a search for this finds')
    .option('--dry-run', 'change nothing, and say what would be redacted')
    .option('--yes', 'do not ask')
    .action((options: Common & RedactOptions) => host.withReader(options, async (reader) => {
      const selection: RedactSelection = options.query === undefined ? {} : { query: options.query };
      const stop = new AbortController();
      const onProgress = (phase: keyof typeof words, done: number, total: number): void => host.err(`\r${done} of ${total} ${words[phase]}${done === total ? '\n' : ''}`);
      const watch = { signal: stop.signal, ...(host.isTerminal && { onProgress }) };
      const release = host.onInterrupt(() => stop.abort());
      try {
        if (options.dryRun) return host.print(options, await reader.redactPreview(selection, watch), previewText);
        if (!options.yes) await confirm(await previewed(), host);
        return host.print(options, await reader.redact(selection, watch), receiptText);
      } finally {
        release();
      }

      async function previewed(): Promise<RedactPreview> {
        if (!host.isTerminal) throw new ProblemError({ code: 'not-confirmed', message: 'Nobody is there to be asked, so nothing was changed. Look with --dry-run, then say --yes.' });
        return reader.redactPreview(selection, watch);
      }
    }));
}

/** @throws ProblemError unless a person says yes, or there is nothing to ask */
async function confirm<Common>(preview: RedactPreview, { err, input }: RedactHost<Common>): Promise<void> {
  if (isEmpty(preview)) return;
  err(`${previewText(preview)}\nNobody can bring these secrets back into the record; older backups give way to one of now. Type yes to go on: `);
  if ((await answer(input)).trim().toLowerCase() !== 'yes') throw new ProblemError({ code: 'not-confirmed', message: 'Nothing was changed.' });
}

function isEmpty({ records, attachments, cursors }: RedactPreview): boolean {
  return records + attachments.redacted + attachments.removed + cursors === 0;
}

function previewText(preview: RedactPreview): string {
  if (isEmpty(preview)) return 'The rules of today find nothing new in what is recorded.';
  return [`The rules of today find ${found(preview)}.`, ...table(preview), ...exportsFoundText(preview.exports)].join('\n');
}

function found({ byRule, records, attachments, cursors }: RedactPreview): string {
  const secrets = Object.values(byRule).reduce((sum, count) => sum + count, 0);
  const places = [
    ...(records > 0 ? [plural(records, 'line of the journal', 'lines of the journal')] : []),
    ...(attachments.redacted > 0 ? [plural(attachments.redacted, 'attached text')] : []),
    ...(attachments.removed > 0 ? [`${plural(attachments.removed, 'attachment')} that cannot be kept`] : []),
    ...(cursors > 0 ? [`${plural(cursors, 'note')} of where a source is read to`] : []),
  ];
  return `${plural(secrets, 'secret')} in ${places.join(', ')}`;
}

function table({ byRule, byDay }: RedactPreview): string[] {
  return [...listed('by rule', byRule), ...listed('lines by day', byDay)];
}

function listed(title: string, counts: Readonly<Record<string, number>>): string[] {
  const all = Object.entries(counts);
  const more = all.length > mostListed ? [`    and ${all.length - mostListed} more`] : [];
  return all.length === 0 ? [] : [`  ${title}:`, ...all.slice(0, mostListed).map(([name, count]) => `    ${String(count).padStart(6)}  ${visible(name)}`), ...more];
}

function receiptText(receipt: RedactReceipt): string {
  const { files, bytes, unreadable, scrubbed, search, backups, exports } = receipt;
  if (isEmpty(receipt)) return 'The rules of today find nothing new in what is recorded. Nothing was changed.';
  const change = bytes >= 0 ? `${size(bytes)} free` : `${size(-bytes)} more`;
  return [
    `Redacted ${found(receipt)}: ${plural(files, 'file')} rewritten, ${change}.`,
    ...table(receipt),
    ...unreadable.map((path) => `${visible(path)} is damaged, and nobody can say what is in it. Delete it if in doubt.`),
    scrubbed ? 'The database and its log were cleaned.'
      : 'Another program is reading the database, so its free pages may still hold words. The next daybook command cleans them; close the editor if in doubt.',
    ...backupText(backups),
    ...searchText(search),
    ...exportText(exports),
    'Copies of the folder, exports that Daybook does not know of and the AI tools\' own files are not touched. A secret that was recorded should be changed where it is used.',
  ].join('\n');
}

function backupText({ replaced, unreached }: RedactReceipt['backups']): string[] {
  const left = unreached.map((path) => `Backups in ${visible(path)} could not be replaced and still hold what was found. Make a new one there (daybook backup --to) and delete the older ones.`);
  return [...(replaced > 0 ? [`${plural(replaced, 'older backup')} gave way to one of now.`] : []), ...left];
}

function searchText({ values, tooShort, files, left }: RedactReceipt['search']): string[] {
  const short = tooShort > 0 ? ` (${tooShort} too short to be looked for)` : '';
  if (left.length === 0) return [`A search of all ${plural(files, 'file')} of the data directory finds none of the ${plural(values, 'value')} any more${short}.`];
  return [
    `A search of all ${plural(files, 'file')} of the data directory still finds some of the ${plural(values, 'value')}${short}, where no rule sees a secret:`,
    ...left.map(({ path, records }) => `  ${visible(path)}${records.length > 0 ? `: ${visible(records.join(', '))}` : ''}`),
    'To look: daybook show ID. To take such a record out as a whole: daybook forget --record ID',
  ];
}

function exportText(exports: RedactReceipt['exports']): string[] {
  const of = (state: RedactReceipt['exports'][number]['state'], title: string): string[] => {
    const those = exports.filter((each) => each.state === state);
    return those.length > 0 ? [title, ...paths(those)] : [];
  };
  return [
    ...of('redacted', 'Placeholders stand in these exports of yours, too:'),
    ...of('holds secrets', 'These exports of yours still hold what was found. Export again what you need, then delete them:'),
    ...of('not readable', 'Nobody can see what these exports hold. Export again what you need, then delete them:'),
    ...of('not reachable', 'These exports are not where they were written, such as on a disk that is away. Look at them yourself:'),
  ];
}

function exportsFoundText(exports: RedactPreview['exports']): string[] {
  const inText = exports.filter(({ state }) => state === 'redacted');
  const others = exports.filter(({ state }) => state !== 'redacted');
  return [
    ...(inText.length > 0 ? ['Placeholders would stand in these exports of yours, too:', ...paths(inText)] : []),
    ...(others.length > 0 ? ['These exports of yours hold some, or nobody can look into them, and would stay as they are:', ...paths(others)] : []),
  ];
}

function paths(exports: RedactReceipt['exports']): string[] {
  return [...exports.slice(0, mostListed).map(({ path }) => `  ${visible(path)}`), ...(exports.length > mostListed ? [`  and ${exports.length - mostListed} more`] : [])];
}
