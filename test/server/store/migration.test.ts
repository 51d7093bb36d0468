import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../server/store/store.ts';
import { folderForEachTest } from '../../support/folder.ts';

const schema1 = readFileSync(join(import.meta.dirname, '../../fixtures/store/schema-1.sql'), 'utf8');

describe('a database of an earlier version', () => {
  const at = folderForEachTest();

  it('(1) keeps how far sources are read, and finds everything in the journal again', () => {
    const root = join(at.path, 'data');
    mkdirSync(join(root, 'journal/chats/2026/11/20'), { recursive: true });
    const message = (id: string, content: string): string => JSON.stringify({
      specversion: '1.0', id: `tool:s1:${id}`, source: 'tool', type: 'dev.daybook.chat.message', time: '2026-11-20T10:00:00.000Z', sessionid: 'tool:s1',
      data: { role: 'user', parts: [{ type: 'text', content }] },
    });
    writeFileSync(join(root, 'journal/chats/2026/11/20/tool_s1.jsonl'), `${message('1', 'alpha')}\n${message('2', 'beta')}\n`);
    const old = new Database(join(root, 'daybook.db'));
    old.exec(schema1);
    old.exec(`INSERT INTO source_file VALUES ('/home/ada/s1.jsonl', 'tool', '{"offset":12}', '["tool:s1"]')`);
    old.exec(`INSERT INTO text (rowid, body) VALUES (1, 'alpha')`);
    old.pragma('user_version = 1');
    old.close();

    const store = openStore(root);
    store.catchUp();
    assert.deepEqual(store.cursors.get('/home/ada/s1.jsonl'), { source: 'tool', cursor: '{"offset":12}', sessions: ['tool:s1'] });
    assert.deepEqual(store.queries.search('alpha', { limit: 5 }).results.map(({ id }) => id), ['tool:s1:1']);
    assert.equal(store.queries.session('tool:s1')?.prompts, 2);
    assert.deepEqual(store.check(), []);
    store.close();
  });
});
