/** For every format that is a file of lines or a document: a session of it, and what may be added to one. The table of the contract test. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures, places } from './home.ts';

export interface Example {
  readonly source: string;
  readonly format: string;
  /** Where the session lies, relative to the home folder. */
  readonly at: string;
  /** The session as the tool wrote it. */
  readonly text: string;
  /** The session with one more prompt. */
  readonly asking: (prompt: string) => string;
  /** The session with a record of a type that nobody knows, with the mark in it; undefined where the format has no types. */
  readonly withUnknown: ((mark: string) => string) | undefined;
  /** The session as a release to come would write it; undefined where the format names neither a version of its own nor of the tool. */
  readonly ofVersion: ((version: string) => string) | undefined;
}

interface Kind {
  readonly fixture: string;
  readonly prompt: (text: string) => unknown;
  readonly unknown?: (mark: string) => unknown;
  /** What stands in the place of a version. */
  readonly version?: RegExp;
}

const time = '2026-09-01T12:00:00.000Z';
const ms = Date.parse(time);
const claudeSession = '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022';
const rollout = 'codex/sessions/2026/03/02/rollout-2026-03-02T10-00-00-019cadc6-9a80-7a01-8b01-0000000000a1.jsonl';
const events = (fixture: string, version: RegExp): Kind => ({
  fixture,
  version,
  prompt: (content) => ({ type: 'user.message', data: { content }, id: 'asked', timestamp: time, parentId: null }),
  unknown: (mark) => ({ type: 'brand.new', data: { mark }, id: 'unknown', timestamp: time, parentId: null }),
});

/** Formats of lines: what is added is a line. */
const lines: Readonly<Record<string, Kind>> = {
  'claude-code claude-code-jsonl': {
    fixture: 'claude-code/projects/-home-ada-site/5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11.jsonl',
    version: /(?<="version":")[^"]+/g,
    prompt: (content) => ({
      type: 'user', uuid: 'asked', parentUuid: null, timestamp: time, sessionId: '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11', version: '2.1.90', message: { role: 'user', content },
    }),
    unknown: (mark) => ({ type: 'brand-new', uuid: 'unknown', timestamp: time, sessionId: '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11', mark }),
  },
  'codex codex-rollout': {
    fixture: rollout,
    version: /(?<="cli_version":")[^"]+/g,
    prompt: (message) => ({ timestamp: time, type: 'event_msg', payload: { type: 'user_message', message, images: [] } }),
    unknown: (mark) => ({ timestamp: time, type: 'brand_new', payload: { mark } }),
  },
  'codex codex-flat': {
    fixture: 'codex/sessions/2025/08/18/rollout-2025-08-18T03-16-13-c3c4b301-27c8-4c70-b6e4-46b99fdf0236.jsonl',
    prompt: (text) => ({ type: 'message', id: null, role: 'user', content: [{ type: 'input_text', text }] }),
    unknown: (mark) => ({ type: 'brand_new', mark }),
  },
  'copilot-chat copilot-chat-oplog': {
    fixture: 'copilot-chat/oplog.jsonl',
    version: /(?<="version":)3/g,
    prompt: (text) => ({ kind: 2, k: ['requests'], v: [request(text)] }),
    unknown: (mark) => ({ kind: 2, k: ['requests'], v: [{ ...request('?'), response: [{ value: 'Yes.' }, { kind: 'brandNew', mark }] }] }),
  },
  'copilot-chat copilot-chat-transcript': events('copilot-chat/transcript.jsonl', /(?<="version":)1/g),
  'copilot-cli copilot-cli-events': events('copilot-cli/session-state/7c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5/events.jsonl', /(?<="version":)1/g),
  'cursor cursor-transcript': {
    fixture: 'cursor/transcript.jsonl',
    prompt: (text) => ({ role: 'user', message: { content: [{ type: 'text', text: `<user_query>\n${text}\n</user_query>` }] } }),
    unknown: (mark) => ({ type: 'brand_new', mark }),
  },
  'gemini-cli gemini-cli-jsonl': {
    fixture: 'gemini-cli/tmp/site/chats/session-2026-03-02T09-00-5d0a1c52.jsonl',
    prompt: (text) => ({ id: 'asked', timestamp: time, type: 'user', content: [{ text }] }),
    unknown: (mark) => ({ id: 'unknown', timestamp: time, type: 'brand_new', content: mark }),
  },
  'kiro-cli kiro-cli-jsonl': {
    fixture: 'kiro-cli/sessions/cli/c0ffee00-1111-4222-8333-444455556666.jsonl',
    version: /(?<="version":"v)1/g,
    prompt: (data) => ({ version: 'v1', kind: 'Prompt', data: { message_id: 'asked', content: [{ kind: 'text', data }], meta: { timestamp: ms / 1_000 } } }),
    unknown: (mark) => ({ version: 'v1', kind: 'BrandNew', data: { mark } }),
  },
  'qwen-code qwen-code-jsonl': {
    fixture: 'qwen-code/projects/-home-ada-site/chats/8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022.jsonl',
    version: /(?<="version":")[^"]+/g,
    prompt: (text) => ({ type: 'user', uuid: 'asked', parentUuid: null, sessionId: claudeSession, timestamp: time, message: { role: 'user', parts: [{ text }] } }),
    unknown: (mark) => ({ type: 'brand_new', uuid: 'unknown', parentUuid: null, sessionId: claudeSession, timestamp: time, mark }),
  },
};

/** Documents: what is added is an element of the list that holds the conversation. */
const documents: Readonly<Record<string, Kind & { readonly list: string | undefined }>> = {
  'amp amp-thread-json': {
    fixture: 'amp/T-0197a2b3-1111-4222-8333-444455556666.json',
    list: 'messages',
    version: /(?<="v": )12/g,
    prompt: (text) => ({ role: 'user', messageId: 77, meta: { sentAt: ms }, content: [{ type: 'text', text }] }),
    unknown: (mark) => ({ role: 'brand-new', messageId: 78, content: [{ type: 'text', text: mark }] }),
  },
  'cline cline-session': {
    fixture: 'cline/1772442000000_abcde.messages.json',
    list: 'messages',
    version: /(?<="version": )1/g,
    prompt: (text) => ({ id: 'asked', role: 'user', ts: ms, content: [{ type: 'text', text: `<user_input mode="act">${text}</user_input>` }] }),
    unknown: (mark) => ({ id: 'unknown', role: 'brand-new', ts: ms, content: [{ type: 'text', text: mark }] }),
  },
  'cline cline-task': {
    fixture: 'cline/task.json',
    list: undefined,
    prompt: (text) => ({ role: 'user', ts: ms, content: [{ type: 'text', text: `<feedback>\n${text}\n</feedback>` }] }),
    unknown: (mark) => ({ role: 'brand-new', ts: ms, content: [{ type: 'text', text: mark }] }),
  },
  'continue continue-json': {
    fixture: 'continue/session.json',
    list: 'history',
    prompt: (content) => ({ message: { role: 'user', content }, contextItems: [] }),
    unknown: (mark) => ({ message: { role: 'brand-new', content: mark }, contextItems: [] }),
  },
  'copilot-chat copilot-chat-json': {
    fixture: 'copilot-chat/flat-v1.json',
    list: 'requests',
    prompt: request,
    unknown: (mark) => ({ ...request('?'), response: [{ value: 'Yes.' }, { kind: 'brandNew', mark }] }),
  },
  'copilot-chat copilot-chat-export': {
    fixture: 'copilot-chat/export.json',
    list: 'requests',
    prompt: request,
    unknown: (mark) => ({ ...request('?'), response: [{ value: 'Yes.' }, { kind: 'brandNew', mark }] }),
  },
  'copilot-cli copilot-cli-history': {
    fixture: 'copilot-cli/history-session-state/session_3b1c2d4e-0000-4000-8000-00000000c0de_1759957816398.json',
    list: 'chatMessages',
    prompt: (content) => ({ role: 'user', content }),
    unknown: (content) => ({ role: 'brand-new', content }),
  },
  'gemini-cli gemini-cli-json': {
    fixture: 'gemini-cli/tmp/98cead7489dd4249e1e4a47dc8426ccad3a6f2fed4dd2558ecc7ec1aa7984518/chats/session-2025-09-01T10-00-0b9f7d1e.json',
    list: 'messages',
    prompt: (content) => ({ id: 'asked', timestamp: time, type: 'user', content }),
    unknown: (content) => ({ id: 'unknown', timestamp: time, type: 'brand_new', content }),
  },
  'roo-code roo-code-task': {
    fixture: 'roo-code/task.json',
    list: undefined,
    prompt: (text) => ({ role: 'user', ts: ms, content: [{ type: 'text', text: `<user_message>\n${text}\n</user_message>` }] }),
    unknown: (mark) => ({ role: 'brand-new', ts: ms, content: [{ type: 'text', text: mark }] }),
  },
};

export const examples: readonly Example[] = [
  aiderExample(),
  ...Object.entries(lines).map(([name, kind]) => exampleOf(name, kind, (text, line) => `${text}${JSON.stringify(line)}\n`)),
  ...Object.entries(documents).map(([name, kind]) => exampleOf(name, kind, (text, item) => withItem(text, kind.list, item))),
];

function exampleOf(name: string, kind: Kind, add: (text: string, record: unknown) => string): Example {
  const [source = '', format = ''] = name.split(' ');
  const text = textOf(kind.fixture);
  const { unknown, version } = kind;
  return {
    source, format, text,
    at: placeOf(kind.fixture),
    asking: (prompt) => add(text, kind.prompt(prompt)),
    withUnknown: unknown && ((mark) => add(text, unknown(mark))),
    ofVersion: version && ((next) => text.replace(version, next)),
  };
}

/** Prose has no types: what Aider says is a remark of the tool, whatever it is. */
function aiderExample(): Example {
  const text = textOf('aider/history.md');
  return {
    source: 'aider', format: 'aider-markdown', at: placeOf('aider/history.md'), text,
    asking: (prompt) => `${text}\n#### ${prompt}  \n`,
    withUnknown: undefined,
    ofVersion: (version) => text.replace(/(?<=Aider v)\S+/, version),
  };
}

function request(text: string): object {
  return { requestId: `request_${text.length}`, timestamp: ms, message: { text }, variableData: { variables: [] }, response: [{ value: 'Yes.' }] };
}

function withItem(text: string, list: string | undefined, item: unknown): string {
  const document = JSON.parse(text) as unknown;
  const items = list === undefined ? document : (document as Record<string, unknown>)[list];
  if (!Array.isArray(items)) throw new Error(`There is no list ${list ?? ''}.`);
  items.push(item);
  return JSON.stringify(document);
}

function textOf(fixture: string): string {
  return readFileSync(join(fixtures, fixture), 'utf8');
}

/** Where `layHome` puts a fixture. */
function placeOf(fixture: string): string {
  const [from, at] = places.find(([each]) => fixture === each || fixture.startsWith(`${each}/`)) ?? [];
  if (from === undefined || at === undefined) throw new Error(`${fixture} has no place in the home folder.`);
  return `${at}${fixture.slice(from.length)}`;
}
