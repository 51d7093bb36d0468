/** Under which rules of redaction the record was written, and which of a person's own are not used, for *Health*. */

import { createHash } from 'node:crypto';
import type { HealthNote } from '../../shared/health.ts';
import { sentence } from '../../shared/problem.ts';
import { plural } from '../../shared/words.ts';
import { readRuleNote } from '../redacting/ruleNotes.ts';
import { toldRules } from '../redactionTold.ts';

/**
 * @param dataDirectory absolute path
 * @param home absolute path of the home directory
 */
export function redactionNotes(dataDirectory: string, home: string): HealthNote[] {
  return [...writtenUnder(dataDirectory), ...notUsed(dataDirectory, home).map((message): HealthNote =>
    ({ id: `redaction:rule:${createHash('sha256').update(message).digest('hex').slice(0, 12)}`, code: 'unusable-rule', state: 'warning', message }))];
}

/** What is wrong with rules of a person's own, as editors told them. */
function notUsed(dataDirectory: string, home: string): string[] {
  try {
    return toldRules(dataDirectory, home).problems.map(({ message }) => message);
  } catch (error) {
    return [sentence(error)];
  }
}

function writtenUnder(dataDirectory: string): HealthNote[] {
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
