import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createRedactor } from '../../server/ingest/redact.ts';
import { createReader, type Reader } from '../../server/reader.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { folderForEachTest } from '../support/folder.ts';
import { seeded } from './durability/random.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 9, 1, 8);
const count = 600;
const words = ['alpha', 'beta', 'gamma', 'getUserName', 'Größe'];

/** Six days of events, commands and chats, in which some messages are replaced. */
function history(): DaybookRecord[] {
  const random = seeded(5);
  const known = new Set<string>();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const text = (): string => Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(words)).join(' ');
  return Array.from({ length: count }, (_, number): DaybookRecord => {
    const time = new Date(start + number * (6 * day / count)).toISOString();
    const common = { specversion: '1.0' as const, time, workspace: `file:///home/me/ws%20${number % 3}`, actor: pick(['user', 'agent:main', 'external']) };
    const roll = random();
    if (roll < 0.2) {
      const subject = `src/${pick(['app', 'main'])}.ts`;
      return { ...common, id: `e${number}`, source: 'lsp', type: 'dev.daybook.event.editor.saved', subject, sessionid: `coding:${number % 4}`, data: { uri: `${common.workspace}/${subject}`, text: text() } };
    }
    if (roll < 0.5) {
      const exitCode = pick([0, 1, 127]);
      const data = { command: text(), status: exitCode === 0 ? 'succeeded' : 'failed', exitCode, startedAt: time, durationMs: 5, output: text() };
      return { ...common, id: `c${number}`, source: 'vscode', type: 'dev.daybook.tool_execution.terminal.command', sessionid: 'coding:0', data };
    }
    const source = pick(['claude-code', 'codex']);
    const session = `${source}:s${Math.floor(random() * 4)}`;
    const first = `${session}:m${random() < 0.3 ? Math.floor(random() * 12) : number + 100}`;
    const id = known.has(first) ? `${first}~${number.toString(16).padStart(12, '0')}` : first;
    known.add(first);
    const role = pick(['user', 'assistant']);
    const call = { type: 'tool_call', id: `call${number}`, name: pick(['Edit', 'multi_edit', 'Bash']), arguments: { file_path: `/home/me/src/${pick(['app', 'main'])}.ts` } };
    const more = role === 'assistant' ? [call] : random() < 0.3 ? [{ type: 'blob', mimeType: 'image/png', bytes: 5 }] : [];
    const data = { role, parts: [{ type: 'text', content: text() }, ...more], ...(role === 'assistant' && { model: pick(['gpt-5', 'claude-sonnet-4']) }) };
    return { ...common, id, source, type: 'dev.daybook.chat.message', sessionid: session, data };
  });
}

const json = ({ data }: DaybookRecord): string => JSON.stringify(data);
const timeOf = ({ time }: DaybookRecord): number => Date.parse(time);
const pinned = 'codex:s1';

/** Each filter with what it must find, said in another way. */
const filters: readonly [string, (record: DaybookRecord) => boolean][] = [
  ['source:claude', ({ source }) => source === 'claude-code'],
  ['source:codex', ({ source }) => source === 'codex'],
  ['source:cod', () => false],
  ['kind:command', ({ type }) => type.endsWith('.terminal.command')],
  ['kind:editor', ({ type }) => type.includes('.editor.')],
  ['family:chats', ({ type }) => type.startsWith('dev.daybook.chat.')],
  ['actor:agent', ({ actor }) => actor === 'agent:main'],
  ['workspace:"me/ws 1"', ({ workspace }) => workspace?.endsWith('1') === true],
  ['file:src/app', (record) => /src\/app\.ts/.test(json(record))],
  ['file:SRC\\MAIN.ts', (record) => /src\/main\.ts/.test(json(record))],
  [`session:${pinned}`, ({ sessionid }) => sessionid === pinned],
  ['session:s2', ({ sessionid }) => sessionid?.endsWith(':s2') === true],
  ['is:pinned', ({ sessionid }) => sessionid === pinned],
  ['tag:release', ({ sessionid }) => sessionid === pinned],
  ['tag:"Night train"', ({ sessionid }) => sessionid === pinned],
  ['tag:night', () => false],
  ['file:main', (record) => /src\/main\.ts/.test(json(record))],
  ['file:ain.ts', () => false],
  ['file:"ws 1/src"', (record) => /ws%201\/src/.test(json(record))],
  ['model:sonnet', (record) => json(record).includes('claude-sonnet')],
  ['tool:edit', (record) => /"name":"(?:Edit|multi_edit)"/.test(json(record))],
  ['exit:127', (record) => json(record).includes('"exitCode":127')],
  ['is:error', (record) => json(record).includes('"status":"failed"')],
  ['has:attachment', (record) => json(record).includes('"blob"')],
  ['after:2026-10-03', (record) => timeOf(record) >= local(2026, 9, 3)],
  ['before:2026-10-03', (record) => timeOf(record) < local(2026, 9, 3)],
  ['during:2026-10-04', (record) => timeOf(record) >= local(2026, 9, 4) && timeOf(record) < local(2026, 9, 5)],
  ['alpha', (record) => /\balpha\b/.test(json(record))],
  ['gam*', (record) => json(record).includes('gamma')],
];

function local(year: number, month: number, date: number): number {
  return new Date(year, month, date).getTime();
}

describe('searching by filters', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  const open: Store[] = [];
  afterEach(() => open.splice(0).forEach((store) => store.close()));
  const records = history();
  // Of what was revised, the latest counts.
  const counting = [...new Map(records.map((record) => [record.id.replace(/~.*/, ''), record])).values()];

  function filled(name: string, sealing: boolean): Reader {
    const store = openStore(join(at.path, name));
    open.push(store);
    const mark: DaybookRecord = {
      specversion: '1.0', id: 'mark', source: 'cli', type: 'dev.daybook.event.session.marked', time: new Date(start + 7 * day).toISOString(), data: { session: pinned, pinned: true, tags: ['Release', 'night train'] },
    };
    for (let from = 0; from < records.length; from += 40) {
      store.write((batch) => batch.append(records.slice(from, from + 40).filter((record) => batch.seen(record, record.id) === undefined)));
      if (sealing && from % 200 === 160) store.seal({ everything: true });
    }
    store.write((batch) => batch.append([mark]));
    return createReader(store, () => Promise.resolve(createRedactor()));
  }

  /** The mark itself is a record too. */
  const ids = (reader: Reader, query: string): string[] => reader.search({ query, limit: 1_000 }).results.map(({ id }) => id).filter((id) => id !== 'mark');

  it('finds what each says and nothing else, in plain and in sealed days', () => {
    for (const reader of [filled('plain', false), filled('sealed', true)]) {
      for (const [query, isWanted] of filters) {
        assert.deepEqual(ids(reader, query).sort(), counting.filter(isWanted).map(({ id }) => id).sort(), query);
      }
    }
  });

  it('finds what several say together, the same in plain and in sealed days', () => {
    const [plain, sealed] = [filled('plain', false), filled('sealed', true)];
    const random = seeded(7);
    const pick = (): (typeof filters)[number] => filters[Math.floor(random() * filters.length)] as (typeof filters)[number];
    for (let done = 0; done < 150; done++) {
      const [[a, isA], [b, isB], [c, isC]] = [pick(), pick(), pick()];
      const [query, isWanted]: (typeof filters)[number] = [
        [`(${a}) (${b}) -(${c})`, (record: DaybookRecord) => isA(record) && isB(record) && !isC(record)] as const,
        [`${a} OR (${b} -${c})`, (record: DaybookRecord) => isA(record) || (isB(record) && !isC(record))] as const,
        [`-(${a} OR ${b}) ${c}`, (record: DaybookRecord) => !(isA(record) || isB(record)) && isC(record)] as const,
      ][done % 3] as (typeof filters)[number];
      // Several values of one filter are a choice: that is for the tests of the parser.
      const nameOf = (filter: string): string => filter.split(':')[0] ?? '';
      if (query.startsWith('(') && nameOf(a) === nameOf(b)) continue;
      const found = ids(plain, query);
      const wanted = counting.filter((record) => isWanted(record)).map(({ id }) => id);
      assert.deepEqual(found.toSorted(), wanted.sort(), query);
      assert.deepEqual(ids(sealed, query), found, query);
    }
  });

  it('lists the newest first where no words are asked, and says that there are more', () => {
    for (const reader of [filled('plain', false), filled('sealed', true)]) {
      const { results, more } = reader.search({ query: 'kind:command', limit: 7 });
      const newest = counting.filter(({ type }) => type.endsWith('.terminal.command')).reverse().slice(0, 7);
      assert.deepEqual(results.map(({ id }) => id), newest.map(({ id }) => id));
      assert.equal(more, true);
    }
  });

  it('says what it could not understand, and looks for the rest', () => {
    const { mistakes, results } = filled('plain', false).search({ query: 'sorce:codex alpha is:eror', limit: 5 });
    assert.deepEqual(mistakes?.map(({ code, from, to, suggestion }) => [code, from, to, suggestion]), [['unknown-filter', 0, 5, 'source'], ['unknown-value', 21, 25, 'error']]);
    assert.deepEqual(results, []);
  });

  it('takes the end for unfinished while somebody types', () => {
    const reader = filled('plain', false);
    const typed = (query: string): ReturnType<Reader['search']> => reader.search({ query, typing: true, limit: 1_000 });
    for (const query of ['source:cod', 'alpha is:err', 'alpha source:', 'alpha during:yest', 'alpha after:2026-1', 'alpha "beta gam', '(alpha', 'alpha OR']) {
      assert.equal(typed(query).mistakes, undefined, query);
      assert.ok(typed(query).total > 0, query);
    }
    assert.deepEqual(typed('alpha is:erx').mistakes?.map(({ code }) => code), ['unknown-value']);
    assert.deepEqual(typed('').results, []);
  });
});
