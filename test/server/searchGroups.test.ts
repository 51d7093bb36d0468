import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createRedactor } from '../../server/ingest/redact.ts';
import { createReader, type Reader } from '../../server/reader.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { SearchGroup } from '../../shared/results.ts';
import { folderForEachTest } from '../support/folder.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 10) + minute * 60_000).toISOString();

function said(session: string, minute: number, content: string): DaybookRecord {
  return {
    specversion: '1.0', id: `tool:${session}:${minute}`, source: 'tool', type: 'dev.daybook.chat.message', time: at(minute), sessionid: `tool:${session}`, actor: 'user',
    data: { role: 'user', parts: [{ type: 'text', content }] },
  };
}

function noted(session: string, minute: number, text: string): DaybookRecord {
  return { specversion: '1.0', id: `n${session}${minute}`, source: 'lsp', type: 'dev.daybook.event.note', time: at(minute), sessionid: `coding:${session}`, data: { text } };
}

/** Two chats and two coding sessions whose records lie in one file, and a record of no session. */
const first: readonly DaybookRecord[] = [
  { ...said('a', 0, ''), id: 'tool:a:session', type: 'dev.daybook.chat.session', data: { title: 'Alpha', fidelity: 'full', format: 'f' } },
  said('a', 1, 'good morning'), said('b', 2, 'walrus once'), said('a', 3, 'the walrus walrus question'), noted('x', 4, 'opened'), noted('y', 5, 'elsewhere'),
  noted('x', 6, 'walrus in a note'), said('a', 7, ''), noted('y', 8, 'elsewhere again'),
];
const second: readonly DaybookRecord[] = [
  said('a', 9, 'an answer'), said('a', 10, 'one more walrus'), noted('x', 11, 'closed'), { ...noted('z', 12, 'a walrus alone'), sessionid: undefined } as unknown as DaybookRecord,
];

describe('results by session', () => {
  const folder = folderForEachTest();
  let store: Store;
  let reader: Reader;
  beforeEach(() => {
    store = openStore(join(folder.path, 'data'));
    reader = createReader(store, () => Promise.resolve(createRedactor()));
  });
  afterEach(() => store.close());

  const groups = (): readonly SearchGroup[] => reader.search({ query: 'walrus', grouped: true }).groups ?? [];
  const told = (): unknown => groups().map(({ session, hits, before, after }) => [session?.title, hits, before?.text, after?.text]);

  const wanted = [
    ['Work outside a folder', ['nx6'], 'opened', 'closed'],
    ['Alpha', ['tool:a:3', 'tool:a:10'], 'good morning', 'an answer'],
    ['Untitled session', ['tool:b:2'], undefined, undefined],
    [undefined, ['nz12'], undefined, undefined],
  ];
  const sorted = (value: unknown): string[] => (value as unknown[]).map((each) => JSON.stringify(each)).sort();

  it('are put together, with what came before and after, in plain and in sealed days and between', () => {
    store.write((batch) => batch.append([...first, ...second]));
    assert.deepEqual(sorted(told()), sorted(wanted));
    store.seal({ everything: true });
    assert.deepEqual(sorted(told()), sorted(wanted));
  });

  it('go on from what is sealed to what is not', () => {
    store.write((batch) => batch.append(first));
    store.seal({ everything: true });
    store.write((batch) => batch.append(second));
    assert.deepEqual(sorted(told()), sorted(wanted));
    const { results } = reader.search({ query: 'closed', grouped: true });
    assert.deepEqual(results.map(({ id }) => id), ['nx11']);
    assert.equal(reader.search({ query: 'closed', grouped: true }).groups?.[0]?.before?.text, 'walrus in a note');
  });

  it('are in the order of their best, and left out where nobody asks', () => {
    store.write((batch) => batch.append([...first, ...second]));
    const { results } = reader.search({ query: 'walrus' });
    const order = [...new Set(results.map(({ id, sessionId }) => sessionId ?? id))];
    assert.deepEqual(groups().map(({ session, hits }) => session?.id ?? hits[0]), order);
    assert.equal(reader.search({ query: 'walrus' }).groups, undefined);
  });
});
