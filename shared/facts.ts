/**
 * What filters of a search ask of a record, as names with values. The index holds them so that a filter that is met rarely is found at once,
 * queries compare with the same, and completion offers those there are.
 */

import { filePaths } from './filePaths.ts';
import { parseType, type DaybookRecord } from './record.ts';
import { remembered } from './remembered.ts';
import type { Part } from './session.ts';

/** Facts that a record has by themselves; what people say of sessions is none. */
export const factNames = ['source', 'family', 'kind', 'actor', 'workspace', 'model', 'tool', 'exit', 'is', 'has', 'file'] as const;
export type FactName = (typeof factNames)[number];

export interface Fact {
  readonly name: FactName;
  readonly value: string;
}

/** Files of one record that are named; a commit may have touched thousands. */
const mostFiles = 50;

/** The index asks twice, one after the other. Records are values: nobody changes one. */
let told: { readonly record: DaybookRecord; readonly facts: readonly Fact[] } | undefined;

/** Everything that a filter can ask of a record. A file is named by its last two names, such as `store/search.ts`. */
export function factsOf(record: DaybookRecord): readonly Fact[] {
  if (told?.record !== record) told = { record, facts: tell(record) };
  return told.facts;
}

/** Lets go of the record that was asked last: it may be a large one. */
export function forgetFacts(): void {
  told = undefined;
}

function tell(record: DaybookRecord): Fact[] {
  const { source, actor, workspace, type } = record;
  const { family, kind } = parseType(type) ?? {};
  const facts: Fact[] = [];
  const add = (name: FactName, value: string | undefined): void => {
    if (value !== undefined && value !== '') facts.push({ name, value });
  };
  const addAll = (name: FactName, values: readonly string[]): void => {
    for (const value of values.length > 1 ? new Set(values) : values) add(name, value);
  };
  add('source', source);
  add('family', family);
  add('kind', kind);
  add('actor', actor);
  add('workspace', workspace);
  add('model', modelOf(record));
  addAll('tool', toolsOf(record));
  addAll('exit', exitCodesOf(record).map(String));
  add('is', isError(record) ? 'error' : undefined);
  add('has', hasAttachment(record) ? 'attachment' : undefined);
  addAll('file', filePaths(record).slice(0, mostFiles).flatMap(lastNames));
  return facts;
}

/** The model that answered. */
export function modelOf(record: DaybookRecord): string | undefined {
  const { model } = payload(record);
  return typeof model === 'string' ? model : undefined;
}

/** Names of the tools an agent called. */
export function toolsOf(record: DaybookRecord): string[] {
  return parts(record).flatMap((part) => (part.type === 'tool_call' && typeof part.name === 'string' ? [part.name] : []));
}

export function exitCodesOf(record: DaybookRecord): number[] {
  const ofParts = parts(record).map((part) => (part.type === 'tool_call_response' ? part.exitCode : undefined));
  return [payload(record).exitCode, ...ofParts].filter((code) => typeof code === 'number');
}

/** Whether something failed. */
export function isError(record: DaybookRecord): boolean {
  const { status, outcome } = payload(record);
  return status === 'failed' || outcome === 'failed' || exitCodesOf(record).some((code) => code !== 0)
    || parts(record).some((part) => part.type === 'tool_call_response' && part.status === 'failed')
    || /\.(?:debug\.exception|source\.problem)$/.test(record.type);
}

/** Whether it holds a file or a picture that somebody added. */
export function hasAttachment(record: DaybookRecord): boolean {
  return parts(record).some((part) => part.type === 'blob' || (part.type === 'uri' && payload(record).role === 'user'));
}

/** In lower case, with `/`, without percent-encoding: as paths are compared. */
export function plainPath(path: string): string {
  return decodedPath(path).toLowerCase();
}

/** With `/`, without percent-encoding. */
export function decodedPath(path: string): string {
  const plain = path.replaceAll('\\', '/');
  if (!plain.includes('%')) return plain;
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain; // not percent-encoded after all: `100%.txt`
  }
}

/** The same few files come again and again. */
const lastNames = remembered<readonly string[]>(2_000, readLastNames);

function readLastNames(path: string): string[] {
  const names = decodedPath(path).split('/').filter((name) => name !== '' && name !== '.' && name !== '..');
  const last = names.at(-1);
  // Patterns and whole commands stand in the place of paths, too.
  return last === undefined || last.length > 200 || /[*?"\n]/.test(last) ? [] : [names.slice(-2).join('/')];
}

function payload({ data }: DaybookRecord): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? data as Record<string, unknown> : {};
}

/** Of a chat message; others may have put anything in their place. */
function parts(record: DaybookRecord): readonly Part[] {
  if (record.type !== 'dev.daybook.chat.message') return [];
  const those: unknown = payload(record).parts;
  return Array.isArray(those) ? those.filter((part): part is Part => typeof part === 'object' && part !== null) : [];
}
