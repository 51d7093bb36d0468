/** From what a person types to what the store is asked. The store knows no language, and the language no store: plain values pass between. */

import type { DaybookRecord } from '../../../shared/record.ts';
import { lineClauses, lookupClauses, otherClauses, wordClauses } from './clauses.ts';
import { holdsKind, meaningOf, taggedSessions, type Known, type Lookup, type Tagged } from './meaning.ts';
import { parseQuery } from './parser.ts';
import type { Asker, Filter, Mistake, Query, TimeRange, Words } from './query.ts';
import { finished, isUnfinished } from './unfinished.ts';

interface Phrase {
  readonly text: string;
  readonly isPrefix: boolean;
}

type Holds = (phrase: Phrase) => boolean;
type Accept = (record: DaybookRecord, holds: Holds) => boolean;

/** What `Asked` of the store is made of. */
export interface Question {
  readonly all: readonly (readonly Phrase[])[];
  readonly none: readonly Phrase[];
  readonly accept?: Accept;
  readonly lines: readonly (readonly string[])[];
  readonly lookups: readonly (readonly Lookup[])[];
  readonly marked: readonly Phrase[];
  readonly scope: {
    readonly since?: number;
    readonly until?: number;
    readonly isKind?: (kind: string) => boolean;
    readonly sessions?: readonly string[];
  };
}

export interface Understood {
  /** Undefined when nothing is asked. */
  readonly question?: Question;
  readonly mistakes: readonly Mistake[];
}

export interface AskOptions {
  /** The end may be unfinished: the last word, the last value, the last quote. */
  readonly typing: boolean;
  /** Ids of sessions that are pinned, and the tags of those that have any; asked for only where the query is about them. */
  readonly pinned: () => Iterable<string>;
  readonly tags: () => readonly Tagged[];
  /** Who did what is recorded, where that is more than the record says by itself. */
  readonly actor?: (record: DaybookRecord) => string | undefined;
}

export function ask(text: string, asker: Asker, { typing, pinned, tags, actor = ({ actor: said }) => said }: AskOptions): Understood {
  const parsed = parseQuery(text, asker);
  const mistakes = typing ? parsed.mistakes.filter((mistake) => !isUnfinished(mistake, text)) : parsed.mistakes;
  const query = withoutSigns(typing ? finished(parsed.query, text) : parsed.query);
  if (!query) return { mistakes };
  const isOpen = ({ to }: Filter): boolean => typing && to === text.length && !text.endsWith('"');
  const known: Known = {
    pinned: new Set(filtersOf(query).some(({ name, value }) => name === 'is' && value === 'pinned') ? pinned() : []),
    tags: filtersOf(query).some(({ name }) => name === 'tag') ? tags() : [],
    actor,
  };
  return { question: questionOf(query, known, isOpen), mistakes };
}

function questionOf(query: Query, known: Known, isOpen: (filter: Filter) => boolean): Question {
  const parts = query.type === 'all' ? query.queries : [query];
  const words = parts.filter((part) => isWords(part));
  const unwanted = parts.flatMap((part) => (part.type === 'not' && part.query.type === 'words' ? [part.query] : []));
  const rest = parts.filter((part) => !isWords(part) && !(part.type === 'not' && part.query.type === 'words'));
  // Words are the dearest thing to look for.
  const accepts = rest.sort((a, b) => Number(holdsAnyWords(a)) - Number(holdsAnyWords(b))).map((part) => acceptOf(part, known, isOpen));
  return {
    all: [...words, ...rest].flatMap(wordClauses), none: unwanted, marked: wantedWords(query), lines: rest.flatMap(lineClauses),
    lookups: [...rest.flatMap((part) => lookupClauses(part, isOpen)), ...otherClauses(rest, isOpen)], scope: scopeOf(parts, known, isOpen),
    ...(rest.length > 0 && { accept: (record, holds) => accepts.every((accept) => accept(record, holds)) }),
  };
}

/** Words, or a choice of words: the store looks for those by itself. */
function isWords(query: Query): boolean {
  return query.type === 'words' || (query.type === 'any' && query.queries.every(({ type }) => type === 'words'));
}

function acceptOf(query: Query, known: Known, isOpen: (filter: Filter) => boolean): Accept {
  switch (query.type) {
    case 'everything': return () => true;
    case 'words': return (_record, holds) => holds(query);
    case 'filter': return meaningOf(query, known, isOpen(query));
    case 'time': return ({ time }) => isWithin(Date.parse(time), query);
    case 'not': {
      const accept = acceptOf(query.query, known, isOpen);
      return (record, holds) => !accept(record, holds);
    }
    case 'all':
    case 'any': {
      const accepts = query.queries.map((each) => acceptOf(each, known, isOpen));
      return query.type === 'all' ? (record, holds) => accepts.every((accept) => accept(record, holds))
        : (record, holds) => accepts.some((accept) => accept(record, holds));
    }
  }
}

function isWithin(time: number, { since = -Infinity, until = Infinity }: TimeRange): boolean {
  return time >= since && time < until;
}

/** Where all that is wanted lies, as far as the parts that must all hold say so. */
function scopeOf(parts: readonly Query[], known: Known, isOpen: (filter: Filter) => boolean): Question['scope'] {
  const choices = parts.map((part) => (part.type === 'any' ? part.queries : [part]));
  const times = choices.flatMap((choice) => (choice.every((each) => each.type === 'time') ? [choice] : []));
  const filters = choices.flatMap((choice) => (choice.every((each) => each.type === 'filter') ? [choice] : []));
  const kinds = filters.filter((choice) => choice.every(({ name }) => name === 'kind'))
    .map((choice) => choice.map((each) => holdsKind(each.value, isOpen(each))));
  for (const part of parts) {
    if (part.type !== 'not' || part.query.type !== 'filter' || part.query.name !== 'kind') continue;
    const holds = holdsKind(part.query.value, isOpen(part.query));
    kinds.push([(kind) => !holds(kind)]);
  }
  const sessions = filters.find((choice) => choice.every((each) => each.name === 'session' && !isOpen(each)))?.map(({ value }) => value)
    ?? (filters.some((choice) => choice.every(({ name, value }) => name === 'is' && value === 'pinned')) ? [...known.pinned] : undefined)
    ?? filters.find((choice) => choice.every(({ name }) => name === 'tag'))?.flatMap((each) => [...taggedSessions(each, known, isOpen(each))]);
  return {
    since: Math.max(...times.map((choice) => Math.min(...choice.map(({ since = earliest }) => since))), earliest),
    until: Math.min(...times.map((choice) => Math.max(...choice.map(({ until = latest }) => until))), latest),
    ...(kinds.length > 0 && { isKind: (kind: string) => kinds.every((choice) => choice.some((holds) => holds(kind))) }),
    ...(sessions && { sessions }),
  };
}

/** The first and the last moment that a date can say. */
const [earliest, latest] = [-8.64e15, 8.64e15];

/** The query without words that have no letter and no digit: they are nowhere, and nobody means them. */
function withoutSigns(query: Query): Query | undefined {
  if (query.type === 'everything') return undefined;
  if (query.type === 'words') return /[0-9A-Za-z]/.test(query.text) || /[\p{L}\p{N}\p{Co}]/u.test(query.text) ? query : undefined;
  if (query.type === 'not') {
    const inner = withoutSigns(query.query);
    return inner && { ...query, query: inner };
  }
  if (query.type !== 'all' && query.type !== 'any') return query;
  const queries = query.queries.map(withoutSigns).filter((each) => each !== undefined);
  return queries.length > 1 ? { ...query, queries } : queries[0];
}

function wantedWords(query: Query): Words[] {
  if (query.type === 'words') return [query];
  return query.type === 'all' || query.type === 'any' ? query.queries.flatMap(wantedWords) : [];
}

function holdsAnyWords(query: Query): boolean {
  if (query.type === 'not') return holdsAnyWords(query.query);
  return query.type === 'words' || ((query.type === 'all' || query.type === 'any') && query.queries.some(holdsAnyWords));
}

function filtersOf(query: Query): Filter[] {
  if (query.type === 'filter') return [query];
  if (query.type === 'not') return filtersOf(query.query);
  return query.type === 'all' || query.type === 'any' ? query.queries.flatMap(filtersOf) : [];
}
