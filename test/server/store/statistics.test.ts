import assert from 'node:assert/strict';
import { rmSync, truncateSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { StatisticsRows } from '../../../server/store/statistics.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { seeded } from '../durability/random.ts';

const hourMs = 3_600_000;
const start = Date.UTC(2026, 9, 1, 8);
const everything = { since: -1e9, until: 1e9 };

function record(id: string, type: string, time: number, data: object, more: Partial<DaybookRecord> = {}): DaybookRecord {
  return {
    specversion: '1.0', id, source: 'vscode', type: `dev.daybook.${type}`, time: new Date(time).toISOString(), sessionid: 'coding:1', workspace: 'file:///home/ada/shop', data, ...more,
  };
}

const command = (id: string, time: number, status: string, line = 'npm test', workspace = 'file:///home/ada/shop'): DaybookRecord =>
  record(id, 'tool_execution.terminal.command', time, { command: line, status, startedAt: new Date(time - 5).toISOString(), durationMs: 5 }, { workspace });

const message = (id: string, time: number, data: object, session = 'codex:s1'): DaybookRecord =>
  record(`${session}:${id}`, 'chat.message', time, { parts: [], ...data }, { source: 'codex', sessionid: session });

/** A few days of everything, in an order that is not that of time, with revisions. */
function history(count: number, seed: number): DaybookRecord[] {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, number) => {
    const time = start + below(6 * 24 * 60) * 60_000;
    const workspace = `file:///home/ada/shop${below(2)}`;
    const roll = random();
    if (roll < 0.25) return command(`c${number}`, time, random() < 0.4 ? 'failed' : 'succeeded', `npm run task${below(3)}`, workspace);
    if (roll < 0.35) return record(`t${number}`, 'event.test.run', time, { runner: 'mocha', status: random() < 0.3 ? 'failed' : 'succeeded', passed: below(9), failed: below(2) }, { workspace });
    if (roll < 0.5) return record(`e${number}`, 'event.editor.edited', time, { uri: `${workspace}/src/f${below(4)}.ts` }, { workspace, ...(random() < 0.3 && { actor: 'agent:codex' }) });
    const session = `codex:s${below(4)}`;
    const native = random() < 0.5 ? `m${below(10)}~${number.toString(16).padStart(12, '0')}` : `m${number + 100}`;
    const call = `call${below(30)}`;
    const parts = random() < 0.5 ? [{ type: 'tool_call', id: call, name: random() < 0.5 ? 'shell' : 'Edit', arguments: random() < 0.5 ? { command: ['bash', '-lc', `npm run task${below(3)}`] } : { file_path: `src/f${below(4)}.ts` } }]
      : [{ type: 'tool_call_response', id: call, status: random() < 0.4 ? 'failed' : 'succeeded' }];
    const data = { role: parts[0]?.type === 'tool_call' ? 'assistant' : 'tool', parts, model: `gpt-${below(2)}`, responseId: `r${below(40)}`, usage: { outputTokens: below(100), inputTokens: below(50) } };
    return { ...message(native, time, data, session), workspace };
  });
}

describe('statistics', function () {
  this.timeout(30_000);
  const at = folderForEachTest();
  const opened: Store[] = [];
  afterEach(() => opened.splice(0).forEach((store) => store.close()));

  function open(name = 'data'): Store {
    const store = openStore(join(at.path, name));
    opened.push(store);
    return store;
  }
  const append = (store: Store, ...records: DaybookRecord[]): void => store.write((batch) => batch.append(records));
  const rows = (store: Store, workspace?: string): StatisticsRows => store.queries.statistics.rows({ ...everything, workspace });

  it('count records by lane, in their hour and their workspace', () => {
    const store = open();
    append(store, command('1', start, 'succeeded'), command('2', start + 1, 'failed', 'ls', 'file:///other'), record('3', 'event.git.commit', start + hourMs, {}), message('1', start, { role: 'user' }));
    const hour = start / hourMs;
    assert.deepEqual(rows(store).activity, [
      { hour, lane: 'chats', records: 1 }, { hour, lane: 'commands', records: 2 }, { hour: hour + 1, lane: 'commits', records: 1 },
    ]);
    assert.deepEqual(rows(store, 'file:///other').activity, [{ hour, lane: 'commands', records: 1 }]);
    assert.deepEqual(rows(store, 'file:///nowhere').activity, []);
    assert.deepEqual(rows(store).workspaces, ['file:///home/ada/shop', 'file:///other']);
    assert.deepEqual(store.queries.statistics.rows({ since: hour + 1, until: hour + 2 }).activity.length, 1);
  });

  it('measure from the first failure in a row to the next success, in whatever order the runs come', () => {
    const store = open();
    const minute = 60_000;
    append(store, command('5', start + 50 * minute, 'succeeded'), command('1', start, 'succeeded'), command('9', start + 9 * minute, 'failed', 'npm test', 'file:///other'));
    append(store, command('3', start + 30 * minute, 'failed'));
    assert.deepEqual(rows(store).fixes.map(({ ms }) => ms / minute), [20]);
    append(store, command('2', start + 20 * minute, 'failed'));
    assert.deepEqual(rows(store).fixes.map(({ ms }) => ms / minute), [30]);
    append(store, command('4', start + 25 * minute, 'succeeded'));
    assert.deepEqual(rows(store).fixes.map(({ ms }) => ms / minute), [5, 20]);
    assert.deepEqual(rows(store).mostFailing, [{ command: 'npm test', runs: 6, failed: 3 }]);
    assert.deepEqual(rows(store).commands, { runs: 6, failed: 3 });
  });

  it('count the command lines of agents by how their calls ended, and not those that were denied', () => {
    const store = open();
    const call = (id: string, line: unknown): object => ({ type: 'tool_call', id, name: 'shell', arguments: { command: line } });
    const answer = (id: string, status: string): object => ({ type: 'tool_call_response', id, status });
    append(store, message('1', start, { role: 'assistant', parts: [call('a', ['bash', '-lc', 'npm test']), call('b', 'npm test'), call('c', 'npm test')] }));
    append(store, message('2', start + 5, { role: 'tool', parts: [answer('a', 'failed'), answer('b', 'succeeded'), answer('c', 'denied')] }));
    assert.deepEqual(rows(store).mostFailing, [{ command: 'npm test', runs: 2, failed: 1 }]);
  });

  it('count a response once, with the model that gave it', () => {
    const store = open();
    const reply = (id: string, time: number, output: number): DaybookRecord =>
      message(id, time, { role: 'assistant', model: 'gpt-6', responseId: 'r', usage: { inputTokens: 7, outputTokens: output } });
    append(store, reply('1', start, 5), reply('2', start + 2 * hourMs, 9));
    const figures = { hour: start / hourMs, source: 'codex', model: 'gpt-6', responses: 1, inputTokens: 7, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 9 };
    assert.deepEqual(rows(store).tokens, [figures]);
    append(store, { ...reply('2', start + 3 * hourMs, 6), id: 'codex:s1:2~0123456789ab' });
    assert.deepEqual(rows(store).tokens, [{ ...figures, outputTokens: 6 }]);
  });

  it('tell files that agents changed from those that people did, by one path', () => {
    const store = open();
    const parts = [
      { type: 'tool_call', id: 'a', name: 'Edit', arguments: { file_path: '/home/ada/shop/src/a.ts' } }, { type: 'edit', uri: 'file:///home/ada/shop/src/a.ts' },
      { type: 'tool_call', id: 'b', name: 'apply_patch', arguments: { input: '*** Begin Patch\n*** Update File: src/b.ts\n' } },
      { type: 'tool_call', id: 'c', name: 'Read', arguments: { file_path: '/home/ada/shop/src/c.ts' } },
    ];
    append(store, message('1', start, { role: 'assistant', parts }), record('2', 'event.editor.edited', start, { uri: 'file:///home/ada/shop/src/my%20a.ts' }));
    assert.deepEqual(rows(store).byAgents, [{ file: '/home/ada/shop/src/a.ts', touches: 1 }, { file: '/home/ada/shop/src/b.ts', touches: 1 }]);
    assert.deepEqual(rows(store).byHand, [{ file: '/home/ada/shop/src/my a.ts', touches: 1 }]);
  });

  it('know sessions without subagents, and how much room each family takes', () => {
    const store = open();
    const header = (session: string, relation?: string): DaybookRecord =>
      message('session', start, { title: 'x', fidelity: 'full', format: 'f', ...(relation && { relation, parent: 'codex:s1' }) }, session);
    append(store, ...[header('codex:s1'), header('codex:s2', 'subagent'), header('codex:s3', 'fork')].map((each) => ({ ...each, type: 'dev.daybook.chat.session' })));
    append(store, command('1', start, 'succeeded'));
    assert.deepEqual(rows(store).sessions, [{ hour: start / hourMs, source: 'codex', sessions: 2 }]);
    const bytes = statSync(join(at.path, 'data/journal/tool_executions/2026-10-01.jsonl')).size;
    assert.deepEqual(rows(store).storage.find(({ family }) => family === 'tool_executions'), { family: 'tool_executions', records: 1, bytes });
  });

  for (const seed of [11, 12]) {
    it(`are the same after a rebuild, sealed or not, and without the database (seed ${seed})`, () => {
      const records = history(400, seed);
      const [plain, sealed] = [open('plain'), open('sealed')];
      for (let from = 0; from < records.length; from += 50) {
        for (const store of [plain, sealed]) append(store, ...records.slice(from, from + 50));
        if (from % 150 === 0) sealed.seal({ everything: true });
      }
      const all = (store: Store): unknown => [undefined, 'file:///home/ada/shop1'].map((workspace) => ({ ...rows(store, workspace), storage: 0 }));
      const expected = all(plain);
      assert.ok(rows(plain).fixes.length > 5 && rows(plain).tokens.length > 5);
      assert.deepEqual(all(sealed), expected);
      for (const store of [plain, sealed]) {
        store.rebuild();
        assert.deepEqual(all(store), expected, 'after a rebuild');
      }
      for (const suffix of ['', '-wal', '-shm']) rmSync(join(at.path, `sealed/daybook.db${suffix}`), { force: true });
      assert.deepEqual(all(sealed), expected, 'without the database');
    });
  }

  it('are right again after somebody cut a file of the journal', () => {
    const records = history(300, 21);
    const [whole, cut] = [open('whole'), open('cut')];
    const path = (store: string, file: string): string => join(at.path, store, 'journal', file);
    append(cut, ...records);
    for (const file of ['events/2026-10-02.jsonl', 'tool_executions/2026-10-02.jsonl']) truncateSync(path('cut', file), 0);
    cut.catchUp();
    append(whole, ...records.filter(({ type, time }) => type.startsWith('dev.daybook.chat.') || !time.startsWith('2026-10-02')));
    assert.deepEqual({ ...rows(cut), storage: 0 }, { ...rows(whole), storage: 0 });
  });

  it('keep nothing of what is forgotten', () => {
    const store = open();
    append(store, command('1', start, 'failed', 'deploy plum'), command('2', start + 5, 'succeeded', 'deploy plum'));
    store.forget({ records: ['1', '2'], sessions: [] });
    assert.deepEqual([rows(store).mostFailing, rows(store).fixes, rows(store).activity], [[], [], []]);
  });
});
