/** Sessions of three tools that grow line by line, as their tools write them. */

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface AgentSession {
  readonly name: string;
  /** Appends a prompt and a reply that hold the given words, and the last part of them only with what comes next: tools write when their buffer is full. */
  say(words: string): void;
  /** Appends what is left. */
  finish(): void;
}

type Line = (words: string, number: number, time: string) => readonly object[];

const workspace = '/w';

const claude = 'aaaaaaaa-1111-4222-8333-444455556661';
const codex = '019cadc6-9a80-7a01-8b01-0000000000d1';
const copilot = 'aaaaaaaa-1111-4222-8333-444455556663';

const tools: readonly { readonly name: string; readonly at: string; readonly head: readonly object[]; readonly lines: Line }[] = [
  {
    name: `claude-code:${claude}`, at: `.claude/projects/-w/${claude}.jsonl`, head: [],
    lines: (words, number, timestamp) => {
      const all = { timestamp, sessionId: claude, version: '2.1.90', cwd: workspace };
      return [
        { ...all, type: 'user', uuid: `u${number}`, parentUuid: number === 0 ? null : `a${number - 1}`, message: { role: 'user', content: `ask ${words}` } },
        {
          ...all, type: 'assistant', uuid: `a${number}`, parentUuid: `u${number}`, requestId: `r${number}`,
          message: { id: `m${number}`, role: 'assistant', model: 'm', content: [{ type: 'text', text: `answer ${words}` }], usage: { input_tokens: 5, output_tokens: 3 } },
        },
      ];
    },
  },
  {
    name: `codex:${codex}`, at: `.codex/sessions/2026/11/21/rollout-2026-11-21T10-00-00-${codex}.jsonl`,
    head: [{ timestamp: '2026-11-21T09:00:00.000Z', type: 'session_meta', payload: { id: codex, timestamp: '2026-11-21T09:00:00.000Z', cwd: workspace, originator: 'codex-tui', cli_version: '0.118.0', source: 'cli' } }],
    lines: (words, _number, timestamp) => [
      { timestamp, type: 'event_msg', payload: { type: 'user_message', message: `ask ${words}`, images: [] } },
      { timestamp, type: 'response_item', payload: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: `answer ${words}` }] } },
    ],
  },
  {
    name: `copilot-cli:${copilot}`, at: `.copilot/session-state/${copilot}/events.jsonl`,
    head: [{
      type: 'session.start', id: 's1', timestamp: '2026-11-21T09:00:00.000Z', parentId: null,
      data: { sessionId: copilot, version: 1, producer: 'copilot-agent', copilotVersion: '1.0.78', startTime: '2026-11-21T09:00:00.000Z', context: { cwd: workspace } },
    }],
    lines: (words, number, timestamp) => [
      { type: 'user.message', id: `u${number}`, timestamp, parentId: 's1', data: { content: `ask ${words}` } },
      { type: 'assistant.message', id: `a${number}`, timestamp, parentId: `u${number}`, data: { messageId: `m${number}`, model: 'm', content: `answer ${words}`, toolRequests: [] } },
    ],
  },
];

export function startSessions(home: string): AgentSession[] {
  return tools.map(({ name, at, head, lines }) => {
    const path = join(home, at);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, head.map((line) => `${JSON.stringify(line)}\n`).join(''));
    let number = 0;
    let rest = '';
    return {
      name,
      say(words) {
        const text = rest + lines(words, number++, new Date().toISOString()).map((line) => `${JSON.stringify(line)}\n`).join('');
        const cut = Math.floor(text.length * 0.7);
        appendFileSync(path, text.slice(0, cut));
        rest = text.slice(cut);
      },
      finish() {
        appendFileSync(path, rest);
        rest = '';
      },
    };
  });
}
