import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRetaining, type Retaining } from '../../../server/expiry/retaining.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { defaultRetention, type RetentionPolicy } from '../../../shared/retention.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-21T12:00:00Z');
const word = 'zanzibarquince';

function record(id: string, age: number, more: Partial<DaybookRecord> = {}): DaybookRecord {
  return { specversion: '1.0', id, source: 'lsp', type: 'dev.daybook.event.note', time: new Date(now - age * dayMs).toISOString(), data: { text: `${word} of ${id}` }, ...more };
}

function message(id: string, age: number, session = id.slice(0, id.lastIndexOf(':'))): DaybookRecord {
  return record(id, age, { source: 'tool', type: 'dev.daybook.chat.message', sessionid: session, data: { role: 'user', parts: [{ type: 'text', content: `${word} of ${id}` }] } });
}

function mark(id: string, age: number, session: string, pinned: boolean): DaybookRecord {
  return record(id, age, { type: 'dev.daybook.event.session.marked', data: { session, pinned } });
}

const policy = (more: Partial<RetentionPolicy>, days: Partial<RetentionPolicy['days']> = {}): RetentionPolicy => ({ ...defaultRetention, ...more, days: { ...defaultRetention.days, ...days } });

describe('retention', () => {
  const folder = folderForEachTest();
  let data: string;
  let store: Store;
  let retention: Retaining;
  const ids = (): string[] => [...store.queries.scan()].map(({ id }) => id).sort();
  const look = (days: number, chosen?: RetentionPolicy, isStart = false): boolean => retention.look({ now: now + days * dayMs, isStart, ...(chosen && { policy: chosen }) });
  const status = (days = 0): ReturnType<Retaining['status']> => retention.status(now + days * dayMs);

  beforeEach(() => {
    data = join(folder.path, 'data');
    store = openStore(data);
    retention = createRetaining(store);
    store.write((batch) => batch.append([
      record('old1', 500), record('old2', 400), record('new', 2), record('task', 900, { type: 'dev.daybook.task.run' }),
      record('pinned', 500, { sessionid: 'coding:pin', workspace: 'file:///w' }), mark('pin', 450, 'coding:pin', true), message('tool:a:1', 800), message('tool:b:1', 5),
    ]));
    store.seal({ everything: true });
  });
  afterEach(() => store.close());

  it('lets events older than a year go after two weeks, and never what is pinned', () => {
    assert.deepEqual([look(0, defaultRetention, true), look(0, defaultRetention)], [true, false]);
    const { plan, preview } = status();
    assert.deepEqual([plan?.records, plan?.dueAt, preview.records], [2, new Date(now + 14 * dayMs).toISOString(), 2]);
    assert.equal(look(13.9, defaultRetention), false);
    assert.ok(ids().includes('old1'));
    assert.equal(look(14, defaultRetention), true);
    assert.deepEqual(ids(), ['new', 'pin', 'pinned', 'task', 'tool:a:1', 'tool:b:1']);
    for (const gone of ['old1', 'old2']) assert.deepEqual(traces(data, `${word} of ${gone}`), []);
    const after = status(14);
    const { bytes, ...result } = after.lastResult ?? assert.fail();
    assert.deepEqual(result, { at: new Date(now + 14 * dayMs).toISOString(), trigger: 'age', records: 2, files: 2, errors: [] });
    assert.ok(bytes > 0);
    assert.deepEqual([after.plan, after.preview.records, look(14)], [null, 0, false]);
    store.rebuild();
    assert.deepEqual(ids(), ['new', 'pin', 'pinned', 'task', 'tool:a:1', 'tool:b:1']);
    assert.equal(store.queries.session('coding:pin')?.pinned, true);
  });

  it('says that it was done at the start, where it was due before', () => {
    look(0, defaultRetention);
    look(40, defaultRetention, true);
    assert.equal(status().lastResult?.trigger, 'start');
  });

  it('makes no plan again once somebody kept what would go, until the policy is another one or somebody asks', () => {
    look(0, defaultRetention);
    const kept = retention.keep(now + dayMs);
    assert.deepEqual([kept.plan, kept.kept, kept.preview.records], [null, true, 2]);
    assert.deepEqual([look(15, defaultRetention), look(400, defaultRetention, true), status(15).plan], [false, false, null]);
    assert.ok(ids().includes('old1'));
    assert.equal(retention.plan(now + 500 * dayMs).plan?.dueAt, new Date(now + 514 * dayMs).toISOString());
    retention.keep(now);
    assert.equal(look(15, policy({ graceDays: 3 })), true);
    assert.deepEqual([status(15).plan?.dueAt, status(15).kept], [new Date(now + 18 * dayMs).toISOString(), false]);
  });

  it('begins anew when the policy changes while a plan waits', () => {
    look(0, defaultRetention);
    assert.equal(look(13, policy({}, { events: 450 })), true);
    assert.deepEqual([status(13).plan?.records, status(13).plan?.dueAt], [1, new Date(now + 27 * dayMs).toISOString()]);
    assert.equal(look(14, policy({}, { events: 0 })), false);
    assert.equal(status(14).plan, null);
    assert.equal(look(90), false);
    assert.ok(ids().includes('old1'));
  });

  it('spares what was pinned while the plan waited', () => {
    store.write((batch) => batch.append([record('coded', 500, { sessionid: 'coding:late' })]));
    look(0, defaultRetention);
    store.write((batch) => batch.append([mark('pin2', 0, 'coding:late', true)]));
    look(20);
    assert.deepEqual(ids().filter((id) => id === 'coded' || id === 'old1'), ['coded']);
  });

  it('takes chats where the policy says so, refuses them from then on, and records what they say later', () => {
    look(0, policy({}, { events: 0, chats: 30 }));
    assert.deepEqual(status().plan?.parts.map(({ family, chats }) => [family, chats]), [['chats', 1]]);
    look(14);
    assert.ok(!ids().includes('tool:a:1') && ids().includes('tool:b:1') && ids().includes('old1'));
    assert.deepEqual(traces(data, `${word} of tool:a:1`), []);
    store.write((batch) => {
      assert.equal(batch.seen(message('tool:a:1', 800), 'tool:a:1'), null);
      batch.append([message('tool:a:1', 800), message('tool:a:2', 0)]);
    });
    assert.deepEqual(ids().filter((id) => id.startsWith('tool:a')), ['tool:a:2']);
  });

  it('takes the oldest events where the record is larger than it may be, and says when that is not enough', () => {
    look(0, policy({ maxBytes: 1 }, { events: 0 }));
    const { plan } = status();
    assert.deepEqual(plan?.parts.map(({ family, reason, records }) => [family, reason, records]), [['events', 'size', 2], ['tasks', 'size', 1]]);
    assert.ok((plan?.above ?? 0) > 0);
    look(14);
    assert.deepEqual([status().lastResult?.trigger, ids()], ['size', ['new', 'pin', 'pinned', 'tool:a:1', 'tool:b:1']]);
  });

  it('lets go at once where somebody says so', () => {
    const result = retention.carryOut(now);
    assert.deepEqual([result?.trigger, result?.records, status().plan], ['manual', 2, null]);
    assert.ok(!ids().includes('old1'));
  });

  it('finishes what a process began that is no more', () => {
    look(0, defaultRetention);
    const path = join(data, 'retention.json');
    const state = JSON.parse(readFileSync(path, 'utf8')) as object;
    // No process has such a number.
    writeFileSync(path, JSON.stringify({ ...state, running: { pid: 2 ** 30, since: new Date(now + 14 * dayMs).toISOString() } }));
    look(14.1);
    assert.deepEqual([status().lastResult?.records, ids().includes('old1')], [2, false]);
    assert.equal('running' in (JSON.parse(readFileSync(path, 'utf8')) as object), false);
  });

  it('leaves it to another process that is at it', () => {
    look(0, defaultRetention);
    const path = join(data, 'retention.json');
    const state = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...state, running: { pid: process.ppid, since: new Date(now + 14 * dayMs).toISOString() } }));
    assert.deepEqual([look(14), retention.carryOut(now + 14 * dayMs), retention.keep(now + 14 * dayMs).plan?.records], [false, undefined, 2]);
    assert.ok(ids().includes('old1'));
  });

  it('is a file that people can read, for their owner only; one that nobody can read lets nothing go', () => {
    look(0, defaultRetention);
    const path = join(data, 'retention.json');
    assert.match(readFileSync(path, 'utf8'), /"dueAt": "2026-12-05T12:00:00.000Z"/);
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    writeFileSync(path, '{"version":1,"plan":{"dueAt":"2000');
    look(20);
    assert.ok(ids().includes('old1'));
    assert.equal(status(20).plan?.dueAt, new Date(now + 34 * dayMs).toISOString());
  });
});
