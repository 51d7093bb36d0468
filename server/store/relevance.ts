/** How much a match is worth to a person who looks for it. */

import type { DaybookRecord } from '../../shared/record.ts';
import { isPrompt } from '../../shared/session.ts';
import { messageOf } from './payload.ts';

const halfYearMs = 182 * 86_400_000;
const recencyShare = 0.3;

/**
 * @param match how well the text matches, from match.ts
 * @param newest time of the newest match, milliseconds since 1970: age counts from there, so that an answer is the same tomorrow
 */
export function relevance(record: DaybookRecord, match: number, newest: number): number {
  const age = Math.max(0, newest - Date.parse(record.time));
  return match * weight(record) + recencyShare * 2 ** (-age / halfYearMs);
}

/** What somebody meant to say is looked for more often than what a program printed. */
function weight(record: DaybookRecord): number {
  const message = messageOf(record);
  if (message) {
    if (isPrompt(message)) return 1.2;
    if (message.synthetic || message.copied) return 0.6;
    return message.role === 'tool' ? 0.85 : 1;
  }
  switch (record.type) {
    case 'dev.daybook.chat.session': return 1.3;
    case 'dev.daybook.tool_execution.terminal.command': return 1.1;
    case 'dev.daybook.event.source.problem': return 0.7;
    default: return 0.9;
  }
}
