/** What is planned and how it went, in sentences. */

import type { Family } from '../../shared/record.ts';
import type { RetentionPart, RetentionPlan, RetentionPolicy, RetentionPreview, RetentionResult } from '../../shared/retention.ts';
import { size } from '../../shared/size.ts';

const names: Readonly<Record<Family, readonly [one: string, many: string]>> = {
  events: ['event', 'events'], tasks: ['task', 'tasks'], tool_executions: ['tool execution', 'tool executions'],
  workflows: ['workflow record', 'workflow records'], chats: ['chat', 'chats'],
};

/** `On 5 December 2026, 12,000 events older than 365 days will go (3.4 MB).` */
export function planSentence(plan: RetentionPlan, policy: RetentionPolicy): string {
  return `On ${dayText(plan.dueAt)}, ${partsText(plan.parts, policy)} will go (${size(plan.bytes)}).`;
}

export function partsText(parts: readonly RetentionPart[], policy: RetentionPolicy): string {
  const all = parts.map((part) => partText(part, policy));
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}` : all.join('');
}

export function partText({ family, reason, records, chats }: RetentionPart, policy: RetentionPolicy): string {
  const count = family === 'chats' ? chats : records;
  const [one, many] = names[family];
  const why = reason === 'age' ? `older than ${policy.days[family]} ${policy.days[family] === 1 ? 'day' : 'days'}` : `beyond ${size(policy.maxBytes)}`;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many} ${why}`;
}

/** Undefined where the size is reached. */
export function aboveSentence({ above }: RetentionPreview, { maxBytes, capTakesChats }: RetentionPolicy): string | undefined {
  if (above === undefined) return undefined;
  const chats = capTakesChats ? '' : ', and chats, which the setting daybook.retention.maxSizeTakesChats does not let go';
  return `The record cannot become as small as ${size(maxBytes)}: ${size(above)} more are pinned, of the last week, or needed for what stays${chats}.`;
}

export function resultSentence({ at, records, files, bytes, errors }: RetentionResult): string {
  const failed = errors.length > 0 ? ` ${errors.join(' ')}` : '';
  return `On ${dayText(at)}, ${records.toLocaleString('en')} ${records === 1 ? 'record' : 'records'} went: ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}, ${size(bytes)} of the journal.${failed}`;
}

export function policyText({ days, maxBytes, graceDays }: RetentionPolicy): string {
  const limited = (Object.keys(names) as Family[]).filter((family) => days[family] > 0).map((family) => `${names[family][1]} ${days[family]} days`);
  return [
    limited.length > 0 ? `Kept: ${limited.join(', ')}; everything else for ever.` : 'Kept: everything, for ever.',
    ...(maxBytes > 0 ? [`At most ${size(maxBytes)}.`] : []), `What goes waits ${graceDays} ${graceDays === 1 ? 'day' : 'days'}. Pinned sessions stay.`,
  ].join(' ');
}

function dayText(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
