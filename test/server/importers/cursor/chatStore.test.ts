import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cursor } from '../../../../server/importers/cursor/index.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { following, headers, promptsIn, said, type Following } from '../contract/following.ts';
import { partsOf } from '../importing.ts';

const id = '11111111-aaaa-4bbb-8ccc-000000000006';
const call = { type: 'tool-call', toolCallId: 't1', toolName: 'Shell', args: { command: 'npm test' } };
const result = (output: object): object => ({
  type: 'tool-result', toolCallId: 't1', toolName: 'Shell', result: '1 failing', providerOptions: { cursor: { highLevelToolCallResult: { output } } },
});

describe('the store of Cursor\'s command line', () => {
  const at = folderForEachTest();
  const path = (): string => join(at.path, '.cursor/chats/md5', id, 'store.db');
  let tool: Database.Database;
  let blobs = 0;

  beforeEach(() => {
    mkdirSync(dirname(path()), { recursive: true });
    tool = new Database(path());
    tool.pragma('journal_mode = WAL');
    tool.exec('CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB); CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)');
    const meta = { agentId: id, name: 'New Agent', createdAt: Date.UTC(2026, 2, 1, 10), lastUsedModel: 'sonnet' };
    tool.prepare("INSERT INTO meta VALUES ('0', ?)").run(Buffer.from(JSON.stringify(meta)).toString('hex'));
    blobs = 0;
  });
  afterEach(() => tool.close());

  const put = (...values: readonly unknown[]): void => {
    for (const value of values) {
      const data = value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
      tool.prepare('INSERT INTO blobs VALUES (?, ?)').run(`blob-${++blobs}`, data);
    }
  };
  const read = async (): Promise<Following> => {
    const file = following(path(), cursor);
    await file.read();
    return file;
  };
  const messagesIn = (file: Following): { id: string; role: string; types: string[] }[] => said(file).flatMap((record) =>
    (record.kind === 'message' ? [{ id: record.id, role: record.data.role, types: record.data.parts.map(({ type }) => type) }] : []));

  it('is read message by message: what the person asked, what tools were called with and answered', async () => {
    put(
      { role: 'system', content: 'You are an agent.' },
      { role: 'user', content: '<user_info>\nOS: linux\n</user_info>' },
      { role: 'user', content: [{ type: 'text', text: '<timestamp>Sunday, Mar 1, 2026, 10:05 AM (UTC)</timestamp>\n<user_query>\nWhy does it fail?\n</user_query>' }] },
      Buffer.from([0x0a, 0x20, 0xff, 0x00]),
      { role: 'assistant', content: [{ type: 'reasoning', text: 'Run it.' }, call] },
      { role: 'tool', content: [result({ success: {} })] },
      { role: 'assistant', content: [{ type: 'text', text: 'The clock.' }] },
    );
    const file = await read();
    assert.deepEqual(file.problems, []);
    assert.deepEqual(promptsIn(file), ['Why does it fail?']);
    assert.deepEqual(messagesIn(file).map(({ role, types }) => `${role} ${types.join()}`), ['user text', 'user text', 'assistant reasoning,tool_call', 'tool tool_call_response', 'assistant text']);
    assert.deepEqual(said(file).map(({ time }) => time.slice(11, 16)), ['10:00', '10:05', '10:05', '10:05', '10:05']);
    const header = headers(file).get(id) as { title: string; fidelity: string };
    assert.deepEqual([header.title, header.fidelity], ['Why does it fail?', 'partial']);
  });

  for (const [output, status] of [[{ success: {} }, 'succeeded'], [{ error: {} }, 'failed'], [{ rejected: {} }, 'denied']] as const) {
    it(`says how a call ended: ${status}`, async () => {
      put({ role: 'assistant', content: [call] }, { role: 'tool', content: [result(output)] });
      const [, answer] = said(await read());
      assert.ok(answer?.kind === 'message');
      assert.deepEqual(partsOf([answer.data], 'tool_call_response'), [{ type: 'tool_call_response', id: 't1', response: '1 failing', status }]);
    });
  }

  it('takes title and folder from what lies beside it', async () => {
    writeFileSync(join(dirname(path()), 'meta.json'), JSON.stringify({ title: 'Flaky login', cwd: '/work/app', createdAtMs: 1 }));
    put({ role: 'user', content: '<user_query>Hi</user_query>' });
    const file = await read();
    assert.equal(said(file)[0]?.workspace, 'file:///work/app');
    const { title, titleSource, cwd } = headers(file).get(id) as Record<string, string>;
    assert.deepEqual([title, titleSource, cwd], ['Flaky login', 'ai', '/work/app']);
  });

  it('holds files that the agent saw, which are no messages, and no session without one', async () => {
    put('{"name":"package","version":"1.0.0"}', '{"role":"admin"}', 'plain text', '{"role":');
    const file = await read();
    assert.deepEqual([file.records.size, file.problems], [0, []]);
  });

  it('is read only where it grew', async () => {
    put({ role: 'user', content: '<user_query>One</user_query>' });
    const file = await read();
    file.records.clear();
    put({ role: 'assistant', content: 'Two' }, { role: 'user', content: '<user_query>Three</user_query>' });
    await file.read();
    assert.deepEqual(messagesIn(file).map(({ id: own }) => own), ['blob-2', 'blob-3']);
    assert.equal((headers(file).get(id) as { title: string }).title, 'One');
  });
});
