import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { migrations } from '../../../server/store/schema.ts';

const workspace = 'file:///home/ada/shop';
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();

function message(session: string, id: string, minute: number, parts: readonly object[], more: object = {}): DaybookRecord {
  return {
    specversion: '1.0', id: `${session}:${id}`, source: 'claude-code', type: 'dev.daybook.chat.message', time: at(minute), sessionid: session, workspace,
    data: { role: 'assistant', parts, ...more },
  };
}

const call = (id: string, name: string, file: string): object => ({ type: 'tool_call', id, name, arguments: { file_path: file } });
const answer = (id: string, status: string): object => ({ type: 'tool_call_response', id, status });

let events = 0;
function event(kind: string, minute: number, data: object, session = 'coding:1'): DaybookRecord {
  return { specversion: '1.0', id: `event-${++events}`, source: 'lsp', type: `dev.daybook.event.${kind}`, time: at(minute), sessionid: session, workspace, data };
}

describe('sessions that touched a file', () => {
  const folder = folderForEachTest();
  let store: Store;
  beforeEach(() => {
    store = openStore(join(folder.path, 'data'));
  });
  afterEach(() => store.close());

  const append = (...records: DaybookRecord[]): void => store.write((batch) => batch.append(records));
  const touched = (file = `${workspace}/src/cart.ts`): string[] => store.queries.touching(file, 10)
    .map(({ session, first, last, changes }) => `${session} ${new Date(first).getUTCMinutes()}-${new Date(last).getUTCMinutes()} ${changes}`);

  it('are chats and coding sessions, the latest first, with what they changed', () => {
    append(
      message('claude-code:a', '1', 1, [call('c1', 'Read', '/home/ada/shop/src/cart.ts'), call('c2', 'Edit', 'src/cart.ts')]),
      message('claude-code:b', '1', 30, [call('c1', 'Read', '/home/ada/shop/src/cart.ts')]),
      message('codex:c', '1', 20, [{ type: 'edit', uri: `${workspace}/src/cart.ts` }]),
      event('editor.opened', 5, { uri: `${workspace}/src/cart.ts` }), event('editor.edited', 6, { uri: `${workspace}/src/cart.ts` }),
      event('editor.edited', 9, { uri: `${workspace}/src/cart.ts` }), event('editor.edited', 9, { uri: `${workspace}/src/other.ts` }),
      event('file.renamed', 40, { oldUri: `${workspace}/src/cart.ts`, uri: `${workspace}/src/basket.ts` }, 'coding:2'),
    );
    const expected = ['coding:2 40-40 1', 'claude-code:b 30-30 0', 'codex:c 20-20 1', 'coding:1 5-9 2', 'claude-code:a 1-1 1'];
    assert.deepEqual(touched(), expected);
    assert.deepEqual(touched('/home/ada/shop/src/cart.ts'), expected);
    assert.deepEqual(touched(`${workspace}/src/basket.ts`), ['coding:2 40-40 1']);
    assert.deepEqual([touched(`${workspace}/src`), touched('untitled:1')], [[], []]);
    assert.equal(store.queries.touching(`${workspace}/src/cart.ts`, 2).length, 2);
  });

  it('are not those whose call failed, was replayed or was replaced by a later revision', () => {
    append(
      message('claude-code:a', '1', 1, [call('c1', 'Edit', 'src/cart.ts')]), message('claude-code:a', '2', 2, [answer('c1', 'denied')]),
      message('claude-code:b', '1', 3, [call('c1', 'Edit', 'src/cart.ts')], { copied: true }),
      message('claude-code:c', '1', 4, [call('c1', 'Edit', 'src/cart.ts')]), message('claude-code:c', '1~00000000abcd', 5, [call('c1', 'Edit', 'src/other.ts')]),
      message('claude-code:d', '1', 6, [call('c1', 'Edit', 'src/cart.ts')]), message('claude-code:d', '2', 7, [answer('c1', 'succeeded')]),
    );
    assert.deepEqual(touched(), ['claude-code:d 6-6 1']);
    assert.deepEqual(touched(`${workspace}/src/other.ts`), ['claude-code:c 5-5 1']);
  });

  it('are found by their names after another process has numbered these anew', () => {
    const yesterday = { ...event('editor.edited', 1, { uri: `${workspace}/src/other.ts` }), time: new Date(Date.UTC(2026, 10, 19, 10)).toISOString() };
    append(yesterday);
    append(event('editor.edited', 6, { uri: `${workspace}/src/cart.ts` }));
    const edited = store.queries.statistics.rows({ since: 0, until: 1e6 });
    rmSync(join(folder.path, 'data/journal/events/2026-11-19.jsonl'));
    const other = openStore(join(folder.path, 'data'));
    other.rebuild();
    other.close();
    append(event('editor.edited', 9, { uri: `${workspace}/src/cart.ts` }));
    assert.deepEqual(touched(), ['coding:1 6-9 2']);
    assert.deepEqual(touched(`${workspace}/src/other.ts`), []);
    assert.notDeepEqual(store.queries.statistics.rows({ since: 0, until: 1e6 }), edited);
    const before = store.queries.statistics.rows({ since: 0, until: 1e6 });
    store.rebuild();
    assert.deepEqual(store.queries.statistics.rows({ since: 0, until: 1e6 }), before);
  });

  it('are the same sealed, rebuilt, and from a database that did not know', () => {
    append(
      message('claude-code:a', '1', 1, [call('c1', 'Edit', 'src/cart.ts')]), message('claude-code:a', '1~00000000abcd', 2, [call('c1', 'Edit', 'src/cart.ts')]),
      event('editor.edited', 6, { uri: `${workspace}/src/cart.ts` }),
    );
    const before = touched();
    assert.equal(before.length, 2);
    store.seal({ everything: true, settled: true });
    assert.deepEqual(touched(), before);
    append(event('editor.edited', 7, { uri: `${workspace}/src/cart.ts` }));
    const after = ['coding:1 6-7 2', 'claude-code:a 2-2 1'];
    store.rebuild();
    assert.deepEqual(touched(), after);
    store.close();

    for (const end of ['', '-wal', '-shm']) rmSync(join(folder.path, 'data', `daybook.db${end}`), { force: true });
    const old = new Database(join(folder.path, 'data', 'daybook.db'));
    for (const { version, sql } of migrations) if (version <= 2) old.exec(sql);
    old.pragma('user_version = 2');
    old.close();
    store = openStore(join(folder.path, 'data'));
    store.catchUp();
    assert.deepEqual(touched(), after);
    assert.deepEqual([store.queries.session('coding:1')?.id, store.queries.figures().records], ['coding:1', 3]);
  });

  it('are forgotten with their sessions, names of files too', () => {
    append(message('claude-code:a', '1', 1, [call('c1', 'Edit', 'src/secret-plan.ts')]), event('editor.edited', 6, { uri: `${workspace}/src/cart.ts` }));
    store.forget({ records: [], sessions: ['claude-code:a'] });
    assert.deepEqual([touched(`${workspace}/src/secret-plan.ts`), touched().length], [[], 1]);
    const database = new Database(join(folder.path, 'data', 'daybook.db'), { readonly: true });
    assert.deepEqual(database.prepare('SELECT name FROM path').pluck().all(), ['/home/ada/shop/src/cart.ts']);
    database.close();
  });
});
