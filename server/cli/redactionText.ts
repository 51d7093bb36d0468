import type { ExportCounts } from '../../shared/exportResults.ts';
import { visible } from './visible.ts';

/** What the last gate did: what was held back, what was found on the way out, and what can be done about it. */
export function redactionText({ redactions, redacted, withheld }: Pick<ExportCounts, 'redactions' | 'redacted' | 'withheld'>): string[] {
  return [...withheldText(withheld), ...foundText(redactions, redacted)];
}

function withheldText(withheld: number): string[] {
  if (withheld === 0) return [];
  const records = withheld === 1 ? '1 record leaves' : `${withheld} records leave`;
  return [`${records} without content, or not at all: daybook.consent allows no more of what happened in their folders.`];
}

function foundText(redactions: number, redacted: readonly string[]): string[] {
  if (redactions === 0) return [];
  return [
    `${redactions} ${redactions === 1 ? 'secret' : 'secrets'} found by the rules of today and redacted here; the record itself still has them, in: ${visible(redacted.join(', '))}`,
    'To redact what is recorded as well: daybook redact. To look: daybook show ID. To take such a record out for good, as a whole: daybook forget --record ID',
  ];
}
