import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { cursor } from '../../../../server/importers/cursor/index.ts';
import type { Machine } from '../../../../server/importers/importer.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { readDatabase, type DatabaseReading } from '../databaseReading.ts';
import { counts, header, latest, message, mutated, prompts } from '../importing.ts';

describe('Cursor\'s database', () => {
  const at = folderForEachTest();
  let tool: Database.Database;
  const path = (): string => join(at.path, 'state.vscdb');
  const read = (state?: DatabaseReading['states'][number], most?: number): DatabaseReading => readDatabase(cursor, path(), state, most);
  const put = (key: string, value: unknown): void =>
    void tool.prepare('INSERT INTO cursorDiskKV VALUES (?, ?)').run(key, typeof value === 'string' || value === null ? value : JSON.stringify(value));

  beforeEach(() => {
    tool = new Database(path());
    tool.pragma('journal_mode = WAL');
    tool.exec(`CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);
      CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);`);
    tool.exec("INSERT INTO ItemTable VALUES ('cursorAuth/accessToken', 'of nobody else')");
  });
  afterEach(() => tool.close());

  const call = {
    toolCallId: 'call_1\nmc_2', name: 'run_terminal_cmd', status: 'completed', rawArgs: '{"command":"npm test"}', result: '{"output":"2 failing","exitCode":1}',
  };

  /** A chat as Cursor 2 keeps it: names of bubbles in the chat, each bubble under a key of its own. */
  function chat(id = 'c1'): void {
    put(`composerData:${id}`, {
      _v: 10, composerId: id, name: 'Flaky login', createdAt: 1_760_000_000_000, lastUpdatedAt: 1_760_000_100_000, modelConfig: { modelName: 'gpt-5' },
      workspaceIdentifier: { id: 'w', uri: { fsPath: '/work/app' } },
      fullConversationHeadersOnly: ['b1', 'b2', 'b3', 'gone'].map((bubbleId) => ({ bubbleId })),
    });
    const context = { fileSelections: [{ uri: { fsPath: '/work/app/login.ts' } }] };
    put(`bubbleId:${id}:b1`, { bubbleId: 'b1', type: 1, text: 'Why does it fail?', createdAt: '2025-10-09T08:53:21.000Z', context });
    put(`bubbleId:${id}:b2`, { bubbleId: 'b2', type: 2, text: '', thinking: { text: 'Run it.' }, toolFormerData: call, tokenCount: { inputTokens: 0, outputTokens: 0 } });
    put(`bubbleId:${id}:b3`, {
      bubbleId: 'b3', type: 2, text: 'The clock.', createdAt: '2025-10-09T08:54:00.000Z', modelInfo: { modelName: 'sonnet' }, tokenCount: { inputTokens: 9, outputTokens: 4 },
    });
  }

  it('is read chat by chat: prompts, replies, calls with their ends, tokens where there are any', () => {
    chat();
    const reading = read();
    assert.deepEqual(reading.problems, []);
    assert.deepEqual(counts(reading), { sessions: 1, prompts: 1, replies: 2, toolCalls: 1, usage: [9, 0, 0, 4] });
    assert.deepEqual(prompts(reading), ['Why does it fail?']);
    assert.deepEqual(message(reading, 'b1').parts[1], { type: 'uri', uri: 'file:///work/app/login.ts' });
    assert.deepEqual(message(reading, 'b2').parts, [
      { type: 'reasoning', content: 'Run it.' },
      { type: 'tool_call', id: 'call_1', name: 'run_terminal_cmd', arguments: { command: 'npm test' } },
    ]);
    assert.deepEqual(message(reading, 'b2#answers').parts, [
      { type: 'tool_call_response', id: 'call_1', response: { output: '2 failing', exitCode: 1 }, status: 'failed', exitCode: 1 },
    ]);
    assert.deepEqual([message(reading, 'b2').model, message(reading, 'b3').model], ['gpt-5', 'sonnet']);
    assert.deepEqual([...latest(reading).values()].map(({ time }) => time.slice(11, 19)), ['08:53:21', '08:53:21', '08:53:21', '08:54:00', '08:53:20']);
    const { title, cwd, fidelity } = header(reading);
    assert.deepEqual([title, cwd, fidelity], ['Flaky login', '/work/app', 'partial']);
    assert.ok(!JSON.stringify(reading).includes('of nobody else'));
  });

  it('holds chats of the first releases whole, and deleted ones as nothing', () => {
    put('composerData:old', { createdAt: 1_730_000_000_000, conversation: [{ bubbleId: 'x1', type: 1, text: 'Hello\nthere' }, { bubbleId: 'x2', type: 2, text: 'Hi' }] });
    put('composerData:map', { createdAt: 1, fullConversationHeadersOnly: [{ bubbleId: 'y1' }], conversationMap: { y1: { type: 1, text: 'From the map' } } });
    put('composerData:deleted', null);
    put('composerData:empty', { createdAt: 1, fullConversationHeadersOnly: [] });
    const reading = read();
    assert.deepEqual(prompts(reading).sort(), ['From the map', 'Hello\nthere']);
    assert.equal(header(reading, 'old').title, 'Hello');
    assert.deepEqual(counts(reading).sessions, 2);
    assert.deepEqual(reading.problems, []);
  });

  it('is read again only where it changed, also when the newest rows were deleted before', () => {
    for (const id of ['c1', 'c2', 'c3']) chat(id);
    const first = read();
    for (let each = 0; each < 600; each++) put(`agentKv:blob:${each}`, 'x');
    const second = read(first.states.at(-1));
    put('bubbleId:c2:b3', { bubbleId: 'b3', type: 2, text: 'The clock, again.' });
    const third = read(second.states.at(-1));
    assert.deepEqual([...new Set(third.records.map(({ session }) => session))], ['c2']);
    assert.deepEqual(message(third, 'b3').parts, [{ type: 'text', content: 'The clock, again.' }]);
    tool.exec("DELETE FROM cursorDiskKV WHERE key > 'agentKv:' AND key < 'agentKv;' OR key = 'bubbleId:c2:b3'");
    put('bubbleId:c3:b3', { bubbleId: 'b3', type: 2, text: 'New.' });
    assert.ok(read(third.states.at(-1)).records.some(({ session }) => session === 'c3'));
  });

  it('gives the same when it is stopped after any step', () => {
    for (const id of ['c1', 'c2', 'c3']) chat(id);
    const conversation = Array.from({ length: 450 }, (_, index) => ({ bubbleId: `l${index}`, type: 1 + (index % 2), text: `words ${index}` }));
    put('composerData:c2long', { createdAt: 1_760_000_000_000, conversation });
    const whole = read();
    assert.ok(whole.states.length > 5);
    for (let most = 1; most < whole.states.length; most++) {
      const first = read(undefined, most);
      const both = { records: [...first.records, ...read(first.states.at(-1)).records], problems: [] };
      assert.deepEqual(new Map([...latest(both)].sort()), new Map([...latest(whole)].sort()), `after ${most}`);
    }
  });

  it('names values that cannot be read, keeps what it does not know, and goes on', () => {
    chat();
    put('composerData:broken', '{"_v":');
    put('bubbleId:c1:b2', '[]');
    put('bubbleId:c1:b3', { type: 7 });
    const reading = read();
    assert.deepEqual(reading.problems.map(({ message: text }) => text), [
      `The value of composerData:broken in ${path()} holds no JSON object and was passed over.`,
      `The value of bubbleId:c1:b2 in ${path()} holds no JSON object and was passed over.`,
    ]);
    assert.ok(reading.records.some((record) => record.kind === 'unknown' && record.data.nativeType === 'bubble 7'));
  });

  it('throws for no value', () => {
    chat();
    const rows = tool.prepare<[], { key: string; value: string }>('SELECT key, value FROM cursorDiskKV').all();
    const one = fc.constantFrom(...rows).chain(({ key, value }) => mutated(JSON.parse(value)).map((odd) => ({ key, value, odd })));
    fc.assert(fc.property(one, ({ key, value, odd }) => {
      put(key, JSON.stringify(odd) ?? 'null');
      assert.doesNotThrow(() => JSON.stringify(read().records));
      put(key, value);
    }), { numRuns: 60 });
  });

  it('is known by its table, and looked for where Cursor alone keeps its own', () => {
    const known = (file: string): unknown => cursor.recognise({ path: file, head: readFileSync(file).subarray(0, 65_536).toString() });
    tool.pragma('wal_checkpoint(TRUNCATE)');
    assert.deepEqual(known(path()), { format: 'cursor-state-sqlite', unit: 'database' });
    const other = new Database(join(at.path, 'code.vscdb'));
    other.exec('CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)');
    other.close();
    assert.equal(known(join(at.path, 'code.vscdb')), undefined);
    const machine: Machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: [] };
    const found = cursor.roots(machine).filter((root) => root.mayHold('state.vscdb')).map((root) => root.path);
    assert.deepEqual(found, ['/home/ada/.config/Cursor/User/globalStorage', '/home/ada/.cursor-server/data/User/globalStorage']);
  });
});
