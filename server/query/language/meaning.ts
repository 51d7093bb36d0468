/** What each filter means: whether a record has the value that is asked for. */

import { parseType, type DaybookRecord } from '../../../shared/record.ts';
import { decoded } from '../../../shared/uri.ts';
import type { Part } from '../../../shared/session.ts';
import { filePaths } from './filePaths.ts';
import type { Filter } from './query.ts';

/** What cannot be told from a record alone. */
export interface Known {
  /** Ids of the sessions that people pinned. */
  readonly pinned: ReadonlySet<string>;
  /** Who did it, told from other records where the record does not say it. */
  readonly actor: (record: DaybookRecord) => string | undefined;
}

export type Meaning = (record: DaybookRecord) => boolean;

/** @param isOpen the value is still being typed: its beginning is enough */
export function meaningOf({ name, value: typed }: Filter, known: Known, isOpen: boolean): Meaning {
  const value = typed.toLowerCase();
  const is = isOpen ? beginsWith : beginsWithWords;
  switch (name) {
    case 'source': return ({ source }) => is(source, value);
    case 'kind': return kindMeaning(value, isOpen);
    case 'family': return ({ type }) => parseType(type)?.family === value;
    case 'actor': return (record) => is(known.actor(record) ?? '', value);
    case 'workspace': return ({ workspace = '' }) => plainPath(workspace).includes(plainPath(typed));
    case 'file': return (record) => filePaths(record).some((path) => plainPath(path).includes(plainPath(typed)));
    case 'session': return ({ sessionid = '' }) => isSession(sessionid, typed) || (isOpen && sessionid.startsWith(typed));
    case 'model': return (record) => text(payload(record).model).toLowerCase().includes(value);
    case 'tool': return (record) => parts(record).some((part) => part.type === 'tool_call' && holdsWords(text(part.name).toLowerCase(), value, isOpen));
    case 'exit': return (record) => exitCodes(record).includes(Number(value));
    case 'is': return value === 'pinned' ? ({ sessionid = '' }) => known.pinned.has(sessionid) : isError;
    case 'has': return (record) => parts(record).some((part) => part.type === 'blob' || (part.type === 'uri' && payload(record).role === 'user'));
  }
}

/** Texts of which one stands in the line of each record that has the value, in lower case; undefined where none can be told. */
export function lineTexts({ name, value }: Filter): readonly string[] | undefined {
  if (name === 'is') return value === 'pinned' ? ['"sessionid"'] : ['failed', 'exitcode', 'exception', 'source.problem'];
  if (name === 'has') return ['"blob"', '"uri"'];
  if (name === 'exit') return ['exitcode'];
  if (name === 'family') return undefined;
  const [run] = runsOf(value);
  // Of these the actor is told from other records.
  if (name === 'actor') return run === undefined ? undefined : [run, 'editor.edited', 'event.file', 'terminal.command', 'event.git.'];
  return run === undefined ? undefined : [run];
}

/** The longest run of letters and digits: whatever else a path or a name is made of may be written in several ways. */
function runsOf(value: string): readonly string[] {
  const runs = /^[\0-\x7f]*$/.test(value) ? value.toLowerCase().match(/[a-z0-9]+/g) : null;
  return runs ? [runs.reduce((longest, run) => (run.length > longest.length ? run : longest))] : [];
}

function kindMeaning(value: string, isOpen: boolean): Meaning {
  const holds = holdsKind(value, isOpen);
  return ({ type }) => holds(parseType(type)?.kind ?? type);
}

/** Any dotted parts of the kind: `kind:command` and `kind:terminal` both find `terminal.command`. */
export function holdsKind(value: string, isOpen: boolean): (kind: string) => boolean {
  return (kind) => holdsWords(kind, value.toLowerCase(), isOpen);
}

/** Whole, or without the name of the source. */
function isSession(id: string, typed: string): boolean {
  return id === typed || id.slice(id.indexOf(':') + 1) === typed;
}

function beginsWith(text: string, value: string): boolean {
  return text.toLowerCase().startsWith(value);
}

/** `claude` begins `claude-code`, `agent` begins `agent:main`; `c` begins neither. */
function beginsWithWords(text: string, value: string): boolean {
  return beginsWith(text, value) && !isLetter(text.charAt(value.length));
}

/** Whether the value stands in a name as whole words; the last may go on when it is open. */
function holdsWords(name: string, value: string, isOpen: boolean): boolean {
  for (let at = name.indexOf(value); at !== -1; at = name.indexOf(value, at + 1)) {
    if (!isLetter(name.charAt(at - 1)) && (isOpen || !isLetter(name.charAt(at + value.length)))) return true;
  }
  return false;
}

function isLetter(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

/** In lower case, with `/`, without percent-encoding. */
function plainPath(path: string): string {
  return decoded(path.replaceAll('\\', '/')).toLowerCase();
}

function isError(record: DaybookRecord): boolean {
  const { status, outcome } = payload(record);
  return status === 'failed' || outcome === 'failed' || exitCodes(record).some((code) => code !== 0)
    || parts(record).some((part) => part.type === 'tool_call_response' && part.status === 'failed')
    || /\.(?:debug\.exception|source\.problem)$/.test(record.type);
}

function exitCodes(record: DaybookRecord): unknown[] {
  const ofParts = parts(record).map((part) => (part.type === 'tool_call_response' ? part.exitCode : undefined));
  return [payload(record).exitCode, ...ofParts].filter((code) => typeof code === 'number');
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

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
