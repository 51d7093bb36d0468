/** Events in which the tool says something, to the person or to the model. */

import type { ChatMessage, Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';
import type { Line } from './format.ts';
import { usageOf } from './usage.ts';

type Outcome = NonNullable<ChatMessage['outcome']>;

const abortReasons: ReadonlyMap<string, string> = new Map([
  ['user_initiated', 'Stopped by the user.'],
  ['user_abort', 'Stopped by the user.'],
  ['remote_command', 'Stopped by a remote command.'],
  ['autopilot_credit_limit', 'Stopped at the credit limit.'],
]);

/** The message of an event in which the tool speaks; undefined for other events and for one that says nothing. */
export function noticeOf({ type, data }: Line): ChatMessage | undefined {
  const text = asText(data['message']);
  switch (type) {
    case 'session.info':
    case 'session.warning':
      return text === undefined ? undefined : notice(text);
    case 'session.error':
      return text === undefined ? undefined : notice(text, 'failed');
    case 'abort':
      return notice(abortReasons.get(asText(data['reason']) ?? '') ?? 'Stopped.', 'cancelled');
    case 'session.context_cleared':
      return notice('Conversation cleared');
    case 'session.compaction_complete':
      return compaction(data);
    case 'system.notification':
      return notification(data);
    case 'skill.invoked':
      return skill(data);
    default:
      return undefined;
  }
}

function notice(content: string, outcome?: Outcome): ChatMessage {
  return { role: 'system', parts: [{ type: 'notice', content }], synthetic: true, ...present('outcome', outcome) };
}

/** The request that wrote the summary is no reply; what it cost is kept with it, and session.shutdown does not count it. */
function compaction(data: JsonObject): ChatMessage {
  if (data['success'] === false) return notice(asText(data['error']) ?? 'The conversation could not be compacted.', 'failed');
  const summary = asText(data['summaryContent']);
  const cost = asObject(data['compactionTokensUsed']);
  const parts: Part[] = [{ type: 'notice', content: 'Conversation compacted' }];
  if (summary !== undefined) parts.push({ type: 'text', content: summary });
  return { role: 'system', parts, synthetic: true, ...present('model', asText(cost?.['model'])), ...present('usage', usageOf(cost)) };
}

function notification(data: JsonObject): ChatMessage | undefined {
  const content = asText(data['content'])?.replace(/^\s*<system_notification>|<\/system_notification>\s*$/g, '').trim();
  return content ? notice(content) : undefined;
}

function skill(data: JsonObject): ChatMessage {
  const content = asText(data['content']);
  const parts: Part[] = [{ type: 'notice', content: `Skill ${asText(data['name']) ?? 'without a name'}` }];
  if (content !== undefined) parts.push({ type: 'text', content });
  return { role: 'user', parts, synthetic: true };
}
