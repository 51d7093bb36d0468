/** What redacting the past found and did, in words. */

import type { RedactPreview, RedactReceipt } from '../../shared/redaction.ts';
import { size } from '../../shared/size.ts';
import { plainLabel } from '../text/label.ts';
import { counted, type Translate } from '../text/translate.ts';

/** Rules that are named before it is done; of more the number is enough. */
const mostNamed = 8;
const longestPath = 500;

export function isEmpty({ records, attachments, cursors }: RedactPreview): boolean {
  return records + attachments.redacted + attachments.removed + cursors === 0;
}

/** `3 secrets` */
export function secretsIn(t: Translate, { byRule }: RedactPreview): string {
  return counted(t, Object.values(byRule).reduce((sum, count) => sum + count, 0), '1 secret', '{0} secrets');
}

export function previewDetail(t: Translate, preview: RedactPreview): string {
  const rules = Object.entries(preview.byRule).map(([rule, count]) => `${rule}: ${count.toLocaleString()}`);
  return [
    places(t, preview).join('\n'),
    [...rules.slice(0, mostNamed), ...(rules.length > mostNamed ? [t('and {0} more', rules.length - mostNamed)] : [])].join('\n'),
    t('Placeholders take their place, and nobody can bring them back into the record. Older backups give way to one of now. What the tools keep themselves, and exports that Daybook does not know of, stay.'),
    exportsFound(t, preview),
  ].filter((part) => part !== '').join('\n\n');
}

function exportsFound(t: Translate, { exports }: RedactPreview): string {
  const inText = exports.filter(({ state }) => state === 'redacted').length;
  const others = exports.filter(({ state }) => state !== 'redacted').map(({ path }) => plainLabel(path, longestPath));
  return [
    ...(inText > 0 ? [counted(t, inText, 'Placeholders come into 1 export, too.', 'Placeholders come into {0} exports, too.')] : []),
    ...(others.length > 0 ? [`${t('These exports hold some, or nobody can look into them, and stay as they are:')} ${[...others.slice(0, mostNamed), ...(others.length > mostNamed ? [t('and {0} more', others.length - mostNamed)] : [])].join(', ')}`] : []),
  ].join('\n');
}

function places(t: Translate, { records, byDay, attachments, cursors }: RedactPreview): string[] {
  const days = Object.keys(byDay).length;
  return [
    ...(records > 0 ? [t('In {0} of the journal, of {1}.', counted(t, records, '1 line', '{0} lines'), counted(t, days, '1 day', '{0} days'))] : []),
    ...(attachments.redacted > 0 ? [counted(t, attachments.redacted, 'In 1 attached text.', 'In {0} attached texts.')] : []),
    ...(attachments.removed > 0 ? [counted(t, attachments.removed, 'In 1 attachment that is no text: it goes as a whole.', 'In {0} attachments that are no text: they go as a whole.')] : []),
    ...(cursors > 0 ? [t('In notes of where sources are read to: {0}.', cursors)] : []),
  ];
}

/** One or two sentences. */
export function summary(t: Translate, receipt: RedactReceipt): string {
  if (isEmpty(receipt)) return t('The rules of today find nothing new in what is recorded.');
  const { left } = receipt.search;
  const checked = left.length === 0 ? t('A search of the data folder finds none of them any more.')
    : counted(t, left.length, 'A search of the data folder still finds some in 1 file, where no rule sees a secret.', 'A search of the data folder still finds some in {0} files, where no rule sees a secret.');
  const needing = receipt.exports.filter(({ state }) => state !== 'redacted').length;
  const exported = needing === 0 ? [] : [counted(t, needing, '1 export of yours needs a look.', '{0} exports of yours need a look.')];
  const { unreached } = receipt.backups;
  const backups = unreached.length === 0 ? [] : [counted(t, unreached.length, '1 folder of backups could not be reached.', '{0} folders of backups could not be reached.')];
  return [t('Redacted {0}.', secretsIn(t, receipt)), checked, ...backups, ...exported].join(' ');
}

/** All of it, as Markdown. */
export function receiptText(t: Translate, receipt: RedactReceipt): string {
  const { files, bytes, unreadable, scrubbed, search, backups, exports, byRule, byDay } = receipt;
  const of = (state: RedactReceipt['exports'][number]['state']): string[] => exports.filter((each) => each.state === state).map(({ path }) => code(path));
  const sections = [
    `# ${t('Redacting the past')}`,
    summary(t, receipt),
    list([...places(t, receipt), t('Journal files rewritten: {0}; {1} free.', files, bytes < 0 ? `-${size(-bytes)}` : size(bytes)),
      ...(backups.replaced > 0 ? [t('Older backups that gave way to one of now: {0}.', backups.replaced)] : []),
      t('Values looked for in every byte of the data folder: {0}; too short for that: {1}; files: {2}.', search.values, search.tooShort, search.files),
      scrubbed ? t('The database and its log were cleaned.') : t('Another program is reading the database, so its free pages may still hold words. The next start cleans them.')]),
    ...section(t('By rule'), Object.entries(byRule).map(([rule, count]) => `${rule}: ${count.toLocaleString()}`)),
    ...section(t('Lines by day'), Object.entries(byDay).map(([day, count]) => `${day}: ${count.toLocaleString()}`)),
    ...section(t('Still there, where no rule sees a secret'), search.left.map(({ path, records }) => [code(path), ...records.map(code)].join(' '))),
    ...section(t('Folders of backups that could not be reached and still hold what was found'), backups.unreached.map(code)),
    ...section(t('Exports in which placeholders stand now, too'), of('redacted')),
    ...section(t('Exports that still hold what was found: export again what you need, then delete them'), of('holds secrets')),
    ...section(t('Exports into which nobody can look: export again what you need, then delete them'), of('not readable')),
    ...section(t('Exports that are not where they were written, such as on a disk that is away'), of('not reachable')),
    ...section(t('Damaged files that nobody can look into'), unreadable.map(code)),
    t('A secret that was recorded should be changed where it is used.'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, list(lines)];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function code(text: string): string {
  return `\`${plainLabel(text, longestPath).replaceAll('`', "'")}\``;
}
