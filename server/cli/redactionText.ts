import type { ExportCounts } from '../../shared/results.ts';
import { visible } from './visible.ts';

/** What was found on the way out, and what can be done about it. */
export function redactionText({ redactions, redacted }: Pick<ExportCounts, 'redactions' | 'redacted'>): string[] {
  if (redactions === 0) return [];
  return [
    `${redactions} ${redactions === 1 ? 'secret' : 'secrets'} found by the rules of today and redacted here; the record itself still has them, in: ${visible(redacted.join(', '))}`,
    'To redact what is recorded as well: daybook redact. To look: daybook show ID. To take such a record out for good, as a whole: daybook forget --record ID',
  ];
}
