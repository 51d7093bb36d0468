/** Work whose outcome can be told from the record: what failed and was put right, what was taken back, what was edited until it passed. */

import type { ShortRecord } from '../../../shared/record.ts';
import type { ChatMessage, Part, ToolStatus } from '../../../shared/session.ts';

const start = Date.UTC(2026, 10, 19, 9);
const time = (second: number): string => new Date(start + second * 1_000).toISOString();

/** A conversation of the messages given, a second each. */
export function chat(session: string, messages: readonly (Partial<ChatMessage> & Pick<ChatMessage, 'role' | 'parts'>)[]): ShortRecord[] {
  return messages.map((data, at) => ({ family: 'chats', kind: 'message', id: `${session}/${at}`, session: `proven:${session}`, time: time(at), data }));
}

const text = (content: string): { parts: Part[] } => ({ parts: [{ type: 'text', content }] });
export const ask = (content: string, more: Partial<ChatMessage> = {}): ChatMessage => ({ role: 'user', ...text(content), ...more });
export const reply = (content: string, more: Partial<ChatMessage> = {}): ChatMessage => ({ role: 'assistant', ...text(content), ...more });
/** A call with its answer. */
export const use = (id: string, name: string, input: unknown, status: ToolStatus, more: Partial<ChatMessage> = {}): ChatMessage[] => [
  { role: 'assistant', parts: [{ type: 'tool_call', id, name, arguments: input }], ...more },
  { role: 'tool', parts: [{ type: 'tool_call_response', id, status, response: `${name} ${status}` }], ...more },
];

export const diff = [
  '--- src/login.ts', '+++ src/login.ts', '@@ -3,7 +3,8 @@', ' export function login(name: string) {', '   const user = find(name);', '   const token = make(user);',
  "-  return token;", '+  if (!user) return undefined;', '+  return token.value;', ' }', ' ', ' export const again = login;', '',
].join('\n');

const file = { uri: 'file:///home/ada/app/src/login.ts', languageId: 'typescript' };
const common = { session: 'proven:code', workspace: 'file:///home/ada/app' };
const command = (id: string, second: number, line: string, status: string, cwd = '/home/ada/app'): ShortRecord => ({
  ...common, id, family: 'tool_executions', kind: 'terminal.command', time: time(second), actor: 'user', subject: line,
  data: { command: line, cwd, status, exitCode: status === 'failed' ? 1 : 0, startedAt: time(second), durationMs: 10, output: `${line} ${status}` },
});
const edited = (id: string, second: number, data: object): ShortRecord => ({
  ...common, id, family: 'events', kind: 'editor.edited', time: time(second), actor: 'user', subject: 'src/login.ts', data: { ...file, startedAt: time(second - 1), changes: 2, ...data },
});

const app = 'file:///home/ada/app';
const inApp = (record: ShortRecord): ShortRecord => ({ ...record, workspace: app });
/** A record of the editor or a terminal, some seconds after the first. */
const seen = (id: string, second: number, family: 'events' | 'tool_executions', kind: string, data: object): ShortRecord =>
  ({ family, kind, id: `seen/${id}`, session: 'proven:seen', workspace: app, time: time(second), data });
const burst = (id: string, second: number, name: string, ...lines: readonly string[]): ShortRecord =>
  seen(id, second, 'events', 'editor.edited', { uri: `${app}/${name}`, languageId: 'typescript', startedAt: time(second), changes: 1, diff: ['--- a', '+++ b', '@@ -1,1 +1,1 @@', ...lines, ''].join('\n') });
const edit = (id: string, name: string, before: string, after: string): ChatMessage[] => use(id, 'Edit', { file_path: `/home/ada/app/${name}`, old_string: before, new_string: after }, 'succeeded');

/** An agent edits four files: one is kept and tested, one is changed, one is taken out again and edited anew, one is restored. */
const outcomes: readonly ShortRecord[] = [
  ...chat('outcomes', [
    ask('Round the prices'), ...edit('k', 'kept.ts', 'return price;', 'return round(price);'), reply('Done.'),
    ask('And the others'), ...edit('l', 'changed.ts', '', 'const cents = 100;\nconst euros = 1;'), ...edit('m', 'back.ts', 'let total = 0;', 'let total = 1;'), ...edit('n', 'restored.ts', 'a();', 'bee();'), reply('Done, too.'),
    ask('Not like that'), ...edit('o', 'back.ts', 'let total = 0;', 'let total = sum(all);'), reply('So?'),
  ]).map(inApp),
  burst('echo', 3, 'kept.ts', '-return price;', '+return round(price);'),
  seen('test', 4, 'events', 'test.run', { runner: 'mocha', parent: 'x', status: 'succeeded', passed: 3, failed: 0, skipped: 0, tests: [] }),
  burst('change', 20, 'changed.ts', '-const euros = 1;', '+const euros = 2;'),
  burst('back', 10.5, 'back.ts', '-let total = 1;', '+let total = 0;'),
  seen('restore', 40, 'tool_executions', 'terminal.command', { command: 'git restore restored.ts', cwd: '/home/ada/app', status: 'succeeded', exitCode: 0, startedAt: time(40), durationMs: 9 }),
  seen('failing', 50, 'events', 'test.run', { runner: 'mocha', parent: 'y', status: 'failed', passed: 2, failed: 1, skipped: 0, tests: [] }),
  seen('commit', 60, 'events', 'git.commit', { repository: app, operation: 'commit', hash: 'abc', files: { count: 1, names: ['back.ts'] } }),
  seen('witness', 16 * 60, 'events', 'window.focused', { focused: true }),
];

export const proven: readonly ShortRecord[] = [
  ...chat('calls', [
    ask('Rename the port'), ...use('a', 'Edit', { file_path: '/a.ts', old_string: 'prot' }, 'failed'), ...use('b', 'Read', { file_path: '/a.ts' }, 'succeeded'),
    ...use('c', 'Edit', { file_path: '/a.ts', old_string: 'port' }, 'succeeded'), reply('Renamed.'),
    ask('Now test it'), ...use('d', 'Bash', { command: 'npm test -- --all' }, 'denied'), ask('Only this file'), ...use('e', 'Bash', { command: 'npm test a' }, 'succeeded'), reply('It passes.'),
  ]),
  ...chat('rewind', [ask('Why?', { superseded: true }), reply('No idea.', { superseded: true }), ask('Why?'), reply('Because of the cache.')]),
  ...chat('fixed', [
    ask('Make it pass'), ...use('f', 'Bash', { command: 'npm test' }, 'failed'), ...use('g', 'Edit', { file_path: '/b.ts', old_string: 'x' }, 'succeeded'),
    ...use('h', 'Bash', { command: 'npm test' }, 'succeeded'), reply('It passes now.'),
  ]),
  ...outcomes,
  command('code/1', 1, 'npm test', 'failed'), edited('code/2', 3, { diff, linesAdded: 2, linesRemoved: 1, ranges: [{ start: 6, end: 7 }] }), edited('code/3', 5, { diffOmitted: 'no-visible-change' }),
  command('code/4', 6, 'npm test', 'succeeded', '/elsewhere'), command('code/5', 7, 'npm test', 'succeeded'),
];
