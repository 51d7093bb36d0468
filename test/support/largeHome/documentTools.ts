/** Tools that write a whole session anew each time, as one document. */

import { folder, type HomeFile, type Write } from './lineTools.ts';
import { turnMs, type Session } from './words.ts';

const amp: Write = (session) => {
  const messages = session.turns.flatMap(({ ask, say, command, output }, index) => [
    { role: 'user', messageId: index * 3, meta: { sentAt: session.start + index * turnMs }, content: [{ type: 'text', text: ask }] },
    {
      role: 'assistant', messageId: index * 3 + 1, state: { type: 'complete', stopReason: 'tool_use' },
      content: [{ type: 'text', text: say }, { type: 'tool_use', complete: true, id: `toolu_${index}`, name: 'Bash', input: { cmd: command, cwd: folder } }],
    },
    { role: 'user', messageId: index * 3 + 2, content: [{ type: 'tool_result', toolUseID: `toolu_${index}`, run: { status: 'done', result: { output, exitCode: 0 } } }] },
  ]);
  return [document(`.local/share/amp/threads/T-${session.id}.json`, { v: 12, id: `T-${session.id}`, created: session.start, title: 'A thread', messages })];
};

const continued: Write = (session) => {
  const history = session.turns.flatMap(({ ask, say, command, output }, index) => {
    const call = { id: `call_${index}`, type: 'function', function: { name: 'run_terminal_command', arguments: JSON.stringify({ command }) } };
    return [
      { message: { role: 'user', content: [{ type: 'text', text: ask }] }, contextItems: [] },
      {
        message: { role: 'assistant', content: say, toolCalls: [call] }, contextItems: [],
        toolCallStates: [{ toolCallId: call.id, toolCall: call, status: 'done', output: [{ name: 'Terminal', content: output }] }],
      },
    ];
  });
  return [document(`.continue/sessions/${session.id}.json`, { sessionId: session.id, title: 'A session', workspaceDirectory: `file://${folder}`, history })];
};

const cline: Write = (session) => {
  const id = `${session.start}_${String(session.number).padStart(5, '0')}`;
  const messages = session.turns.flatMap(({ ask, say, command, output }, index) => {
    const ts = session.start + index * turnMs;
    const call = `toolu_${index}`;
    return [
      { id: `u${index}`, role: 'user', ts, content: [{ type: 'text', text: `<user_input mode="act">${ask}</user_input>` }] },
      { id: `a${index}`, role: 'assistant', ts: ts + 1_000, content: [{ type: 'text', text: say }, { type: 'tool_use', id: call, name: 'run_commands', input: { commands: [command] } }], modelInfo: { id: 'claude', provider: 'cline' } },
      { id: `r${index}_tool_${call}`, role: 'user', ts: ts + 3_000, content: [{ type: 'tool_result', tool_use_id: call, content: output }] },
    ];
  });
  return [document(`.cline/data/sessions/${id}/${id}.messages.json`, { version: 1, updated_at: new Date(session.start).toISOString(), agent: 'lead', sessionId: id, messages })];
};

const rooCode: Write = (session) => {
  const entries = session.turns.flatMap(({ ask, say, command, output }, index) => {
    const ts = session.start + index * turnMs;
    return [
      { role: 'user', ts, content: [{ type: 'text', text: `<user_message>\n${ask}\n</user_message>` }] },
      { role: 'assistant', ts: ts + 1_000, content: [{ type: 'text', text: say }, { type: 'tool_use', id: `toolu_${index}`, name: 'execute_command', input: { command } }] },
      { role: 'user', ts: ts + 3_000, content: [{ type: 'tool_result', tool_use_id: `toolu_${index}`, content: `Command executed. Exit code: 0\nOutput:\n${output}` }] },
    ];
  });
  return [document(`.config/Code/User/globalStorage/rooveterinaryinc.roo-cline/tasks/${session.id}/api_conversation_history.json`, entries)];
};

/** All sessions of Aider are one file. */
export function aiderHistory(sessions: readonly Session[]): HomeFile {
  const text = sessions.map(({ start, turns }) => {
    const time = new Date(start).toISOString().slice(0, 19).replace('T', ' ');
    const said = turns.map(({ ask, say, output }) => `#### ${ask.replaceAll('\n', ' ')}  \n\n${quietly(say)}\n\n${quietly(output)}\n\n> Tokens: 12k sent, 1.2k received.  \n`);
    return `\n# aider chat started at ${time}\n\n> Aider v0.86.2  \n> Main model: anthropic/claude-sonnet-4 with diff edit format, infinite output  \n\n${said.join('\n')}`;
  });
  return { path: '.aider.chat.history.md', text: text.join('') };
}

/** Without lines that would mean something to the reader of the history. */
function quietly(text: string): string {
  return text.replace(/^[#>]/gm, '.');
}

function document(path: string, value: object): HomeFile {
  return { path, text: JSON.stringify(value) };
}

export const documentTools: Readonly<Record<string, Write>> = { amp, cline, continue: continued, 'roo-code': rooCode };
