/** What an export says to people. No VS Code here. */

import type { ExportCounts, ExportFormat } from '../../shared/results.ts';
import { size } from '../../shared/size.ts';
import type { Translate } from '../text/translate.ts';
import { counted } from '../text/translate.ts';

/** How much it is: `12 sessions, 1.2 MB`. */
export function amount(t: Translate, { chosen, bytes }: ExportCounts, unit: ExportFormat['unit']): string {
  const count = unit === 'session' ? counted(t, chosen, '1 session', '{0} sessions') : counted(t, chosen, '1 record', '{0} records');
  return `${count}, ${size(bytes)}`;
}

/** What a person should know before anything is written, a sentence each. */
export function remarks(t: Translate, { leftOut, redactions }: ExportCounts, format: ExportFormat): string[] {
  return [
    t('This format loses: {0}', format.loses),
    ...(leftOut > 0 ? [counted(t, leftOut, '1 of them is left out: the format can hold nothing of it.', '{0} of them are left out: the format can hold nothing of them.')] : []),
    ...(redactions > 0
      ? [counted(t, redactions, '1 secret that only the rules of today know is redacted in the export.', '{0} secrets that only the rules of today know are redacted in the export.')]
      : []),
  ];
}

/** A name for the file or folder: what, when, and the format's extension where it is one file. */
export function exportName(what: string, now: Date, { extension, layouts }: Pick<ExportFormat, 'extension' | 'layouts'>): string {
  const day = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return layouts[0] === 'file' ? `${what} ${day}.${extension}` : `${what} ${day}`;
}
