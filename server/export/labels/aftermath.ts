/** What was recorded elsewhere after what an agent did: bursts of typing, files, git, commands and test runs of the minutes that count. */

import type { GitMoved } from '../../../shared/activity.ts';
import type { ExportSelection } from '../../../shared/protocol.ts';
import type { DaybookRecord, EditorEdited, TerminalCommand } from '../../../shared/record.ts';
import { diffLines, type ChangedLines } from './agentEdits.ts';
import { filePath } from './filePath.ts';

/** RFC 3339, both. */
export interface Span {
  readonly since: string;
  readonly until: string;
}

/** Reads what was recorded in some spans, by time; each record once. */
export type Aftermath = (spans: readonly Span[]) => Promise<readonly DaybookRecord[]>;

/** What was recorded where somebody works, by time: bursts of typing, files, git, test runs and commands. */
export function recordedBetween(source: { records(selection: ExportSelection): Iterable<DaybookRecord> }, span: Span): Iterable<DaybookRecord> {
  return source.records({ ...span, families: ['events', 'tool_executions'] });
}

/** The minutes after some moments, those that overlap as one. */
export function spansAfter(times: readonly string[], minutes: number): Span[] {
  const spans: { since: string; until: string }[] = [];
  for (const since of times.toSorted()) {
    const until = new Date(Date.parse(since) + minutes * 60_000).toISOString();
    const last = spans.at(-1);
    if (last && since <= last.until) last.until = until;
    else spans.push({ since, until });
  }
  return spans;
}

/** What a record says of a file. */
export interface FileEvent extends ChangedLines {
  readonly kind: 'edited' | 'touched' | 'deleted' | 'restored' | 'committed';
  readonly id: string;
  readonly time: string;
  /** Absolute, with `/`. */
  readonly file: string;
}

const nothing: ChangedLines = { added: [], removed: [] };

/** Events of files in a record; none where it is about no file. */
export function fileEvents(record: DaybookRecord): FileEvent[] {
  const { id, time, type, workspace = null } = record;
  const data = (record.data ?? {}) as Partial<EditorEdited & GitMoved & TerminalCommand>;
  const about = (kind: FileEvent['kind'], name: unknown, folder: string | null, lines: ChangedLines = nothing): FileEvent[] => {
    const file = typeof name === 'string' ? filePath(name, folder) : undefined;
    return file === undefined ? [] : [{ kind, id, time, file, ...lines }];
  };
  switch (type) {
    case 'dev.daybook.event.editor.edited':
      if (data.diffOmitted === 'no-visible-change') return [];
      return typeof data.diff === 'string' ? about('edited', data.uri, null, diffLines(data.diff)) : about('touched', data.uri, null);
    case 'dev.daybook.event.file.changed':
    case 'dev.daybook.event.file.created':
      return about('touched', data.uri, null);
    case 'dev.daybook.event.file.deleted':
      return about('deleted', data.uri, null);
    case 'dev.daybook.event.git.commit':
      return (data.files?.names ?? []).flatMap((name) => about('committed', name, data.repository ?? workspace));
    case 'dev.daybook.tool_execution.terminal.command':
      return data.status === 'succeeded' ? restoredFiles(String(data.command)).flatMap((name) => about('restored', name, data.cwd === undefined ? workspace : `file://${data.cwd}`)) : [];
    default:
      return [];
  }
}

/** Files that `git restore` and `git checkout -- ` name: what was not committed in them is gone. */
export function restoredFiles(command: string): string[] {
  const restored = /^git\s+(?:restore(?!.*--staged)|checkout\s+(?:HEAD\s+)?--)\s+([^;&|<>]+)$/.exec(command.trim())?.[1] ?? '';
  return restored.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-')).map((word) => word.replace(/^["']|["']$/g, ''));
}
