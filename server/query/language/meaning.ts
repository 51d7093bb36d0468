/** What each filter means: whether a record has the value that is asked for. */

import { decodedPath, exitCodesOf, hasAttachment, isError, modelOf, plainPath, toolsOf, type FactName } from '../../../shared/facts.ts';
import { filePaths } from '../../../shared/filePaths.ts';
import { parseType, type DaybookRecord } from '../../../shared/record.ts';
import type { Filter } from './query.ts';

/** What cannot be told from a record alone. */
export interface Known {
  /** Ids of the sessions that people pinned. */
  readonly pinned: ReadonlySet<string>;
  /** Who did it, told from other records where the record does not say it. */
  readonly actor: (record: DaybookRecord) => string | undefined;
  /** The tags that people gave to sessions. */
  readonly tags: readonly Tagged[];
}

export interface Tagged {
  /** Id of the session. */
  readonly session: string;
  readonly tags: readonly string[];
}

export type Meaning = (record: DaybookRecord) => boolean;

/** What the index can be asked for. */
export type Lookup = { readonly fact: FactName; readonly is: (value: string) => boolean } | { readonly path: string }
  | { readonly words: { readonly text: string; readonly isPrefix: boolean } };

/** @param isOpen the value is still being typed: its beginning is enough */
export function meaningOf(filter: Filter, known: Known, isOpen: boolean): Meaning {
  const { name, value: typed } = filter;
  const is = valueMeaning(filter, isOpen);
  switch (name) {
    case 'source': return ({ source }) => is(source);
    case 'kind': return ({ type }) => is(parseType(type)?.kind ?? type);
    case 'family': return ({ type }) => is(parseType(type)?.family ?? '');
    case 'actor': return (record) => is(known.actor(record) ?? '');
    case 'workspace': return ({ workspace = '' }) => is(workspace);
    case 'file': return (record) => filePaths(record).some((path) => holdsPath(path, plainPath(typed)));
    case 'session': return ({ sessionid = '' }) => isSession(sessionid, typed) || (isOpen && sessionid.startsWith(typed));
    case 'tag': {
      const tagged = taggedSessions(filter, known, isOpen);
      return ({ sessionid = '' }) => tagged.has(sessionid);
    }
    case 'model': return (record) => is(modelOf(record) ?? '');
    case 'tool': return (record) => toolsOf(record).some(is);
    case 'exit': return (record) => exitCodesOf(record).map(String).some(is);
    case 'is': return typed === 'pinned' ? ({ sessionid = '' }) => known.pinned.has(sessionid) : isError;
    case 'has': return hasAttachment;
  }
}

/** Ids of the sessions that have the tag that is asked for. */
export function taggedSessions({ value }: Filter, { tags }: Known, isOpen: boolean): ReadonlySet<string> {
  const wanted = value.toLowerCase();
  const is = (tag: string): boolean => (isOpen ? tag.toLowerCase().startsWith(wanted) : tag.toLowerCase() === wanted);
  return new Set(tags.filter((each) => each.tags.some(is)).map(({ session }) => session));
}

/** Whether a fact has the value that is asked for. */
function valueMeaning({ name, value: typed }: Filter, isOpen: boolean): (value: string) => boolean {
  const value = typed.toLowerCase();
  switch (name) {
    case 'source':
    case 'actor': return isOpen ? (text) => beginsWith(text, value) : (text) => beginsWithWords(text, value);
    case 'kind': return holdsKind(value, isOpen);
    case 'workspace': return (text) => plainPath(text).includes(plainPath(typed));
    case 'model': return (text) => text.toLowerCase().includes(value);
    case 'tool': return (text) => holdsWords(text.toLowerCase(), value, isOpen);
    case 'exit': return (text) => Number(text) === Number(value);
    default: return (text) => text === value;
  }
}

/** What the index knows of a filter; undefined where it has to be read off the records. */
export function lookupsOf(filter: Filter, isOpen: boolean): readonly Lookup[] | undefined {
  const { name, value } = filter;
  if (name === 'file') return [{ path: value }];
  // Kinds and sessions say where to look by themselves; who did it may be told from other records.
  if (name === 'actor' || name === 'kind' || name === 'session' || name === 'tag' || value === 'pinned') return undefined;
  return [{ fact: name, is: valueMeaning(filter, isOpen) }];
}

/** Texts of which one stands in the line of each record that has the value, in lower case; undefined where none can be told. */
export function lineTexts({ name, value }: Filter): readonly string[] | undefined {
  if (name === 'is') return value === 'pinned' ? ['"sessionid"'] : ['failed', 'exitcode', 'exception', 'source.problem'];
  if (name === 'has') return ['"blob"', '"uri"'];
  if (name === 'exit') return ['exitcode'];
  if (name === 'family') return undefined;
  if (name === 'tag') return ['"sessionid"'];
  // Whatever else a path or a name is made of may be written in several ways: escaped, percent-encoded, with `/` or `\`.
  const runs = /^[\0-\x7f]*$/.test(value) ? value.toLowerCase().match(/[a-z0-9]+/g) : null;
  const run = runs?.reduce((longest, each) => (each.length > longest.length ? each : longest));
  if (run === undefined) return undefined;
  // Of these the actor is told from other records.
  return name === 'actor' ? [run, 'editor.edited', 'event.file', 'terminal.command', 'event.git.'] : [run];
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

/** Whether a path has a part that begins so: after what is no letter, or at a capital. */
function holdsPath(path: string, value: string): boolean {
  const decoded = decodedPath(path);
  const lower = decoded.toLowerCase();
  for (let at = lower.indexOf(value); at !== -1 && value !== ''; at = lower.indexOf(value, at + 1)) {
    if (!isLetter(lower.charAt(at - 1)) || !isLetter(value.charAt(0)) || isPartOfName(decoded, at)) return true;
  }
  return false;
}

/** As in `formatDate`: where the index cuts names, too. */
function isPartOfName(text: string, at: number): boolean {
  return /[A-Z]/.test(text.charAt(at)) && (!/[A-Z]/.test(text.charAt(at - 1)) || /[a-z]/.test(text.charAt(at + 1)));
}
