/** Sessions that tests make, record by record. */

import { sessionView, type SessionView } from '../../../../server/query/document/view.ts';
import { sessionDocument } from '../../../../server/query/sessionDocument.ts';
import type { DaybookRecord } from '../../../../shared/record.ts';
import type { ChatMessage, Part } from '../../../../shared/session.ts';
import type { Block, ToolBlock } from '../../../../shared/sessionView.ts';

export const summary = {
  id: 'tool:1', kind: 'chat', source: 'tool', title: 'T', workspace: null, startedAt: '2026-11-20T10:00:00.000Z', endedAt: '2026-11-20T10:00:09.000Z', turns: 0, prompts: 0, replies: 0, toolExecutions: 0, usage: {},
} as const;

/** Messages by role and parts; a second one has the id `r1`, and so on. */
export type Said = readonly [role: ChatMessage['role'], parts: readonly Part[], more?: Partial<ChatMessage>];

export function viewOf(...said: readonly Said[]): SessionView {
  return viewOfRecords(said.map(([role, parts, more], at) => recordOf(`r${at}`, 'chat.message', { role, parts, ...more }, at)));
}

export function viewOfRecords(records: readonly DaybookRecord[]): SessionView {
  return sessionView(sessionDocument(summary, records));
}

export function recordOf(id: string, type: string, data: unknown, seconds = 0, more: Partial<DaybookRecord> = {}): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 20, 10) + seconds * 1_000).toISOString();
  return { specversion: '1.0', id, source: 'tool', type: `dev.daybook.${type}`, time, sessionid: 'tool:1', data, ...more };
}

export const text = (content: string): Part => ({ type: 'text', content });
export const call = (id: string, name: string, input?: unknown): Part => ({ type: 'tool_call', id, name, arguments: input });

export function blocksOf(view: SessionView): readonly Block[] {
  return view.items(0, 1_000).items.flatMap(({ blocks }) => blocks);
}

export function toolsOf(view: SessionView): readonly ToolBlock[] {
  return blocksOf(view).filter((block) => block.type === 'tool');
}
