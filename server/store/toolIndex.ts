/** The table of tool executions: terminal commands, and the tool calls of agents joined with their answers, in whatever order they come. */

import type { DaybookRecord, TerminalCommand } from '../../shared/record.ts';
import type { ChatMessage } from '../../shared/session.ts';
import type { Sqlite } from './database.ts';
import { fields, moment, text, whole } from './payload.ts';
import type { Words } from './words.ts';

export interface ToolIndex {
  /** @param time of the message, milliseconds since 1970 */
  addMessage(session: number, seq: number, time: number, message: ChatMessage): void;
  addCommand(session: number, seq: number, record: DaybookRecord): void;
}

export function openToolIndex(database: Sqlite, words: Words): ToolIndex {
  const called = database.prepare(`
    INSERT INTO tool_execution (session, call, name, started, called) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET name = excluded.name, started = excluded.started, called = excluded.called`);
  const answered = database.prepare(`
    INSERT INTO tool_execution (session, call, status, exit_code, ended, answered) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET
      status = excluded.status, exit_code = excluded.exit_code, ended = excluded.ended, answered = excluded.answered`);

  return {
    addMessage(session, seq, time, message) {
      if (message.copied) return;
      for (const part of message.parts) {
        if (!('id' in part) || typeof part.id !== 'string') continue;
        if (part.type === 'tool_call') called.run(session, part.id, words.id(text(part.name) ?? undefined), time, seq);
        else answered.run(session, part.id, text(part.status), whole(part.exitCode), time, seq);
      }
    },
    addCommand(session, seq, record) {
      const { startedAt, status, exitCode } = fields<TerminalCommand>(record);
      called.run(session, record.id, words.id('terminal'), moment(startedAt), seq);
      answered.run(session, record.id, text(status), whole(exitCode), moment(record.time), seq);
    },
  };
}
