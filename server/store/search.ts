/**
 * Search. The full-text index says where the words may be, the newest first; the records themselves say whether they are there, and how
 * well. A word that is everywhere is not ranked over everything: enough of the newest are read to choose the best from.
 */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { SearchHit, SearchResult } from '../../shared/results.ts';
import { selectBlock, type Block, type Blocks, type MaybeLine } from './blocks.ts';
import type { Sqlite } from './database.ts';
import { fold } from './fold.ts';
import type { Journal } from './journal.ts';
import { readLines, type Line } from './lineReader.ts';
import { createMatch, createMaybe, type Match } from './match.ts';
import { passage } from './passage.ts';
import { relevance } from './relevance.ts';
import { ftsExpression, isShortPrefix, markedTerms, parseSearch, type Wanted } from './searchQuery.ts';
import { indexedText, searchText } from './searchText.ts';

export interface SearchOptions {
  readonly limit: number;
  /** The last word may be unfinished, and the answer must come before the next key. */
  readonly typing?: boolean;
}

export type Search = (query: string, options: SearchOptions) => SearchResult;

/** All records that hold what is asked for, in no order and one at a time: what is to be taken out is wanted whole. */
export type Matches = (query: string) => Generator<{ readonly id: string; readonly time: string; readonly sessionId: string | null }>;

/** Frames that are opened to find enough to choose from, and at most where words rarely meet in one record. */
const effort = { usual: { enough: 20, most: 300 }, typing: { enough: 12, most: 40 } };
/** Pages, or recent lines, that are asked for at a time. */
const step = 64;
/** Records from which the best are chosen, for each that is shown. */
const choice = 2;
/** Recent lines and blocks that are read for a short beginning of a word. */
const newestLines = 512;
const newestBlocks = 3;

interface RecentLine extends Line {
  readonly seq: number;
}

interface Found {
  readonly record: DaybookRecord;
  readonly match: number;
}

interface Task {
  readonly wanted: Wanted;
  readonly match: Match;
  readonly maybe: MaybeLine;
  /** By seq, so that what is met twice counts once. */
  readonly found: Map<number, Found>;
  readonly enough: number;
  readonly effort: { readonly enough: number; readonly most: number };
}

export function openSearch(database: Sqlite, journal: Journal, blocks: Blocks): { readonly search: Search; readonly matches: Matches } {
  const columns = 'SELECT r.seq, f.path, r.start, r.length FROM';
  // By time and key: the order in which they came is another one after a rebuild.
  const recentMatches = database.prepare<[string, number, number], RecentLine>(`${columns} text JOIN record r ON r.seq = text.rowid
    JOIN journal_file f ON f.id = r.file WHERE text MATCH ? AND r.superseded = 0 ORDER BY r.time DESC, r.key LIMIT ? OFFSET ?`);
  // Nothing to sort: the order in which they came.
  const lastMatches = database.prepare<[string, number, number], RecentLine>(`${columns} text JOIN record r ON r.seq = text.rowid
    JOIN journal_file f ON f.id = r.file WHERE text MATCH ? AND text.rowid < ? AND r.superseded = 0 ORDER BY text.rowid DESC LIMIT ?`);
  const countRecent = database.prepare<[string], number>('SELECT count(*) FROM text JOIN record r ON r.seq = text.rowid WHERE text MATCH ? AND r.superseded = 0').pluck();
  const newestRecent = database.prepare<[number], RecentLine>(
    `${columns} record r JOIN journal_file f ON f.id = r.file WHERE r.superseded = 0 ORDER BY r.time DESC LIMIT ?`,
  );
  const pageMatches = database.prepare<[string, number, number], number>(
    'SELECT rowid FROM page_text WHERE page_text MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
  ).pluck();
  const newest = database.prepare<[number], Block>(`${selectBlock} ORDER BY b.last_time DESC LIMIT ?`);

  function consider(task: Task, seq: number, record: DaybookRecord | undefined): void {
    if (!record || task.found.has(seq)) return;
    // Parts of identifiers are made only where the words are not there as they stand.
    const match = task.match(fold(searchText(record))) ?? task.match(fold(indexedText(record)));
    if (match !== undefined) task.found.set(seq, { record, match });
  }

  function considerLines(task: Task, lines: readonly RecentLine[]): void {
    for (const [at, record] of readLines(journal, lines, task.maybe).entries()) consider(task, lines[at]?.seq ?? 0, record);
  }

  /** Returns whether there may be more than what was found. */
  function searchRecent(task: Task, expression: string): boolean {
    for (let done = 0; ; done += step) {
      const lines = recentMatches.all(expression, step, done);
      considerLines(task, lines);
      if (lines.length < step) return false;
      if (task.found.size >= task.enough) return true;
    }
  }

  function searchSealed(task: Task, expression: string): boolean {
    const opened = new Set<number>();
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      const pages = pageMatches.all(expression, before, step);
      for (const page of pages) {
        const isMore = opened.size >= (task.found.size >= task.enough / choice ? task.effort.enough : task.effort.most);
        if (task.found.size >= task.enough || isMore) return true;
        const block = blocks.blockOf(page);
        if (!block) continue;
        for (const { seq, record } of blocks.page(page, task.maybe)) consider(task, seq, record);
        opened.add(block.id);
      }
      before = pages.at(-1) ?? 0;
      if (pages.length < step) return false;
    }
  }

  /** Returns whether the newest records hold enough. */
  function searchNewest(task: Task): boolean {
    const lines = newestRecent.all(newestLines);
    for (let from = 0; from < lines.length && task.found.size < task.enough; from += step) considerLines(task, lines.slice(from, from + step));
    for (const block of newest.all(newestBlocks)) {
      if (task.found.size >= task.enough) return true;
      for (const { seq, record } of blocks.lines(block, task.maybe)) consider(task, seq, record);
    }
    return task.found.size >= task.enough;
  }

  /** Records of the newest lines first, of those that the index names. */
  function* named(expression: string, maybe: MaybeLine): Generator<DaybookRecord> {
    for (let [before, isMore] = [Number.MAX_SAFE_INTEGER, true]; isMore;) {
      const lines = lastMatches.all(expression, before, step);
      yield* readLines(journal, lines, maybe).filter((record) => record !== undefined);
      before = lines.at(-1)?.seq ?? 0;
      isMore = lines.length === step;
    }
    for (let [before, isMore] = [Number.MAX_SAFE_INTEGER, true]; isMore;) {
      const pages = pageMatches.all(expression, before, step);
      for (const page of pages) yield* blocks.page(page, maybe).map(({ record }) => record);
      before = pages.at(-1) ?? 0;
      isMore = pages.length === step;
    }
  }

  function* matches(query: string): ReturnType<Matches> {
    const wanted = parseSearch(query, false);
    const expression = ftsExpression(wanted);
    if (!expression) return;
    const match = createMatch(wanted);
    for (const record of named(expression, createMaybe(wanted))) {
      const isMatch = match(fold(searchText(record))) ?? match(fold(indexedText(record)));
      if (isMatch !== undefined) yield { id: record.id, time: record.time, sessionId: record.sessionid ?? null };
    }
  }

  const search: Search = (query, { limit, typing = false }) => {
    const wanted = parseSearch(query, typing);
    const expression = ftsExpression(wanted);
    if (!expression) return { query, total: 0, results: [] };
    const task: Task = { wanted, match: createMatch(wanted), maybe: createMaybe(wanted), found: new Map(), enough: limit * choice, effort: typing ? effort.typing : effort.usual };
    let more = isShortPrefix(wanted) && searchNewest(task);
    if (!more) {
      const moreRecent = searchRecent(task, expression);
      more = moreRecent || (task.found.size < task.enough ? searchSealed(task, expression) : blocks.any());
    }
    const results = best([...task.found.values()], limit).map(({ record, score }) => hit(record, score, markedTerms(wanted)));
    const isPlain = wanted.none.length === 0 && wanted.all.flat().every(({ words }) => words.length === 1);
    const recent = more && isPlain && !isShortPrefix(wanted) ? countRecent.get(expression) ?? 0 : 0;
    return { query, total: Math.max(task.found.size, recent), results, ...(more && { more: true as const }) };
  };
  return { search, matches };
}

function best(found: readonly Found[], limit: number): { readonly record: DaybookRecord; readonly score: number }[] {
  const newest = Math.max(...found.map(({ record }) => Date.parse(record.time)));
  return found.map(({ record, match }) => ({ record, score: relevance(record, match, newest) }))
    .sort((a, b) => b.score - a.score || Date.parse(b.record.time) - Date.parse(a.record.time) || (a.record.id < b.record.id ? -1 : 1))
    .slice(0, limit);
}

function hit(record: DaybookRecord, score: number, terms: readonly string[]): SearchHit {
  const { family, kind } = parseType(record.type) ?? { family: 'events' as const, kind: record.type };
  return {
    id: record.id, time: record.time, source: record.source, family, kind, sessionId: record.sessionid ?? null,
    snippet: passage(searchText(record), terms), score,
  };
}
