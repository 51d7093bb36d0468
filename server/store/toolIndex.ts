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

/** A row, as far as figures follow from it. */
interface Row {
  readonly call: number;
  readonly isCalled: 0 | 1;
  readonly command: number | null;
  readonly workspace: number;
  readonly answered: number | null;
  /** Word. */
  readonly status: number | null;
}

export function openToolIndex(database: Sqlite, words: Words, statistics: Pick<StatisticsIndex, 'command' | 'changedRun'>): ToolIndex {
  const columns = 'call, name IS NOT NULL AS isCalled, command, workspace, answered, status';
  const select = database.prepare<[number, number], Row>(`SELECT ${columns} FROM tool_execution WHERE session = ? AND call = ?`);
  // The plus keeps the index over commands from leading.
  const selectCommands = database.prepare<[number], Row>(`SELECT ${columns} FROM tool_execution WHERE session = ? AND +command IS NOT NULL`);
  const called = database.prepare(`
    INSERT INTO tool_execution (session, call, name, called, command, workspace) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET name = excluded.name, called = excluded.called, command = excluded.command, workspace = excluded.workspace`);
  const answered = database.prepare(`
    INSERT INTO tool_execution (session, call, status, exit_code, answered) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (session, call) DO UPDATE SET status = excluded.status, exit_code = excluded.exit_code, answered = excluded.answered`);
  const put = database.prepare(`
    REPLACE INTO tool_execution (session, call, name, status, exit_code, called, answered, command, workspace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const uncall = database.prepare('UPDATE tool_execution SET name = NULL, command = NULL WHERE session = ? AND call = ?');
  const clear = database.prepare('DELETE FROM tool_execution WHERE session = ?');

  /** Only what ended in one of two ways is counted: what was denied or cancelled says nothing of the command. */
  function run({ call, command, workspace, answered: time, status }: Row): CommandRun | undefined {
    if (command === null || time === null || status === null) return undefined;
    const word = words.text(status);
    return word === 'failed' || word === 'succeeded' ? { command, workspace, answered: time, call, failed: word === 'failed' } : undefined;
  }

  function changed(before: Row, after: Row): void {
    statistics.changedRun(run(before), run(after));
  }

  const rowOf = (session: number, call: number): Row => select.get(session, call) ?? { call, isCalled: 0, command: null, workspace: 0, answered: null, status: null };

  return {
    addMessage(session, record, message) {
      const time = Date.parse(record.time);
      let added = 0;
      for (const { part, call } of toolParts(message)) {
        const before = rowOf(session, call);
        if (part.type === 'tool_call') {
          const after: Row = { ...before, command: statistics.command(commandOf(part.arguments)), workspace: words.id(record.workspace) ?? 0 };
          if (before.isCalled === 0) added++;
          called.run(session, call, words.id(text(part.name) ?? 'unknown'), time, after.command, after.workspace);
          changed(before, after);
        } else {
          const after: Row = { ...before, status: words.id(text(part.status) ?? undefined), answered: time };
          answered.run(session, call, after.status, whole(part.exitCode), time);
          changed(before, after);
        }
      }
      return added;
    },
    removeMessage(session, message) {
      let removed = 0;
      for (const { part, call } of toolParts(message)) {
        const before = part.type === 'tool_call' ? rowOf(session, call) : undefined;
        if (before?.isCalled !== 1) continue;
        uncall.run(session, call);
        changed(before, { ...before, command: null });
        removed++;
      }
      return removed;
    },
    addCommand(session, record) {
      const { command, startedAt, status, exitCode } = fields<TerminalCommand>(record);
      const call = hash48(record.id);
      const before = select.get(session, call);
      const after: Row = {
        call, isCalled: 1, command: statistics.command(commandLine(text(command) ?? '')), workspace: words.id(record.workspace) ?? 0,
        answered: moment(record.time), status: words.id(text(status) ?? undefined),
      };
      put.run(session, call, words.id('terminal'), after.status, whole(exitCode), moment(startedAt), after.answered, after.command, after.workspace);
      changed(before ?? { ...after, command: null }, after);
      return before ? 0 : 1;
    },
    clear(session) {
      for (const row of selectCommands.all(session)) changed(row, { ...row, command: null });
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
