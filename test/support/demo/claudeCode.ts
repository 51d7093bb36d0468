/** Session files as Claude Code writes them, of invented work. */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What happens in a session, in order. */
export type Step =
  | { readonly ask: string }
  | { readonly say: string }
  | { readonly think: string }
  | { readonly use: string; readonly input: Readonly<Record<string, unknown>>; readonly output: string; readonly failed?: true; readonly ms?: number };

export interface DemoSession {
  /** UUID. */
  readonly id: string;
  readonly title: string;
  /** Minutes between its last step and now. */
  readonly minutesAgo: number;
  readonly steps: readonly Step[];
  /** The folder it works in, absolute path; an invented one when absent. */
  readonly cwd?: string;
}

const project = '/home/ada/shop';
const stepMs = 7_000;

/** Writes the session below `home` and returns its path; a second call for the same session begins it again. */
export async function writeSession(home: string, session: DemoSession): Promise<string> {
  const path = join(home, '.claude', 'projects', '-home-ada-shop', `${session.id}.jsonl`);
  const endedAt = Date.now() - session.minutesAgo * 60_000;
  const title = JSON.stringify({ type: 'ai-title', aiTitle: session.title, sessionId: session.id });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${linesOf(session, session.steps, endedAt)}${title}\n`);
  return path;
}

/** Adds steps, the last of which happens at `at`, milliseconds since 1970; now when absent. */
export function continueSession(path: string, session: DemoSession, steps: readonly Step[], at = Date.now()): Promise<void> {
  return appendFile(path, linesOf(session, steps, at, session.steps.length));
}

function linesOf({ id: sessionId, cwd = project }: DemoSession, steps: readonly Step[], endedAt: number, first = 0): string {
  const startedAt = endedAt - (steps.length - 1) * stepMs;
  return steps
    .flatMap((step, index) => stepLines(step, first + index, startedAt + index * stepMs))
    .map((line) => `${JSON.stringify({ ...common(sessionId, cwd), ...line })}\n`)
    .join('');
}

function common(sessionId: string, cwd: string): object {
  return { parentUuid: null, isSidechain: false, userType: 'external', cwd, sessionId, version: '2.1.90', gitBranch: 'main' };
}

function stepLines(step: Step, index: number, at: number): object[] {
  const uuid = (letter: string): { uuid: string; timestamp: string } => ({ uuid: `${letter}${index}`, timestamp: new Date(at).toISOString() });
  if ('ask' in step) return [{ ...uuid('u'), type: 'user', message: { role: 'user', content: step.ask } }];
  if ('say' in step) return [{ ...uuid('a'), ...reply(index, { type: 'text', text: step.say }, 'end_turn') }];
  if ('think' in step) return [{ ...uuid('a'), ...reply(index, { type: 'thinking', thinking: step.think, signature: '' }, null) }];
  const id = `toolu_${index}`;
  const later = { uuid: `r${index}`, timestamp: new Date(at + (step.ms ?? 40)).toISOString() };
  const result = { tool_use_id: id, type: 'tool_result', content: step.output, ...(step.failed && { is_error: true }) };
  return [
    { ...uuid('a'), ...reply(index, { type: 'tool_use', id, name: step.use, input: step.input }, 'tool_use') },
    { ...later, type: 'user', message: { role: 'user', content: [result] }, toolUseResult: step.ms === undefined ? step.output : { durationMs: step.ms } },
  ];
}

function reply(index: number, block: object, stopReason: string | null): object {
  const usage = { input_tokens: 12, cache_creation_input_tokens: 240, cache_read_input_tokens: 18_200, output_tokens: 96 };
  const message = { id: `msg_${index}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-6', content: [block], stop_reason: stopReason, usage };
  return { type: 'assistant', requestId: `req_${index}`, message };
}
