import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createRedactor } from '../../server/ingest/redact.ts';
import { createReader, type Reader } from '../../server/reader.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { folderForEachTest } from '../support/folder.ts';

const common = { specversion: '1.0' as const, workspace: 'file:///home/me/my%20shop' };
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();

function call(minute: number, name: string, path: string, model: string): DaybookRecord {
  const parts = [{ type: 'tool_call', id: `c${minute}`, name, arguments: { file_path: path } }];
  return { ...common, id: `codex:a:${minute}`, source: 'codex', type: 'dev.daybook.chat.message', time: at(minute), sessionid: 'codex:a', actor: 'agent:codex', data: { role: 'assistant', model, parts } };
}

const records: readonly DaybookRecord[] = [
  call(1, 'Bash', '/home/me/my shop/src/store/search.ts', 'gpt-5-codex'),
  call(2, 'multi_edit', '/home/me/my shop/src/store/schema.ts', 'claude-sonnet-4-5'),
  call(3, 'Bash', '/home/me/my shop/src/index.ts', 'gpt-5-codex'),
  { ...common, id: 'e1', source: 'vscode', type: 'dev.daybook.tool_execution.terminal.command', time: at(4), actor: 'user', data: { command: 'x', status: 'failed', exitCode: 137 } },
  { ...common, id: 'mark', source: 'cli', type: 'dev.daybook.event.session.marked', time: at(5), data: { session: 'codex:a', tags: ['Release', 'night train'] } },
];

describe('completion from the record', () => {
  const folder = folderForEachTest();
  let store: Store;
  let reader: Reader;
  beforeEach(() => {
    store = openStore(join(folder.path, 'data'));
    store.write((batch) => batch.append(records));
    reader = createReader(store, () => Promise.resolve(createRedactor()));
  });
  afterEach(() => store.close());

  const offered = (query: string): string[] => reader.searchComplete({ query }).items.map(({ text }) => text);
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['tool:', ['Bash', 'multi_edit']],
    ['tool:edit', ['multi_edit']],
    ['source:', ['cli', 'vscode', 'codex']],
    ['model:sonn', ['claude-sonnet-4-5']],
    ['kind:com', ['terminal.command']],
    ['family:', ['chats', 'events', 'tasks', 'tool_executions', 'workflows']],
    ['workspace:my', ['"my shop"']],
    ['exit:', ['137']],
    ['actor:agent', ['agent:codex']],
    ['tag:n', ['"night train"']],
    ['session:co', ['codex:a']],
    ['file:s', ['src/index.ts', 'store/schema.ts', 'store/search.ts']],
    ['file:sea', ['store/search.ts']],
    ['file:nothing', []],
  ];

  it('offers what there is, the latest first', () => {
    for (const [query, wanted] of cases) assert.deepEqual(offered(query), wanted, query);
  });

  it('offers only what finds something', () => {
    for (const [query, wanted] of cases) {
      if (query === 'family:') continue;
      for (const text of wanted) assert.ok(reader.search({ query: query.slice(0, query.indexOf(':') + 1) + text }).total > 0, text);
    }
  });

  it('offers the same when everything is sealed, and after a rebuild', () => {
    const before = cases.map(([query]) => offered(query));
    store.seal({ everything: true });
    assert.deepEqual(cases.map(([query]) => offered(query)), before);
    store.rebuild();
    assert.deepEqual(cases.map(([query]) => offered(query)), before);
  });

  it('offers nothing that was forgotten', async () => {
    await reader.forget({ sessions: ['codex:a'] });
    assert.deepEqual([offered('tool:'), offered('model:'), offered('file:')], [[], [], []]);
    assert.deepEqual(offered('exit:'), ['137']);
  });
});
