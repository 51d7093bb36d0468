/** Tools that write a line for each thing that happens. */

import { createHash } from 'node:crypto';
import { turnMs, type Session, type Turn } from './words.ts';

/** A file below the home folder. */
export interface HomeFile {
  readonly path: string;
  readonly text: string;
}

/** The files in which a tool keeps a session. */
export type Write = (session: Session) => readonly HomeFile[];

export const folder = '/home/ada/shop';

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
const jsonLines = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
/** The tools, the texts and the times of each turn, one after the other. */
const each = (session: Session, lines: (turn: Turn, at: (second: number) => string, index: number) => readonly object[]): object[] =>
  session.turns.flatMap((turn, index) => lines(turn, (second) => iso(session.start + index * turnMs + second * 1_000), index));

const claudeCode: Write = (session) => {
  const common = { sessionId: session.id, cwd: folder, version: '2.1.90', gitBranch: 'main', isSidechain: false, userType: 'external' };
  const lines = each(session, ({ ask, say, command, output }, at, index) => {
    const uuid = (letter: string): string => `${letter}${index}-${session.id}`;
    const message = { id: `msg_${session.number}_${index}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-6', usage: { input_tokens: 12, cache_read_input_tokens: 900, output_tokens: 96 } };
    const call = { type: 'tool_use', id: `toolu_${session.number}_${index}`, name: 'Bash', input: { command } };
    return [
      { ...common, uuid: uuid('u'), timestamp: at(0), type: 'user', message: { role: 'user', content: ask } },
      { ...common, uuid: uuid('a'), timestamp: at(1), type: 'assistant', message: { ...message, content: [{ type: 'text', text: say }] } },
      { ...common, uuid: uuid('b'), timestamp: at(2), type: 'assistant', message: { ...message, content: [call] } },
      { ...common, uuid: uuid('r'), timestamp: at(3), type: 'user', message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: output }] }, toolUseResult: { stdout: '' } },
    ];
  });
  return [{ path: `.claude/projects/-home-ada-shop/${session.id}.jsonl`, text: jsonLines(lines) }];
};

const codex: Write = (session) => {
  const [day] = iso(session.start).split('T');
  const meta = { timestamp: iso(session.start), type: 'session_meta', payload: { id: session.id, timestamp: iso(session.start), cwd: folder, originator: 'codex_cli_rs', cli_version: '0.130.0' } };
  const lines = each(session, ({ ask, say, command, output }, at, index) => [
    { timestamp: at(0), type: 'event_msg', payload: { type: 'user_message', message: ask, images: [] } },
    { timestamp: at(0), type: 'response_item', payload: { type: 'message', role: 'user', content: [{ type: 'input_text', text: ask }] } },
    { timestamp: at(1), type: 'response_item', payload: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: say }] } },
    { timestamp: at(2), type: 'response_item', payload: { type: 'function_call', name: 'shell', arguments: JSON.stringify({ command: ['bash', '-lc', command] }), call_id: `call_${index}` } },
    { timestamp: at(3), type: 'response_item', payload: { type: 'function_call_output', call_id: `call_${index}`, output } },
  ]);
  return [{ path: `.codex/sessions/${day?.replaceAll('-', '/')}/rollout-${iso(session.start).slice(0, 19).replaceAll(':', '-')}-${session.id}.jsonl`, text: jsonLines([meta, ...lines]) }];
};

const copilotCli: Write = (session) => {
  const begin = { type: 'session.start', id: 's', timestamp: iso(session.start), parentId: null, data: { sessionId: session.id, version: 1, producer: 'copilot-agent', copilotVersion: '1.0.78', startTime: iso(session.start), context: { cwd: folder } } };
  const lines = each(session, ({ ask, say, command, output }, at, index) => {
    const toolCallId = `tooluse_${index}`;
    return [
      { type: 'user.message', id: `u${index}`, timestamp: at(0), parentId: 's', data: { content: ask, attachments: [] } },
      { type: 'assistant.message', id: `a${index}`, timestamp: at(1), parentId: 's', data: { messageId: `k${index}`, content: say, toolRequests: [{ toolCallId, name: 'bash', arguments: { command } }] } },
      { type: 'tool.execution_start', id: `x${index}`, timestamp: at(2), parentId: 's', data: { toolCallId, toolName: 'bash', arguments: { command } } },
      { type: 'tool.execution_complete', id: `y${index}`, timestamp: at(3), parentId: 's', data: { toolCallId, success: true, result: { content: output } } },
    ];
  });
  return [{ path: `.copilot/session-state/${session.id}/events.jsonl`, text: jsonLines([begin, ...lines]) }];
};

const geminiCli: Write = (session) => {
  const head = { sessionId: session.id, projectHash: createHash('sha256').update(folder).digest('hex'), startTime: iso(session.start), lastUpdated: iso(session.start), kind: 'main' };
  const lines = each(session, ({ ask, say, command, output }, at, index) => {
    const call = { id: `run-${index}`, name: 'run_shell_command', args: { command }, status: 'success', timestamp: at(2), result: [{ functionResponse: { id: `run-${index}`, name: 'run_shell_command', response: { output } } }] };
    return [
      { id: `u${index}`, timestamp: at(0), type: 'user', content: [{ text: ask }] },
      { id: `g${index}`, timestamp: at(1), type: 'gemini', content: say, model: 'gemini-3-flash', tokens: { input: 1_000, output: 20, cached: 300, thoughts: 30, tool: 0, total: 1_050 }, toolCalls: [call] },
    ];
  });
  return [{ path: `.gemini/tmp/shop/chats/session-${iso(session.start).slice(0, 16).replace(':', '-')}-${String(session.number).padStart(8, '0')}.jsonl`, text: jsonLines([head, ...lines]) }];
};

const qwenCode: Write = (session) => {
  const common = { sessionId: session.id, cwd: folder, version: '0.18.1', gitBranch: 'main' };
  const lines = each(session, ({ ask, say, command, output }, at, index) => [
    { ...common, uuid: `u${index}`, parentUuid: index === 0 ? null : `t${index - 1}`, timestamp: at(0), type: 'user', message: { role: 'user', parts: [{ text: ask }] } },
    {
      ...common, uuid: `a${index}`, parentUuid: `u${index}`, timestamp: at(1), type: 'assistant', model: 'qwen3-coder',
      message: { role: 'model', parts: [{ text: say }, { functionCall: { id: `c${index}`, name: 'run_shell_command', args: { command } } }] },
    },
    {
      ...common, uuid: `t${index}`, parentUuid: `a${index}`, timestamp: at(3), type: 'tool_result',
      message: { role: 'user', parts: [{ functionResponse: { id: `c${index}`, name: 'run_shell_command', response: { output } } }] },
    },
  ]);
  return [{ path: `.qwen/projects/-home-ada-shop/chats/${session.id}.jsonl`, text: jsonLines(lines) }];
};

const kiroCli: Write = (session) => {
  const lines = session.turns.flatMap(({ ask, say, command, output }, index) => {
    const timestamp = Math.floor((session.start + index * turnMs) / 1_000);
    const toolUseId = `tooluse_${index}`;
    return [
      { version: 'v1', kind: 'Prompt', data: { message_id: `p${index}`, content: [{ kind: 'text', data: ask }], meta: { timestamp } } },
      { version: 'v1', kind: 'AssistantMessage', data: { message_id: `a${index}`, content: [{ kind: 'text', data: say }, { kind: 'toolUse', data: { toolUseId, name: 'shell', input: { command } } }] } },
      { version: 'v1', kind: 'ToolResults', data: { message_id: `r${index}`, content: [{ kind: 'toolResult', data: { toolUseId, content: [{ kind: 'text', data: output }], status: 'success' } }] } },
    ];
  });
  return [{ path: `.kiro/sessions/cli/${session.id}.jsonl`, text: jsonLines(lines) }];
};

/** VS Code writes what changed: the requests one by one, then each answer as it is complete. */
const copilotChat: Write = (session) => {
  const start = { version: 3, creationDate: session.start, responderUsername: 'GitHub Copilot', sessionId: session.id, requests: [], pendingRequests: [] };
  const operations = session.turns.flatMap(({ ask, say, command, output }, index) => {
    const timestamp = session.start + index * turnMs;
    const request = { requestId: `request_${index}`, timestamp, modelId: 'copilot/gpt-5-mini', message: { text: ask, parts: [] }, variableData: { variables: [] }, response: [] };
    const tool = {
      kind: 'toolInvocationSerialized', toolId: 'run_in_terminal', toolCallId: `call_${index}`, isComplete: true, isConfirmed: { type: 1 },
      toolSpecificData: { kind: 'terminal', language: 'sh', commandLine: { original: command }, terminalCommandOutput: { text: output }, terminalCommandState: { exitCode: 0 } },
    };
    return [
      { kind: 2, k: ['requests'], v: [request] },
      { kind: 2, k: ['requests', index, 'response'], v: [{ value: say }, tool] },
      { kind: 1, k: ['requests', index, 'modelState'], v: { value: 1, completedAt: timestamp + 9_000 } },
    ];
  });
  return [{ path: `.config/Code/User/workspaceStorage/3f9c1d7ab2/chatSessions/${session.id}.jsonl`, text: jsonLines([{ kind: 0, v: start }, ...operations]) }];
};

export const lineTools: Readonly<Record<string, Write>> = {
  'claude-code': claudeCode, codex, 'copilot-chat': copilotChat, 'copilot-cli': copilotCli, 'gemini-cli': geminiCli, 'kiro-cli': kiroCli, 'qwen-code': qwenCode,
};
