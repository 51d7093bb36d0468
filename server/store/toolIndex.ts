/** The table of tool executions: terminal commands, and the tool calls of agents joined with their answers, in whatever order they come. */

import type { DaybookRecord, TerminalCommand } from '../../shared/record.ts';
import type { ChatMessage } from '../../shared/session.ts';
import { commandLine, commandOf } from './commandLine.ts';
import type { Sqlite } from './database.ts';
import { hash48 } from './key.ts';
import { fields, moment, text, whole } from './payload.ts';
import type { CommandRun, StatisticsIndex } from './statisticsIndex.ts';
import type { Words } from './words.ts';

export interface ToolIndex {
  /** Returns how many executions became known. */
  addMessage(session: number, record: DaybookRecord, message: ChatMessage): number;
  /** Takes back the calls of a message; returns how many executions there are less. */
  removeMessage(session: number, message: ChatMessage): number;
  addCommand(session: number, record: DaybookRecord): number;
  clear(session: number): void;
}

interface RunRow {
  readonly call: number;
  readonly command: number;
  readonly workspace: number;
  readonly answered: number;
  readonly status: string;
}

export function openToolIndex(database: Sqlite, words: Words, statistics: Pick<StatisticsIndex, 'command' | 'changedRun'>): ToolIndex {
  const isCalled = database.prepare<[number, number], number>('SELECT name IS NOT NULL FROM tool_execution WHERE session = ? AND call = ?').pluck();
  const called = database.prepare(`
    INSERT INTO tool_execution (session, call, name, called, command, workspace) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET name = excluded.name, called = excluded.called, command = excluded.command, workspace = excluded.workspace`);
  const answered = database.prepare(`
    INSERT INTO tool_execution (session, call, status, exit_code, answered) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET status = excluded.status, exit_code = excluded.exit_code, answered = excluded.answered`);
  const put = database.prepare(`
    REPLACE INTO tool_execution (session, call, name, status, exit_code, called, answered, command, workspace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const uncall = database.prepare('UPDATE tool_execution SET name = NULL, command = NULL WHERE session = ? AND call = ? AND name IS NOT NULL');
  const clear = database.prepare('DELETE FROM tool_execution WHERE session = ?');
  // Only what ended in one of two ways is counted: what was denied or cancelled says nothing of the command.
  const ended = `SELECT t.call, t.command, t.workspace, t.answered, w.text AS status FROM tool_execution t JOIN word w ON w.id = t.status
    WHERE t.command IS NOT NULL AND t.answered IS NOT NULL AND w.text IN ('succeeded', 'failed') AND t.session = ?`;
  const oneRun = database.prepare<[number, number], RunRow>(`${ended} AND t.call = ?`);
  const runsOf = database.prepare<[number], RunRow>(ended);

  const run = (row: RunRow | undefined): CommandRun | undefined => row && { ...row, failed: row.status === 'failed' };

  /** Tells the figures of what `work` changes about a call. */
  function changing<T>(session: number, call: number, work: () => T): T {
    const before = run(oneRun.get(session, call));
    const result = work();
    statistics.changedRun(before, run(oneRun.get(session, call)));
    return result;
  }

  return {
    addMessage(session, record, message) {
      const time = Date.parse(record.time);
      let added = 0;
      for (const { part, call } of toolParts(message)) {
        changing(session, call, () => {
          if (part.type === 'tool_call') {
            if (!isCalled.get(session, call)) added++;
            called.run(session, call, words.id(text(part.name) ?? 'unknown'), time, statistics.command(commandOf(part.arguments)), words.id(record.workspace) ?? 0);
          } else answered.run(session, call, words.id(text(part.status) ?? undefined), whole(part.exitCode), time);
        });
      }
      return added;
    },
    removeMessage(session, message) {
      let removed = 0;
      for (const { part, call } of toolParts(message)) if (part.type === 'tool_call') removed += changing(session, call, () => uncall.run(session, call).changes);
      return removed;
    },
    addCommand(session, record) {
      const { command, startedAt, status, exitCode } = fields<TerminalCommand>(record);
      const call = hash48(record.id);
      const isNew = isCalled.get(session, call) === undefined;
      changing(session, call, () => put.run(
        session, call, words.id('terminal'), words.id(text(status) ?? undefined), whole(exitCode), moment(startedAt), moment(record.time),
        statistics.command(commandLine(text(command) ?? '')), words.id(record.workspace) ?? 0,
      ));
      return isNew ? 1 : 0;
    },
    clear(session) {
      for (const row of runsOf.all(session)) statistics.changedRun(run(row), undefined);
      clear.run(session);
    },
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
