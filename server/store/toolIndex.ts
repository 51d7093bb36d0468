/** The table of tool executions: terminal commands, and the tool calls of agents joined with their answers, in whatever order they come. */

import type { DaybookRecord, TerminalCommand } from '../../shared/record.ts';
import type { ChatMessage } from '../../shared/session.ts';
import type { Sqlite } from './database.ts';
import { hash48 } from './key.ts';
import { fields, moment, text, whole } from './payload.ts';
import type { Words } from './words.ts';

export interface ToolIndex {
  /**
   * @param time of the message, milliseconds since 1970
   * @returns how many executions became known
   */
  addMessage(session: number, time: number, message: ChatMessage): number;
  /** Takes back the calls of a message; returns how many executions there are less. */
  removeMessage(session: number, message: ChatMessage): number;
  addCommand(session: number, record: DaybookRecord): number;
  clear(session: number): void;
}

export function openToolIndex(database: Sqlite, words: Words): ToolIndex {
  const isCalled = database.prepare<[number, number], number>('SELECT name IS NOT NULL FROM tool_execution WHERE session = ? AND call = ?').pluck();
  const called = database.prepare(`
    INSERT INTO tool_execution (session, call, name, called) VALUES (?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET name = excluded.name, called = excluded.called`);
  const answered = database.prepare(`
    INSERT INTO tool_execution (session, call, status, exit_code, answered) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET status = excluded.status, exit_code = excluded.exit_code, answered = excluded.answered`);
  const put = database.prepare('REPLACE INTO tool_execution (session, call, name, status, exit_code, called, answered) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const uncall = database.prepare('UPDATE tool_execution SET name = NULL WHERE session = ? AND call = ? AND name IS NOT NULL');
  const clear = database.prepare('DELETE FROM tool_execution WHERE session = ?');

  return {
    addMessage(session, time, message) {
      let added = 0;
      for (const { part, call } of toolParts(message)) {
        if (part.type === 'tool_call') {
          if (!isCalled.get(session, call)) added++;
          called.run(session, call, words.id(text(part.name) ?? 'unknown'), time);
        } else answered.run(session, call, words.id(text(part.status) ?? undefined), whole(part.exitCode), time);
      }
      return added;
    },
    removeMessage(session, message) {
      let removed = 0;
      for (const { part, call } of toolParts(message)) if (part.type === 'tool_call') removed += uncall.run(session, call).changes;
      return removed;
    },
    addCommand(session, record) {
      const { startedAt, status, exitCode } = fields<TerminalCommand>(record);
      const call = hash48(record.id);
      const isNew = isCalled.get(session, call) === undefined;
      put.run(session, call, words.id('terminal'), words.id(text(status) ?? undefined), whole(exitCode), moment(startedAt), moment(record.time));
      return isNew ? 1 : 0;
    },
    clear: (session) => void clear.run(session),
  };
}

type ToolPart = Extract<ChatMessage['parts'][number], { readonly type: 'tool_call' | 'tool_call_response' }>;

/** The calls and answers of a message; none of what was replayed from elsewhere. */
function toolParts(message: ChatMessage): { readonly part: ToolPart; readonly call: number }[] {
  if (message.copied) return [];
  return message.parts.flatMap((part) => {
    const isTool = (part.type === 'tool_call' || part.type === 'tool_call_response') && typeof part.id === 'string';
    return isTool ? [{ part, call: hash48(part.id) }] : [];
  });
}
