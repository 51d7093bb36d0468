import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../../../server/store/schema.ts';
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

  it('(2) counts everything once more for its statistics', () => {
    const root = join(at.path, 'data');
    mkdirSync(join(root, 'journal/tool_executions'), { recursive: true });
    const time = '2026-11-20T10:00:00.000Z';
    const line = JSON.stringify({
      specversion: '1.0', id: 'c1', source: 'vscode', type: 'dev.daybook.tool_execution.terminal.command', time, sessionid: 'coding:1', data: { command: 'npm test', status: 'failed' },
    });
    writeFileSync(join(root, 'journal/tool_executions/2026-11-20.jsonl'), `${line}\n`);
    const old = new Database(join(root, 'daybook.db'));
    for (const { version, sql } of migrations) if (version <= 2) old.exec(sql);
    old.exec(`INSERT INTO source_file VALUES ('/home/ada/s1.jsonl', 'tool', '{}', '[]')`);
    old.exec(`INSERT INTO journal_file (path, indexed_bytes) VALUES ('tool_executions/2026-11-20.jsonl', ${line.length + 1})`);
    old.exec(`INSERT INTO word VALUES (1, 'vscode')`);
    old.exec(`INSERT INTO day VALUES (20777, 1, 1, 1, 1, 0)`);
    old.pragma('user_version = 2');
    old.close();

    const store = openStore(root);
    store.catchUp();
    assert.deepEqual(store.queries.statistics.rows({ since: 0, until: 1e6 }).mostFailing, [{ command: 'npm test', runs: 1, failed: 1 }]);
    assert.deepEqual([store.stats().records, store.cursors.get('/home/ada/s1.jsonl')?.source], [1, 'tool']);
    store.close();
  });
});
