/** What became of an agent's edits within some minutes: kept, changed or reverted, by later records of the same file. */

import type { DaybookRecord } from '../../../shared/record.ts';
import { commandOf, hasSucceeded, type MadeCall } from './calls.ts';
import type { AgentEdit } from './agentEdits.ts';
import { fileEvents, restoredFiles, type FileEvent } from './aftermath.ts';
import { filePath, isWithin } from './filePath.ts';
import type { Label } from './label.ts';

export interface EditOutcome {
  readonly edit: AgentEdit;
  readonly label: Label & { readonly kind: 'edit-kept' | 'edit-changed' | 'edit-reverted' };
}

/** All that may have happened to the files of a session. */
export interface FileHistory {
  /** URI of the session's folder. */
  readonly workspace: string | null;
  readonly edits: readonly AgentEdit[];
  readonly calls: readonly MadeCall[];
  /** Of other sessions, by time. */
  readonly later: readonly DaybookRecord[];
}

/** What is recorded where files and commands are watched. */
const watching = /^dev\.daybook\.(event\.(editor|file|files|git|diagnostics|window)|tool_execution\.terminal)\./;

/** Milliseconds in which the editor and the watch of files tell of the agent's own writing. */
const echoMs = 10_000;

export function editOutcomes(history: FileHistory, minutes: number): EditOutcome[] {
  const events = [...history.later.flatMap(fileEvents), ...history.edits.map(eventOf), ...history.calls.flatMap((made) => restoredBy(made, history.workspace))]
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return history.edits.flatMap((edit) => {
    const until = new Date(Date.parse(timeOf(edit)) + minutes * 60_000).toISOString();
    const own = events.filter((event) => event.file === edit.file && event.id !== edit.made.records[1] && event.time >= timeOf(edit) && event.time <= until);
    const label = outcomeOf(edit, own) ?? keptUntil(edit, own, history, until);
    return label ? [{ edit, label }] : [];
  });
}

function timeOf({ made }: AgentEdit): string {
  return made.call.answer.time;
}

function eventOf(edit: AgentEdit): FileEvent {
  return { kind: 'edited', id: edit.made.records[1], time: timeOf(edit), file: edit.file, added: edit.added, removed: edit.removed };
}

/** The agent itself may take it back by git. */
function restoredBy(made: MadeCall, workspace: string | null): FileEvent[] {
  const command = hasSucceeded(made) ? commandOf(made) : undefined;
  return (command === undefined ? [] : restoredFiles(command)).flatMap((name) => {
    const file = filePath(name, workspace);
    return file === undefined ? [] : [{ kind: 'restored' as const, id: made.records[1], time: made.call.answer.time, file, added: [], removed: [] }];
  });
}

/** Whether it tells of the agent's own writing. */
function isEcho(edit: AgentEdit, { time }: FileEvent): boolean {
  return Date.parse(time) - Date.parse(timeOf(edit)) <= echoMs;
}

/** Undefined where it cannot be told, or nothing happened to it. */
function outcomeOf(edit: AgentEdit, events: readonly FileEvent[]): EditOutcome['label'] | undefined {
  const standing = new Set(edit.added);
  const missing = new Set(edit.removed);
  const proof: string[] = [];
  let isUnsure = false;
  const label = (kind: EditOutcome['label']['kind'], ...more: string[]): EditOutcome['label'] => ({ kind, records: [...edit.made.records, ...proof, ...more] });
  const isWhole = (): boolean => standing.size === edit.added.length && missing.size === edit.removed.length;
  const changed = (): EditOutcome['label'] => label(standing.size === 0 && missing.size === 0 ? 'edit-reverted' : 'edit-changed');
  for (const event of events) {
    if (event.kind === 'restored' || event.kind === 'deleted') return label('edit-reverted', event.id);
    if (event.kind === 'touched') isUnsure ||= !isEcho(edit, event);
    if (event.kind === 'committed') return !isWhole() ? changed() : isUnsure ? undefined : label('edit-kept', event.id);
    if (event.kind !== 'edited') continue;
    const taken = event.removed.filter((line) => standing.delete(line));
    const back = event.added.filter((line) => missing.delete(line));
    if (taken.length + back.length > 0) proof.push(event.id);
    for (const line of event.added) if (edit.added.includes(line)) standing.add(line);
  }
  // Where it is all there again, what becomes of it is open.
  return isWhole() ? undefined : changed();
}

/** Recording went on in the folder until then, and nobody touched the file but the agent: the first record after that proves it. */
function keptUntil(edit: AgentEdit, own: readonly FileEvent[], { workspace, later }: FileHistory, until: string): EditOutcome['label'] | undefined {
  if (edit.added.length + edit.removed.length === 0 || own.some((event) => event.kind === 'touched' && !isEcho(edit, event))) return undefined;
  const witness = later.find((record) => record.time >= until && watching.test(record.type) && isWithin(record.workspace, workspace));
  return witness && { kind: 'edit-kept', records: [...edit.made.records, witness.id] };
}
