/** What is kept how long and what will go, in the person's language. */

import type { Family } from '../../shared/record.ts';
import type { RetentionPart, RetentionPlan, RetentionPolicy, RetentionPreview } from '../../shared/retention.ts';
import { size } from '../../shared/size.ts';
import { counted, type Translate } from './translate.ts';

/** `On 3 December 2026, 12,000 events older than 365 days will go (3.4 MB).` */
export function planText(t: Translate, { dueAt, parts, bytes }: RetentionPlan, policy: RetentionPolicy, locale?: string): string {
  return t('On {0}, {1} will go ({2}).', dateText(dueAt, locale), parts.map((part) => partText(t, part, policy)).join(', '), size(bytes));
}

/** `12,000 events older than 365 days` */
export function partText(t: Translate, { family, reason, records, chats }: RetentionPart, policy: RetentionPolicy): string {
  const what = countText(t, family, family === 'chats' ? chats : records);
  return reason === 'size' ? t('{0} beyond {1}', what, size(policy.maxBytes)) : t('{0} older than {1}', what, daysText(t, policy.days[family]));
}

function countText(t: Translate, family: Family, count: number): string {
  if (family === 'events') return counted(t, count, '1 event', '{0} events');
  if (family === 'tasks') return counted(t, count, '1 task', '{0} tasks');
  if (family === 'tool_executions') return counted(t, count, '1 tool execution', '{0} tool executions');
  return family === 'workflows' ? counted(t, count, '1 workflow record', '{0} workflow records') : counted(t, count, '1 chat', '{0} chats');
}

/** What the policy keeps. */
export function keptText(t: Translate, { days, maxBytes, graceDays }: RetentionPolicy): string {
  const names: Readonly<Record<Family, string>> = { events: t('Events'), tasks: t('Tasks'), tool_executions: t('Tool executions'), workflows: t('Workflows'), chats: t('Chats') };
  const limited = (Object.keys(names) as Family[]).filter((family) => days[family] > 0).map((family) => t('{0} are kept for {1}.', names[family], daysText(t, days[family])));
  return [
    ...limited, limited.length > 0 ? t('Everything else is kept for ever.') : t('Everything is kept for ever.'),
    ...(maxBytes > 0 ? [t('All of it may have {0}.', size(maxBytes))] : []), t('What goes waits for {0} first. Pinned sessions stay.', daysText(t, graceDays)),
  ].join(' ');
}

/** Undefined where the size is reached, or there is none. */
export function aboveText(t: Translate, { above }: RetentionPreview, { maxBytes }: RetentionPolicy): string | undefined {
  return above === undefined ? undefined : t('The record cannot become as small as {0}: {1} more are pinned, of the last week, or of what is kept for ever.', size(maxBytes), size(above));
}

export function dateText(time: string, locale?: string): string {
  return new Date(time).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

function daysText(t: Translate, days: number): string {
  return counted(t, days, '1 day', '{0} days');
}
