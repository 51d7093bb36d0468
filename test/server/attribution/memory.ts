/** A record in memory that answers like the store, and short words to write one. */

import type { Deed, Witness } from '../../../server/attribution/witness.ts';
import { filePath } from '../../../shared/filePath.ts';
import { parseType, type DaybookRecord } from '../../../shared/record.ts';
import type { Part, ToolCallPart, ToolCallResponsePart } from '../../../shared/session.ts';
import { toolUse } from '../../../shared/toolUse.ts';

export const folder = 'file:///home/ada/shop';
export const cart = `${folder}/src/cart.ts`;

/** @param seconds after ten o'clock */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 20, 10) + Math.round(seconds * 1_000)).toISOString();
}

export interface Writer {
  readonly records: DaybookRecord[];
  event(kind: string, seconds: number, data: object, more?: object): DaybookRecord;
  edit(seconds: number, lines: { readonly added?: readonly string[]; readonly removed?: readonly string[] }, more?: { readonly lasted?: number; readonly changes?: number; readonly uri?: string }): DaybookRecord;
  disk(seconds: number, uri?: string, kind?: string): DaybookRecord;
  command(seconds: number, line: string, lasted?: number): DaybookRecord;
  /** A call and its answer; returns the record of the call. */
  call(seconds: number, name: string, given: object, more?: { readonly lasted?: number; readonly status?: ToolCallResponsePart['status'] | 'none'; readonly tool?: string }): DaybookRecord;
  said(seconds: number, parts: readonly Part[], tool?: string): DaybookRecord;
}

export function createWriter(): Writer {
  const records: DaybookRecord[] = [];
  function add(type: string, seconds: number, data: object, more: object = {}): DaybookRecord {
    const record = { specversion: '1.0' as const, id: `r${records.length}`, source: 'lsp', type: `dev.daybook.${type}`, time: at(seconds), sessionid: 'coding:1', workspace: folder, ...more, data };
    records.push(record);
    return record;
  }

  const said: Writer['said'] = (seconds, parts, tool = 'claude-code') => add('chat.message', seconds, { role: parts.some(({ type }) => type === 'tool_call_response') ? 'tool' : 'assistant', parts }, {
    id: `${tool}:s:${records.length}`, source: tool, sessionid: `${tool}:s`, actor: `agent:${tool}`,
  });
  const event: Writer['event'] = (kind, seconds, data, more) => add(`event.${kind}`, seconds, data, more);
  return {
    records, said, event,
    edit(seconds, { added = [], removed = [] }, { lasted = 0, changes = 1, uri = cart } = {}) {
      const diff = ['--- a', '+++ b', '@@ -1 +1 @@', ...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)].join('\n');
      return event('editor.edited', seconds, { uri, languageId: 'typescript', startedAt: at(seconds - lasted), changes, linesAdded: added.length, linesRemoved: removed.length, diff }, { subject: 'src/cart.ts' });
    },
    disk: (seconds, uri = cart, kind = 'changed') => event(`file.${kind}`, seconds, { uri }, { source: 'vscode', actor: 'external', subject: 'src/cart.ts' }),
    command: (seconds, line, lasted = 1) => add('tool_execution.terminal.command', seconds, { command: line, status: 'succeeded', startedAt: at(seconds - lasted), durationMs: lasted * 1_000 }, { source: 'vscode', subject: line }),
    call(seconds, name, given, { lasted = 1, status = 'succeeded', tool = 'claude-code' } = {}) {
      const id = `call${records.length}`;
      const called = said(seconds, [{ type: 'tool_call', id, name, arguments: given }], tool);
      if (status !== 'none') said(seconds + lasted, [{ type: 'tool_call_response', id, status }], tool);
      return called;
    },
  };
}

export function memory(records: readonly DaybookRecord[]): Witness {
  const deeds = records.flatMap((record) => deedsOf(record, records));
  const under = (of: readonly Deed[], since: number, until: number, vague: number): Deed[] => of.filter(({ called, answered }) =>
    (answered === null ? called >= since - vague && called < until + vague : called < until && answered >= since));
  const sorted = [...records].sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : 1));
  return {
    deeds: {
      on: (file, since, until, vague) => under(deeds.filter(({ files, changes }) => changes && files.includes(filePath(file) ?? '')), since, until, vague),
      commands: (since, until, vague) => under(deeds.filter(({ command }) => command !== undefined), since, until, vague),
    },
    *scan({ since, until, kinds }) {
      for (const record of sorted) {
        const time = Date.parse(record.time);
        if (time >= since && time < until && kinds.includes(parseType(record.type)?.kind ?? '')) yield record;
      }
    },
    record: (id) => records.find((record) => record.id === id),
    touching: (file, _limit, since, until) => deeds.filter(({ files, called }) => called >= since && called < until && files.includes(filePath(file) ?? ''))
      .map(({ record, called, changes }) => ({ session: record.sessionid ?? '', last: called, changes: Number(changes) })),
    title: () => 'A title',
  };
}

interface Told extends Deed {
  readonly files: readonly string[];
  readonly changes: boolean;
  readonly command?: string;
}

function deedsOf(record: DaybookRecord, records: readonly DaybookRecord[]): Told[] {
  const parts = partsOf(record);
  const base = { record, called: Date.parse(record.time) };
  const files = (names: readonly string[]): string[] => names.flatMap((name) => filePath(name, record.workspace) ?? []);
  const calls = parts.filter((part): part is ToolCallPart => part.type === 'tool_call').map((call): Told => {
    const answer = records.find((each) => partsOf(each).some((part) => part.type === 'tool_call_response' && part.id === call.id));
    const status = partsOf(answer).find((part): part is ToolCallResponsePart => part.type === 'tool_call_response')?.status ?? null;
    const use = toolUse(call);
    return { ...base, ...use, call, files: files(use.files), answered: answer ? Date.parse(answer.time) : null, status };
  });
  const edits = parts.flatMap((part) => (part.type === 'edit' ? [part.uri] : []));
  return edits.length === 0 ? calls : [...calls, { ...base, files: files(edits), changes: true, answered: null, status: null }];
}

function partsOf(record: DaybookRecord | undefined): readonly Part[] {
  return record?.type === 'dev.daybook.chat.message' ? (record.data as { readonly parts: readonly Part[] }).parts : [];
}
