/** Work as the quality set tells it: sessions of steps. A step with a name is one that a question looks for. */

import { typeOf, type DaybookRecord } from '../../../shared/record.ts';

export interface Story {
  /** Native id of the session. */
  readonly id: string;
  /** The tool that held it; `editor` is work without a tool. */
  readonly source: string;
  /** Last part of the folder. */
  readonly workspace: string;
  readonly title?: string;
  readonly daysAgo: number;
  readonly model?: string;
  readonly steps: readonly Step[];
}

export type Step = { readonly name?: string } & (
  | { readonly ask: string }
  | { readonly say: string }
  /** A tool of an agent with what it was given, and what it answered. */
  | { readonly use: string; readonly input: Readonly<Record<string, string>>; readonly output?: string; readonly failed?: boolean }
  | { readonly run: string; readonly exit?: number; readonly output?: string }
  | { readonly edit: string; readonly diff: string }
  | { readonly commit: string; readonly files: readonly string[] });

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The records of a story, in the order of time. @param now milliseconds since 1970 */
export function recordsOf(story: Story, now: number): DaybookRecord[] {
  const began = now - story.daysAgo * dayMs;
  const session = story.source === 'editor' ? `coding:${story.id}` : `${story.source}:${story.id}`;
  const common = { specversion: '1.0' as const, sessionid: session, workspace: `file:///home/ada/work/${story.workspace}` };
  const records: DaybookRecord[] = story.title === undefined ? [] : [{
    ...common, id: `${session}:session`, source: story.source, time: new Date(began).toISOString(), type: typeOf('chats', 'session'), actor: 'user',
    data: { title: story.title, titleSource: 'ai', fidelity: 'full', format: 'story' },
  }];
  for (const [at, step] of story.steps.entries()) {
    const time = new Date(began + (at + 1) * minuteMs).toISOString();
    const id = step.name ?? `${story.id}-${at}`;
    for (const part of partsOf(step, story, time, id)) records.push({ ...common, time, ...part });
  }
  return records;
}

type PartOfRecord = Pick<DaybookRecord, 'id' | 'source' | 'type' | 'actor' | 'subject' | 'data'>;

function partsOf(step: Step, { source, model, workspace }: Story, time: string, id: string): PartOfRecord[] {
  const message = (role: string, parts: readonly object[], suffix = '', more: object = {}): PartOfRecord => ({
    id: `${id}${suffix}`, source, type: typeOf('chats', 'message'), actor: role === 'user' ? 'user' : `agent:${source}`, data: { role, parts, ...more },
  });
  const answered = { ...(model !== undefined && { model }) };
  if ('ask' in step) return [message('user', [{ type: 'text', content: step.ask }])];
  if ('say' in step) return [message('assistant', [{ type: 'text', content: step.say }], '', answered)];
  if ('use' in step) {
    const call = message('assistant', [{ type: 'tool_call', id: `call-${id}`, name: step.use, arguments: step.input }], '', answered);
    const answer = { type: 'tool_call_response', id: `call-${id}`, status: step.failed ? 'failed' : 'succeeded', response: step.output, ...(step.failed && { exitCode: 1 }) };
    return step.output === undefined ? [call] : [call, message('tool', [answer], '-answer')];
  }
  if ('run' in step) {
    const { run: command, exit = 0, output = '' } = step;
    const data = { command, cwd: `/home/ada/work/${workspace}`, status: exit === 0 ? 'succeeded' : 'failed', exitCode: exit, startedAt: time, durationMs: 900, output, shell: 'bash' };
    return [{ id, source: 'vscode', type: typeOf('tool_executions', 'terminal.command'), actor: 'user', subject: command, data }];
  }
  if ('edit' in step) {
    const data = { uri: `file:///home/ada/work/${workspace}/${step.edit}`, languageId: 'typescript', changes: 3, startedAt: time, linesAdded: 1, linesRemoved: 1, diff: step.diff };
    return [{ id, source: 'lsp', type: typeOf('events', 'editor.edited'), actor: 'user', subject: step.edit, data }];
  }
  const data = { hash: 'c0ffee'.repeat(6), branch: 'main', message: step.commit, files: step.files };
  return [{ id, source: 'vscode', type: typeOf('events', 'git.commit'), actor: 'user', subject: 'git commit', data }];
}
