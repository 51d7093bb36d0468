/** Generated work, the same for the same seed: kinds and sizes as a day of development has them, with code and prose in it. */

import type { ShortRecord } from '../../shared/record.ts';
import { seeded } from '../server/durability/random.ts';

const words = [
  'session', 'token', 'render', 'the', 'test', 'fails', 'because', 'user', 'login', 'index', 'cache', 'please', 'fix', 'error', 'undefined', 'await',
  'return', 'const', 'getUserName', 'parseConfig', 'src/app.ts', 'server/store.ts', 'and', 'of', 'is', 'when', 'window', 'request', 'timeout', 'retry',
];
const commands = ['npm test', 'git status', 'git commit -m "wip"', 'npm run build', 'cargo check', 'pytest -x', 'ls -la'];

/** Payloads of about 250 bytes at the median, 5 % over 1 KB, 0.5 % over 16 KB. */
export function workload(count: number, seed = 7): ShortRecord[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const prose = (characters: number): string => {
    let text = '';
    while (text.length < characters) text += `${pick(words)} `;
    return text;
  };
  const size = (): number => {
    const roll = random();
    return roll < 0.005 ? 16_000 + random() * 16_000 : roll < 0.05 ? 1_000 + random() * 4_000 : 60 + random() * 300;
  };
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.UTC(2026, 10, 1) + index * 4_000).toISOString();
    const file = `src/module${Math.floor(random() * 200)}.ts`;
    const common = { time, session: `bench:${Math.floor(index / 500)}`, workspace: 'file:///work/app', subject: file };
    switch (index % 4) {
      case 0:
        return { ...common, family: 'events', kind: 'editor.edited', data: { uri: `file:///work/app/${file}`, languageId: 'typescript', changes: 7, startedAt: time, diff: prose(size()) } };
      case 1:
        return { ...common, family: 'events', kind: 'editor.saved', data: { uri: `file:///work/app/${file}`, languageId: 'typescript', lines: 120 } };
      case 2:
        return { ...common, family: 'tool_executions', kind: 'terminal.command', data: { command: pick(commands), status: 'succeeded', exitCode: 0, startedAt: time, durationMs: 900, output: prose(size()) } };
      default:
        return { ...common, family: 'chats', kind: 'message', session: `bench-chat:${Math.floor(index / 2_000)}`, data: { role: 'user', parts: [{ type: 'text', content: prose(size()) }] } };
    }
  });
}
