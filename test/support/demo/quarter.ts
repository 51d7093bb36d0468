/** A quarter of invented work on a small shop, for the pictures of the dashboard: the same for the same seed and the same last day. */

import { typeOf, type DaybookRecord, type Family } from '../../../shared/record.ts';
import { seeded } from '../../server/durability/random.ts';

const workspaces = ['file:///home/ada/shop', 'file:///home/ada/warehouse'];
const files = ['src/basket.ts', 'src/checkout.ts', 'src/voucher.ts', 'src/prices.ts', 'test/basket.test.ts', 'src/list.ts', 'src/search.ts', 'README.md', 'src/theme.css', 'src/api/orders.ts'];
const commands = ['npm test', 'npm run build', 'git push', 'npx tsc --noEmit', 'docker compose up -d', 'npm run lint', 'node scripts/import.js'];
const tools = [['claude-code', 'claude-opus-5'], ['codex', 'gpt-6-codex'], ['copilot-chat', 'gpt-6-mini'], ['claude-code', 'claude-sonnet-5']] as const;
const dayMs = 86_400_000;

/** @param until milliseconds since 1970: nothing happens later @param days how many days before it */
export function quarter(until: number, days = 90, seed = 3): DaybookRecord[] {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  // What comes first in a list is what is met most.
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)] as T;
  const records: DaybookRecord[] = [];
  let serial = 0;
  const add = (family: Family, kind: string, time: number, data: object, more: Partial<DaybookRecord>): void => {
    records.push({ specversion: '1.0', id: `demo${serial++}`, source: 'lsp', type: typeOf(family, kind), time: new Date(time).toISOString(), data, ...more });
  };

  function coding(start: number, workspace: string): void {
    const common = { workspace, sessionid: `coding:${start}`, actor: 'user' };
    for (let time = start; time < start + 80 * 60_000; time += 60_000 + below(9 * 60_000)) {
      const file = pick(files);
      const roll = random();
      if (roll < 0.62) add('events', 'editor.edited', time, { uri: `${workspace}/${file}`, languageId: 'typescript', startedAt: new Date(time - 20_000).toISOString(), changes: 4 }, { ...common, subject: file });
      else if (roll < 0.92) command(time, common);
      else add('events', 'git.commit', time, { operation: 'commit', message: 'Round prices' }, { ...common, source: 'vscode', subject: 'Round prices' });
    }
  }

  function command(time: number, common: Partial<DaybookRecord>): void {
    const line = pick(commands);
    const isFailed = random() < 0.28;
    const durationMs = 800 + below(40_000);
    const data = { command: line, status: isFailed ? 'failed' : 'succeeded', exitCode: isFailed ? 1 : 0, startedAt: new Date(time - durationMs).toISOString(), durationMs };
    add('tool_executions', 'terminal.command', time, data, { ...common, source: 'vscode', subject: line });
    if (line !== 'npm test') return;
    const failed = isFailed ? 1 + below(6) : 0;
    add('events', 'test.run', time + 1, { runner: 'mocha', status: isFailed ? 'failed' : 'succeeded', passed: 60 - failed, failed, skipped: 1, tests: [] }, { ...common, source: 'vscode', subject: `${60 - failed} passed` });
  }

  function chat(start: number, workspace: string): void {
    const [source, model] = pick(tools);
    const session = `${source}:demo${start}`;
    const common = { source, sessionid: session, workspace };
    add('chats', 'session', start, { title: 'Voucher is checked twice', fidelity: 'full', format: 'demo' }, common);
    add('chats', 'message', start, { role: 'user', parts: [{ type: 'text', content: 'Why is the voucher checked twice?' }] }, { ...common, actor: 'user' });
    for (let turn = 0; turn < 3 + below(9); turn++) {
      const time = start + turn * (40_000 + below(90_000));
      const call = below(3) === 0 ? { name: 'Bash', arguments: { command: pick(commands) } } : { name: 'Edit', arguments: { file_path: `${workspace.slice(7)}/${pick(files)}` } };
      const usage = { inputTokens: 400 + below(4_000), cacheReadTokens: below(60_000), cacheWriteTokens: below(2_000), outputTokens: 200 + below(1_500) };
      add('chats', 'message', time, { role: 'assistant', model, responseId: `r${serial}`, usage, parts: [{ type: 'text', content: 'I look at it.' }, { type: 'tool_call', id: `t${serial}`, ...call }] }, { ...common, actor: `agent:${source}` });
      add('chats', 'message', time + 9_000, { role: 'tool', parts: [{ type: 'tool_call_response', id: `t${serial - 1}`, status: random() < 0.2 ? 'failed' : 'succeeded' }] }, { ...common, actor: `agent:${source}` });
    }
  }

  const midnight = new Date(until).setHours(0, 0, 0, 0);
  for (let ago = days - 1; ago >= 0; ago--) {
    const day = midnight - ago * dayMs;
    const isWeekend = [0, 6].includes(new Date(day).getDay());
    for (let block = 0; block < (isWeekend ? below(2) : 3 + below(3)); block++) {
      const start = day + (9 + below(9)) * 3_600_000 + below(3_600_000);
      coding(start, pick(workspaces));
      if (random() < 0.75) chat(start + below(3_600_000), pick(workspaces));
    }
  }
  return records.filter(({ time }) => Date.parse(time) <= until);
}
