/** Events that a person was shown and that are neither words of theirs nor the model's. */

import type { ChatMessage } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asText, type JsonObject } from '../formats/json.ts';
import type { Line } from './format.ts';

type Outcome = NonNullable<ChatMessage['outcome']>;

/** The message of an event that tells the person something; undefined for all other events. */
export function noticeOf(line: Line): ChatMessage | undefined {
  if (line.type !== 'event_msg') return undefined;
  const value = line.item ?? line.payload;
  switch (line.item ? line.nativeType : line.kind) {
    case 'error': return notice(messageOf(value), 'failed');
    case 'warning': case 'stream_error': case 'undo_completed': case 'deprecation_notice': return notice(messageOf(value));
    case 'turn_aborted': return notice(`Turn aborted: ${asText(value['reason']) ?? 'interrupted'}`, 'cancelled');
    case 'task_complete': case 'turn_complete': return notice(messageOf(asObject(value['error'])), 'failed');
    case 'entered_review_mode': case 'event_msg/item_completed/EnteredReviewMode': return notice(`Review started: ${aim(value)}`);
    case 'exited_review_mode': case 'event_msg/item_completed/ExitedReviewMode': return notice(review(value));
    default: return undefined;
  }
}

function notice(content: string | undefined, outcome?: Outcome): ChatMessage | undefined {
  if (content === undefined) return undefined;
  return { role: 'system', parts: [{ type: 'notice', content }], synthetic: true, ...present('outcome', outcome) };
}

function messageOf(value: JsonObject | undefined): string | undefined {
  return asText(value?.['message']);
}

function aim(value: JsonObject): string {
  return asText(value['user_facing_hint']) ?? asText(value['prompt']) ?? asText(value['review']) ?? 'changes';
}

function review(value: JsonObject): string {
  const output = asObject(value['review_output']) ?? {};
  const findings = (asArray(output['findings']) ?? []).map(asObject).map((finding) => {
    return [asText(finding?.['title']), asText(finding?.['body'])].filter((text) => text !== undefined).join('\n');
  });
  const verdict = asText(output['overall_explanation']) ?? asText(value['review']) ?? 'Review ended.';
  return [verdict, ...findings.filter((text) => text !== '')].join('\n\n');
}
