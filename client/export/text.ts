/** What an export says to people. No VS Code here. */

import type { ExportSelection } from '../../shared/protocol.ts';
import type { ExportCounts, ExportFormat } from '../../shared/exportResults.ts';
import { size } from '../../shared/size.ts';
import type { Translate } from '../text/translate.ts';
import { counted } from '../text/translate.ts';

/** How much it is: `12 sessions, 1.2 MB`. */
export function amount(t: Translate, { chosen, bytes }: ExportCounts, unit: ExportFormat['unit']): string {
  const count = unit === 'session' ? counted(t, chosen, '1 session', '{0} sessions') : counted(t, chosen, '1 record', '{0} records');
  return `${count}, ${size(bytes)}`;
}

/** What a person should know before anything is written, a sentence each. */
export function remarks(t: Translate, { leftOut, redactions, withheld }: ExportCounts, format: ExportFormat): string[] {
  return [
    t('This format loses: {0}', format.loses),
    ...(leftOut > 0 ? [counted(t, leftOut, '1 of them is left out: the format can hold nothing of it.', '{0} of them are left out: the format can hold nothing of them.')] : []),
    ...(withheld > 0 ? [counted(t, withheld, '1 record leaves without content, or not at all: its folder allows no more now.', '{0} records leave without content, or not at all: their folders allow no more now.')] : []),
    ...(redactions > 0
      ? [counted(t, redactions, '1 secret that only the rules of today know is redacted in the export.', '{0} secrets that only the rules of today know are redacted in the export.')]
      : []),
  ];
}

/** A local day from its beginning to the next one's, whatever the clocks do in it. @param day `2026-11-20` */
export function daySelection(day: string): Required<Pick<ExportSelection, 'since' | 'until'>> {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const midnight = (of: number): string => new Date(year, month - 1, of).toISOString();
  return { since: midnight(date), until: midnight(date + 1) };
}

/** Its name in a language of the editor: `Friday`. @param day `2026-11-20` */
export function weekday(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(day));
}

/** A name for the file or folder: what, when unless that says it, and the format's extension where it is one file. */
export function exportName(what: string, now: Date, { extension, layouts }: Pick<ExportFormat, 'extension' | 'layouts'>): string {
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const name = /\b\d{4}-\d\d-\d\d$/.test(what) ? what : `${what} ${today}`;
  return layouts[0] === 'file' ? `${name}.${extension}` : name;
}
