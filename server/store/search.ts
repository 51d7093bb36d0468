/**
 * Search. The full-text index says where the words may be, the newest first; the records themselves say whether they are there, and how
 * well. A word that is everywhere is not ranked over everything: enough of the newest are read to choose the best from.
 */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { SearchHit, SearchResult } from '../../shared/results.ts';
import { questionOf, type Asked, type Question } from './asked.ts';
import type { Block, Blocks, SealedLine } from './blocks.ts';
import { integer, type Sqlite } from './database.ts';
import { openFacts } from './factIndex.ts';
import type { Journal } from './journal.ts';
import { readLines } from './lineReader.ts';
import { lookupExpression } from './lookup.ts';
import { createPassage } from './passage.ts';
import { relevance } from './relevance.ts';
import { endOfPage } from './pageNumbers.ts';
import { openRecentMatches, type RecentLine } from './recentMatches.ts';
import { blockWithin, newestWithin, openScopes, recordWithin, type Bounds } from './scope.ts';
import { ftsExpression, isShortPrefix } from './searchQuery.ts';
import { searchText } from './searchText.ts';

export interface SearchOptions {
  readonly limit: number;
  /** The last word may be unfinished, and the answer must come before the next key. */
  readonly typing?: boolean;
}

/** @param query a text is words, phrases, -not and OR alone */
export type Search = (query: string | Asked, options: SearchOptions) => Omit<SearchResult, 'query' | 'mistakes'>;

/** All records that hold what is asked for, in no order and one at a time: what is to be taken out is wanted whole. */
export type Matches = (query: string | Asked) => Generator<{ readonly id: string; readonly time: string; readonly sessionId: string | null }>;

/**
 * Frames that are opened to find enough to choose from, and at most where words rarely meet in one record; and, where more is asked than the
 * index knows, how many frames, lines that are not sealed, and pages are looked at.
 */
const effort = {
  usual: { enough: 20, most: 300, mostNarrow: 80, lines: 5_000, pages: 20_000 },
  typing: { enough: 12, most: 40, mostNarrow: 40, lines: 2_000, pages: 2_000 },
};
/** Where only filters are given that the index knows, so much is read before it is asked: what is met often is among the newest. */
const firstLook = { lines: 256, blocks: 2 };
/** A list without anything in it. */
const none = '[]';
/** Pages, or recent lines, that are asked for at a time. */
const step = 64;
/** Records from which the best are chosen, for each that is shown; while somebody types, the newest are good enough. */
const choice = 2;
/** Recent lines and blocks that are read for a beginning of a word. */
const newest = { lines: 128, blocks: 1 };

interface Found {
  readonly record: DaybookRecord;
  readonly match: number;
}

interface Task extends Question {
  readonly bounds: Bounds;
  /** By seq, so that what is met twice counts once. */
  readonly found: Map<number, Found>;
  readonly enough: number;
  readonly typing: boolean;
  readonly effort: (typeof effort)['usual'];
}

export function openSearch(database: Sqlite, journal: Journal, blocks: Blocks): { readonly search: Search; readonly matches: Matches } {
  const columns = 'SELECT r.seq, r.time, f.path, r.start, r.length FROM';
  const fromText = 'text JOIN record r ON r.seq = text.rowid JOIN journal_file f ON f.id = r.file';
  const scopes = openScopes(database);
  const facts = openFacts(database);
  const recent = openRecentMatches(database);
  // Nothing to sort: whoever types gets the order in which they came, which is nearly that of time.
  const lastMatches = database.prepare<[Bounds & { text: string; limit: number; before: number }], RecentLine>(`${columns} ${fromText}
    WHERE text MATCH :text AND text.rowid < ${integer(':before')} AND r.superseded = 0 AND ${recordWithin} ORDER BY text.rowid DESC LIMIT :limit`);
  const newestRecent = database.prepare<[Bounds & { time: number; seq: number; limit: number }], RecentLine>(`${columns} record r JOIN journal_file f ON f.id = r.file
    WHERE (r.time, r.seq) < (:time, :seq) AND r.superseded = 0 AND ${newestWithin} ORDER BY r.time DESC, r.seq DESC LIMIT :limit`);
  const pageMatches = database.prepare<[string, number, number, number], number>(
    `SELECT rowid FROM page_text WHERE page_text MATCH ? AND rowid >= ${integer('?')} AND rowid < ${integer('?')} ORDER BY rowid DESC LIMIT ?`,
  ).pluck();
  const newestBlockIds = database.prepare<[Bounds], number>(`SELECT b.id FROM block b WHERE ${blockWithin} ORDER BY b.last_time DESC`).pluck();

  function consider(task: Task, seq: number, record: DaybookRecord | undefined): void {
    if (!record || task.found.has(seq)) return;
    const match = task.match(record);
    if (match !== undefined) task.found.set(seq, { record, match });
  }

  function considerLines(task: Task, lines: readonly RecentLine[]): void {
    for (const [at, record] of readLines(journal, lines, task.maybe).entries()) consider(task, lines[at]?.seq ?? 0, record);
  }

  function considerSealed(task: Task, lines: readonly SealedLine[]): void {
    for (const { seq, record } of lines) consider(task, seq, record);
  }

  /** Returns whether there may be more than what was found. */
  function searchRecent(task: Task, text: string): boolean {
    let looked = 0;
    for (const lines of task.typing ? lastCome(task, text) : steps(recent.newest(text, task.bounds))) {
      considerLines(task, lines);
      looked += lines.length;
      if (lines.length < step) return false;
      if (task.found.size >= task.enough || looked >= task.effort.lines) return true;
    }
    return false;
  }

  function* lastCome(task: Task, text: string): Generator<RecentLine[]> {
    for (let before = Number.MAX_SAFE_INTEGER, isMore = true; isMore;) {
      const lines = lastMatches.all({ ...task.bounds, text, before, limit: step });
      yield lines;
      before = lines.at(-1)?.seq ?? 0;
      isMore = lines.length === step;
    }
  }

  /** @param isRanked the best are wanted, of which the newest are enough; else the newest, and pages are in the order of days only */
  function searchSealed(task: Task, text: string, isRanked: boolean): boolean {
    const opened = new Set<number>();
    const { first, end } = scopes.pages(task.bounds);
    let block: Block | undefined; // pages come by number, so that those of a block follow each other
    for (let [before, looked] = [end, 0]; looked < task.effort.pages || !task.isNarrow;) {
      const pages = pageMatches.all(text, first, before, step);
      for (const page of pages) {
        const isMore = opened.size >= (task.found.size >= task.enough / choice ? task.effort.enough : task.isNarrow ? task.effort.mostNarrow : task.effort.most);
        if (isMore || (isRanked ? task.found.size >= task.enough : isEnough(task, endOfPage(page)))) return true;
        if (!block || page < block.id) block = blocks.blockOf(page);
        if (!block || !scopes.mayHold(block, task.bounds)) continue;
        considerSealed(task, blocks.page(page, task.maybe, block));
        opened.add(block.id);
      }
      before = pages.at(-1) ?? 0;
      looked += pages.length;
      if (pages.length < step) return false;
    }
    return true;
  }

  /** Whether there is enough, and nothing from a moment back can be newer than what there is. */
  function isEnough(task: Task, time: number): boolean {
    if (task.found.size < task.enough) return false;
    const times = [...task.found.values()].map(({ record }) => Date.parse(record.time)).sort((a, b) => b - a);
    return time < (times[task.enough - 1] ?? 0);
  }

  /** The newest first, whatever words they hold. Returns whether there may be more than what was found. */
  function searchNewest(task: Task, most: { readonly lines: number; readonly blocks: number }): boolean {
    let isMore = false;
    let last = { time: Number.MAX_SAFE_INTEGER, seq: 0 };
    for (let [done, isOver] = [0, false]; !isOver && !isMore; done += step) {
      const lines = newestRecent.all({ ...task.bounds, ...last, limit: step });
      considerLines(task, lines);
      last = lines.at(-1) ?? last;
      isOver = lines.length < step;
      isMore = !isOver && (done + step >= most.lines || isEnough(task, last.time));
    }
    let opened = 0;
    for (const id of newestBlockIds.iterate(task.bounds)) {
      const block = blocks.blockOf(id);
      if (!block) continue;
      if (++opened > most.blocks || isEnough(task, block.last_time)) return true;
      considerSealed(task, blocks.lines(block, task.maybe));
    }
    return isMore;
  }

  function searchWords(task: Task, text: string): boolean {
    // It is quicker to read the newest than to look up all the words that begin so: of what is sealed that may be any number.
    if ((task.typing || isShortPrefix(task.wanted)) && searchNewest(task, newest) && task.found.size >= task.enough) return true;
    const moreRecent = searchRecent(task, text);
    if (moreRecent || task.found.size >= task.enough) return moreRecent || blocks.any();
    return searchSealed(task, text, true);
  }

  /** The newest of what filters ask, where the index knows about them. */
  function searchFacts(task: Task, text: string): boolean {
    if (searchNewest(task, firstLook) && task.found.size >= task.enough) return true;
    const moreRecent = searchRecent(task, text);
    return searchSealed(task, text, false) || moreRecent;
  }

  /** Records that may be wanted: of the newest lines first. */
  function* candidates(question: Question, bounds: Bounds): Generator<DaybookRecord> {
    const text = ftsExpression(question.wanted);
    for (let last = { time: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER }, isMore = true; isMore;) {
      const lines = text ? lastMatches.all({ ...bounds, text, before: last.seq, limit: step }) : newestRecent.all({ ...bounds, ...last, limit: step });
      yield* readLines(journal, lines, question.maybe).filter((record) => record !== undefined);
      last = lines.at(-1) ?? last;
      isMore = lines.length === step;
    }
    if (!text) {
      yield* everySealed(question, bounds);
      return;
    }
    for (let { first, end: before } = scopes.pages(bounds), isMore = true; isMore;) {
      const pages = pageMatches.all(text, first, before, step);
      for (const page of pages) yield* blocks.page(page, question.maybe).map(({ record }) => record);
      before = pages.at(-1) ?? 0;
      isMore = pages.length === step;
    }
  }

  function* everySealed({ maybe }: Question, bounds: Bounds): Generator<DaybookRecord> {
    for (const id of newestBlockIds.all(bounds)) {
      const block = blocks.blockOf(id);
      if (block) yield* blocks.lines(block, maybe).map(({ record }) => record);
    }
  }

  function* matches(query: string | Asked): ReturnType<Matches> {
    const question = questionOf(query, false);
    if (question.wanted.all.length === 0 && !question.isNarrow) return;
    for (const record of candidates(question, scopes.bounds(question.scope))) {
      if (question.match(record) !== undefined) yield { id: record.id, time: record.time, sessionId: record.sessionid ?? null };
    }
  }

  const search: Search = (query, { limit, typing = false }) => {
    const question = questionOf(query, typing);
    const text = ftsExpression(question.wanted);
    const asked = lookupExpression(facts, question.lookups);
    const bounds = scopes.bounds(question.scope);
    const isNothing = asked === undefined || bounds.kinds === none || bounds.sessions === none;
    if ((!text && !question.isNarrow) || isNothing) return { total: 0, results: [] };
    const task: Task = {
      ...question, bounds, found: new Map(), enough: typing || !text ? limit : limit * choice, typing,
      effort: typing ? effort.typing : effort.usual,
    };
    const both = [text, asked].filter((each) => each !== '').join(' AND ');
    const more = text ? searchWords(task, both) : asked ? searchFacts(task, asked) : searchNewest(task, { lines: task.effort.lines, blocks: task.effort.mostNarrow });
    const mark = createPassage(task.marked);
    const results = best([...task.found.values()], limit).map(({ record, score }) => hit(record, score, mark));
    const isPlain = !task.isNarrow && task.wanted.none.length === 0 && task.wanted.all.flat().every(({ words }) => words.length === 1);
    // While somebody types nothing is counted: for a word that is not finished it takes longer than all the rest.
    const counted = more && isPlain && !typing && !isShortPrefix(task.wanted) ? recent.count(text) : 0;
    return { total: Math.max(task.found.size, counted), results, ...(more && { more: true as const }) };
  };
  return { search, matches };
}

function* steps(lines: Iterable<RecentLine>): Generator<RecentLine[]> {
  let taken: RecentLine[] = [];
  for (const line of lines) {
    taken.push(line);
    if (taken.length < step) continue;
    yield taken;
    taken = [];
  }
  yield taken;
}

function best(found: readonly Found[], limit: number): { readonly record: DaybookRecord; readonly score: number }[] {
  const newest = Math.max(...found.map(({ record }) => Date.parse(record.time)));
  return found.map(({ record, match }) => ({ record, score: relevance(record, match, newest) }))
    .sort((a, b) => b.score - a.score || Date.parse(b.record.time) - Date.parse(a.record.time) || (a.record.id < b.record.id ? -1 : 1))
    .slice(0, limit);
}

function hit(record: DaybookRecord, score: number, mark: (text: string) => string): SearchHit {
  const { family, kind } = parseType(record.type) ?? { family: 'events' as const, kind: record.type };
  return {
    id: record.id, time: record.time, source: record.source, family, kind, sessionId: record.sessionid ?? null,
    snippet: mark(searchText(record)), score,
  };
}
