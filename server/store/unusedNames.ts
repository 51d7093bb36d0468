/** Names that stood in records which are gone: what no other record has goes with them, so that it is neither offered nor left on the disk. */

import { factsOf } from '../../shared/facts.ts';
import { parseType, type DaybookRecord } from '../../shared/record.ts';
import { selectBlock, type Block, type Blocks } from './blocks.ts';
import type { Sqlite } from './database.ts';
import { factWord, pathExpression } from './factWords.ts';
import type { Journal } from './journal.ts';
import { readLines, type Line } from './lineReader.ts';
import type { Removed } from './unindex.ts';
import { pathOfPack } from './workPacks.ts';

export interface UnusedNames {
  /** Drops those of the facts that no record has any more, and says of the others when they were met last. */
  dropFacts(facts: Iterable<RemovedFact>): void;
  /** Drops numbers of words, paths and command lines that nothing refers to. Whoever remembers any must forget them. */
  dropNumbers(): void;
}

export type RemovedFact = Removed['facts'] extends ReadonlyMap<string, infer Fact> ? Fact : never;

/** Records and pages that are looked at for one fact: the newest that has it is nearly always among the first. */
const mostLooked = 200;

/** Where numbers of words stand. */
const wordColumns: Readonly<Record<string, readonly string[]>> = {
  record: ['family', 'kind', 'source', 'workspace', 'actor'], session: ['source', 'workspace'], block_kind: ['kind'], day: ['family', 'source', 'kind'],
  hour_activity: ['lane', 'workspace'], hour_tokens: ['source', 'model', 'workspace'], hour_command: ['workspace'], hour_test: ['workspace'],
  day_file: ['workspace'], fix: ['workspace'], response: ['source', 'model', 'workspace'], tool_execution: ['name', 'status', 'workspace'],
  packed_run: ['workspace', 'status'], deed: ['status'],
};

/** The numbers that packs name. */
const inPacks = (table: string, names: 'words' | 'subjects'): string => `SELECT json_each.value FROM ${table}, json_each(${table}.${names})`;

export function openUnusedNames(database: Sqlite, journal: Journal, blocks: Blocks): UnusedNames {
  const lastOf = database.prepare<[string, string], number>('SELECT max(last) FROM fact WHERE name = ? AND value = ?').pluck();
  const drop = database.prepare('DELETE FROM fact WHERE name = ? AND value = ?');
  const update = database.prepare('UPDATE fact SET last = ? WHERE name = ? AND value = ?');
  const line = 'f.path, r.start, r.length';
  const recent = database.prepare<[string, number], Line>(`SELECT ${line} FROM text JOIN record r ON r.seq = text.rowid JOIN journal_file f ON f.id = r.file
    WHERE text MATCH ? AND r.superseded = 0 ORDER BY r.time DESC LIMIT ?`);
  const pages = database.prepare<[string, number], number>('SELECT rowid FROM page_text WHERE page_text MATCH ? ORDER BY rowid DESC LIMIT ?').pluck();
  const recentOfKind = database.prepare<[string, number], Line>(`SELECT ${line} FROM record r JOIN journal_file f ON f.id = r.file JOIN word w ON w.id = r.kind
    WHERE w.text = ? AND r.superseded = 0 ORDER BY r.time DESC LIMIT ?`);
  const blocksOfKind = database.prepare<[string], Block>(`${selectBlock} JOIN block_kind k ON k.block = b.id JOIN word w ON w.id = k.kind WHERE w.text = ? ORDER BY b.last_time DESC`);

  function* candidates({ name, value }: RemovedFact): Generator<DaybookRecord> {
    if (name === 'kind') {
      yield* readLines(journal, recentOfKind.all(value, 1)).filter((record) => record !== undefined);
      for (const block of blocksOfKind.all(value).slice(0, 1)) yield* blocks.lines(block).map(({ record }) => record).filter(({ type }) => parseType(type)?.kind === value);
      return;
    }
    const expression = name === 'file' ? pathExpression(value) : `"${factWord(name, value)}"`;
    if (expression === undefined) return;
    yield* readLines(journal, recent.all(expression, mostLooked)).filter((record) => record !== undefined);
    for (const page of pages.all(expression, mostLooked)) yield* blocks.page(page).map(({ record }) => record);
  }

  function lastMet(fact: RemovedFact): number | undefined {
    let last: number | undefined;
    for (const record of candidates(fact)) {
      const time = Date.parse(record.time);
      if ((last ?? -Infinity) >= time || !factsOf(record).some(({ name, value }) => name === fact.name && value === fact.value)) continue;
      last = time;
    }
    return last;
  }

  return {
    dropFacts(facts) {
      for (const fact of facts) {
        const known = lastOf.get(fact.name, fact.value);
        if (typeof known !== 'number' || known > fact.last) continue; // met since
        const last = lastMet(fact);
        if (last === undefined) drop.run(fact.name, fact.value);
        else update.run(last, fact.name, fact.value);
      }
    },
    dropNumbers() {
      const used = (columns: typeof wordColumns): string => Object.entries(columns)
        .flatMap(([table, names]) => names.map((name) => `SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL`)).join(' UNION ');
      database.exec(`DELETE FROM word WHERE id NOT IN (${used(wordColumns)} UNION ${inPacks('packed_execution', 'words')} UNION ${inPacks('packed_response', 'words')})`);
      database.exec(`DELETE FROM path WHERE id NOT IN (${used({ deed: ['path'], work: ['path'] })} UNION SELECT ${pathOfPack} FROM packed_work)`);
      database.exec(`DELETE FROM subject WHERE id NOT IN (${used({ hour_command: ['command'], day_file: ['file'], fix: ['command'], tool_execution: ['command'] })} UNION ${inPacks('packed_execution', 'subjects')})`);
    },
  };
}
