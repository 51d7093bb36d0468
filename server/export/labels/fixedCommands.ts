/** Commands that failed, and succeeded after an edit or another command: whether a person or an agent ran them, in a coding session or in a chat. */

import type { EditorEdited, TerminalCommand } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { Step } from '../conversation.ts';
import { editing } from './agentEdits.ts';
import { commandOf, hasFailed, hasSucceeded, madeCalls, messageParts } from './calls.ts';
import type { Label } from './label.ts';

type Event =
  | { readonly kind: 'edit'; readonly records: readonly string[] }
  | { readonly kind: 'failed' | 'succeeded'; readonly records: readonly string[]; readonly command: string; readonly line: string };

/** Programs that only show something: they fix nothing. */
const showing = /^(?:ls|dir|cat|bat|type|pwd|cd|echo|printf|grep|rg|head|tail|less|more|find|which|where|wc|diff|man|history|clear|env|git\s+(?:status|log|diff|show|branch|blame))(?:\s|$)/;

/** @param steps of the document, without what was taken back */
export function fixedCommands(document: SessionDocument, steps: readonly Step[]): Label[] {
  const open = new Map<string, { readonly records: readonly string[]; readonly edits: string[]; readonly commands: string[] }>();
  const labels: Label[] = [];
  for (const event of eventsOf(document, steps)) {
    if (event.kind === 'edit') {
      for (const failure of open.values()) failure.edits.push(...event.records);
    } else if (event.kind === 'failed') {
      open.set(event.command, { records: event.records, edits: [], commands: [] });
    } else {
      const failure = open.get(event.command);
      open.delete(event.command);
      if (failure && failure.edits.length > 0) labels.push({ kind: 'command-fixed', records: [...failure.records, ...failure.edits, ...event.records] });
      else if (failure && failure.commands.length > 0) labels.push({ kind: 'command-fixed-by-command', records: [...failure.records, ...failure.commands, ...event.records] });
      if (!showing.test(event.line)) for (const other of open.values()) other.commands.push(...event.records);
    }
  }
  return labels;
}

/** In the order in which they ended. */
function eventsOf(document: SessionDocument, steps: readonly Step[]): Event[] {
  const calls = new Map(madeCalls(document, steps).map((made) => [made.records[1], made]));
  return document.turns.flatMap(({ records }) => records).flatMap((record): Event[] => {
    const made = calls.get(record.id);
    if (made) {
      const command = commandOf(made);
      if (command === undefined) return hasSucceeded(made) && editing.test(made.call.name) ? [{ kind: 'edit', records: made.records }] : [];
      return hasFailed(made) || hasSucceeded(made) ? [{ kind: hasFailed(made) ? 'failed' : 'succeeded', records: made.records, command, line: command }] : [];
    }
    if (messageParts(record).some(({ type }) => type === 'edit')) return [{ kind: 'edit', records: [record.id] }];
    if (record.type === 'dev.daybook.event.editor.edited') return isChange(record.data) ? [{ kind: 'edit', records: [record.id] }] : [];
    return record.type === 'dev.daybook.tool_execution.terminal.command' ? terminalEvent(record.id, record.data as Partial<TerminalCommand> | null) : [];
  });
}

function isChange(data: unknown): boolean {
  return (data as Partial<EditorEdited> | null)?.diffOmitted !== 'no-visible-change';
}

/** The same words in another directory are another command. */
function terminalEvent(id: string, data: Partial<TerminalCommand> | null): Event[] {
  const { command, cwd = '', status } = data ?? {};
  if (typeof command !== 'string' || (status !== 'failed' && status !== 'succeeded')) return [];
  return [{ kind: status, records: [id], command: `${cwd} ${command.trim()}`, line: command.trim() }];
}
