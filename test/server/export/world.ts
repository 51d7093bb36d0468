/** A real record to take out: the fixtures of all tools, and generated work with everything that formats stumble over. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import type { DaybookRecord, ShortRecord } from '../../../shared/record.ts';
import type { ChatMessage, Part } from '../../../shared/session.ts';
import { openCore } from '../../support/core.ts';
import { seeded } from '../durability/random.ts';

export const fixtures = join(import.meta.dirname, '../../fixtures');

export interface World {
  readonly folder: string;
  readonly core: Core;
  /** All records that count, oldest first. */
  records(): readonly DaybookRecord[];
  close(): Promise<void>;
}

/** Opens an empty record in a folder of its own, with what `fill` puts in. */
export async function openWorld(fill: (core: Core) => Promise<unknown>): Promise<World> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'daybook-test-')));
  const core = openCore(join(folder, 'data'), folder);
  await fill(core);
  return {
    folder,
    core,
    records: () => core.latest(-8.64e15, 10_000_000).records.toReversed(),
    async close() {
      await core.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What breaks careless formats: markup, formulas, quotes, line breaks, control characters, other scripts, half a pair of surrogates. */
export const hostile = [
  '<script>document.title="owned"</script><img src=x onerror="document.title=1">', '=cmd|\'/c calc\'!A1', '+1', '-1', '@SUM(1)', '"quoted", and\r\nbroken',
  '\u001b[31mred\u001b[0m \u0000 \u0007', '\u202eevil', 'Прощай, 世界 👩‍👩‍👧', '\ud83d', '</details></pre></article>', ' leading and trailing ', '```\n~~~\n# no title', '',
];

const times = { start: Date.UTC(2026, 10, 18, 22), step: 11_000 };

/** Some thousand records of three days: sessions with tools, forks, rewinds and reminders among edits, commands and tasks. */
export function generated(count: number): ShortRecord[] {
  const random = seeded(11);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, at): ShortRecord => {
    const time = new Date(times.start + (at % 5 === 4 ? at - 1 : at) * times.step).toISOString(); // messages come two at a time
    const common = { time, id: `made:${at}`, session: `code:${Math.floor(at / 400)}`, workspace: 'file:///home/ada/app', subject: pick(hostile).toWellFormed() || 'src/a.ts' };
    switch (at % 5) {
      case 0:
        return { ...common, family: 'events', kind: 'editor.edited', actor: 'user', data: { uri: 'file:///home/ada/app/src/a.ts', languageId: 'typescript', startedAt: time, changes: at, diff: pick(hostile) } };
      case 1:
        return { ...common, family: 'tool_executions', kind: 'terminal.command', data: { command: `echo ${pick(hostile)}`, status: 'succeeded', exitCode: 0, startedAt: time, durationMs: 5, output: pick(hostile) } };
      case 2:
        return { ...common, family: 'tasks', kind: 'build', data: { state: 'running', nested: { list: [1, null, { deep: pick(hostile) }] } } };
      default:
        return chat(at, time, pick);
    }
  });
}

const perChat = 120;

/** A message of a conversation: question, call, answer, reply; some replayed, taken back, or put in by the tool. */
function chat(at: number, time: string, pick: <T>(list: readonly T[]) => T): ShortRecord {
  const turn = Math.floor(at / 20);
  const words = `${pick(hostile)} number ${at}`;
  const step = ([3, 4, 8, 9, 13, 14, 18, 19] as const).indexOf((at % 20) as 3) % 8;
  const call = `call-${turn}`;
  const message: Pick<ChatMessage, 'role'> & { parts: readonly Part[] } & Partial<ChatMessage> = [
    { role: 'user' as const, parts: [{ type: 'text' as const, content: `Question ${words}` }] },
    { role: 'user' as const, synthetic: true as const, parts: [{ type: 'text' as const, content: `Reminder ${words}` }] },
    { role: 'assistant' as const, responseId: `r-${turn}`, parts: [{ type: 'reasoning' as const, content: `Hm ${words}` }, { type: 'text' as const, content: 'Let me look.' }] },
    { role: 'assistant' as const, responseId: `r-${turn}`, parts: [{ type: 'tool_call' as const, id: call, name: 'mcp.run it', arguments: { command: words, times: at } }] },
    { role: 'tool' as const, parts: [{ type: 'tool_call_response' as const, id: call, status: at % 3 === 0 ? 'failed' as const : 'succeeded' as const, response: words }] },
    { role: 'assistant' as const, parts: [{ type: 'tool_call' as const, id: `open-${turn}`, name: 'never_answered', arguments: 'text' }] },
    { role: 'user' as const, superseded: true as const, parts: [{ type: 'text' as const, content: `Never mind ${words}` }] },
    { role: 'assistant' as const, model: 'claude-x', finishReason: 'stop', usage: { inputTokens: 5, cacheReadTokens: 7, outputTokens: 3 }, parts: [{ type: 'text' as const, content: `Answer ${words}` }] },
  ][step] ?? { role: 'user', parts: [] };
  const isCopied = Math.floor(at / perChat) % 3 === 1 && at % perChat < 40;
  return {
    family: 'chats', kind: 'message', id: `made:${at}`, time, session: `made:chat-${Math.floor(at / perChat)}`, workspace: 'file:///home/ada/app',
    data: { ...message, ...(isCopied && { copied: true }) },
  };
}
