/** What is asked of the record to tell who did something: small questions, each about a file or a time. */

import type { DaybookRecord } from '../../shared/record.ts';
import type { ToolCallPart } from '../../shared/session.ts';

/** A call of an agent's tool, or an edit that its message names. */
export interface Deed {
  readonly record: DaybookRecord;
  readonly call?: ToolCallPart;
  /** Milliseconds since 1970. */
  readonly called: number;
  readonly answered: number | null;
  readonly status: string | null;
}

export interface Witness {
  readonly deeds: {
    /** Calls that were to change a file and were under way between two moments; without an answer, that much earlier or later. */
    on(file: string, since: number, until: number, vagueMs: number): readonly Deed[];
    /** Calls that ran commands then. */
    commands(since: number, until: number, vagueMs: number): readonly Deed[];
  };
  /** Records between two moments, oldest first. */
  scan(range: { readonly since: number; readonly until: number; readonly kinds: readonly string[] }): Iterable<DaybookRecord>;
  record(id: string): DaybookRecord | undefined;
  /** Sessions that touched a file between two moments; times in milliseconds since 1970. */
  touching(file: string, limit: number, since: number, until: number): readonly { readonly session: string; readonly last: number; readonly changes: number }[];
  /** Title of a session. */
  title(session: string): string | undefined;
}

/** When something happened: a time, or all of it that is known. Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The fields of a payload that others may have written; none when it is no object. */
export function fieldsOf({ data }: DaybookRecord): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? data as Record<string, unknown> : {};
}

/** Changes on disk are gathered for as long before they are told. */
const gatheredMs = 12_000;

export function spanOf(record: DaybookRecord): Span {
  const to = Date.parse(record.time);
  const started = fieldsOf(record)['startedAt'];
  const from = typeof started === 'string' ? Date.parse(started) : NaN;
  if (from <= to) return { from, to };
  return { from: isFileEvent(record) ? to - gatheredMs : to, to };
}

/** Whether something happened to a file on disk, or to many. */
export function isFileEvent({ type }: DaybookRecord): boolean {
  return /^dev\.daybook\.event\.files?\.[a-z]+$/.test(type);
}

export function isEdit({ type }: DaybookRecord): boolean {
  return type === 'dev.daybook.event.editor.edited';
}

export function isCommand({ type }: DaybookRecord): boolean {
  return type === 'dev.daybook.tool_execution.terminal.command';
}

export function isGit({ type }: DaybookRecord): boolean {
  return type.startsWith('dev.daybook.event.git.');
}

/** Kinds of what git did to files. */
export const gitKinds = ['git.commit', 'git.checkout', 'git.merge', 'git.rebase', 'git.reset', 'git.moved', 'git.stash'];
/** Kinds of what happens to single files on disk. */
export const fileKinds = ['file.created', 'file.renamed', 'file.deleted', 'file.changed'];
