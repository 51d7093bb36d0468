/** Under which rules of redaction the record was written, for *Health*. */

import type { HealthNote } from '../../shared/health.ts';
import { plural } from '../../shared/words.ts';
import { readRuleNote } from '../redacting/ruleNotes.ts';

/** @param dataDirectory absolute path */
export function redactionNotes(dataDirectory: string): HealthNote[] {
  const note = readRuleNote(dataDirectory);
  if (!note) return [];
  const { ruleSet, olderDays, redactedAt } = note;
  const id = `redaction:${ruleSet}`;
  if (olderDays > 0) {
    const message = `${plural(olderDays, 'day')} ${olderDays === 1 ? 'was' : 'were'} recorded under older rules of redaction. To run those of today over them: Daybook: Redact the Past…, or daybook redact`;
    return [{ id: `${id}:older`, code: 'older-rules', state: 'warning', message }];
  }
  return redactedAt === undefined ? [] : [{ id: `${id}:redacted`, code: 'redacted', state: 'ok', message: `The past was redacted on ${redactedAt.slice(0, 10)} with the rules ${ruleSet}, and everything since.` }];
}
