import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core } from '../../server/core.ts';
import { createRedactor } from '../../server/ingest/redact.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { TestRun } from '../../shared/testRun.ts';
import { folderForEachTest } from '../support/folder.ts';
import { nowhere } from './importers/notes.ts';

const redactor = createRedactor();
/** Shaped like a key of Stripe, made here so that no file holds one. */
const secret = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dcXk29'].join('_');
const output = ['', '  basket', '    ✔ adds', '    1) rounds', '', '', '  1 passing (5ms)', '  1 failing', '', '  1) basket', '       rounds:',
  `      Error: expected ${secret}`, '      at Context.<anonymous> (a.js:2:9)', ''].join('\n');
const command = (id: string, more: object = {}): object => ({
  family: 'tool_executions', kind: 'terminal.command', id, time: '2026-11-20T10:00:00Z', session: 'coding:1', workspace: 'file:///w', subject: 'npm test',
  data: { command: 'npm test', exitCode: 1, output, ...more },
});

describe('test runs in the output of commands', () => {
  const at = folderForEachTest();
  let isOn = true;
  let stored: string[] = [];
  const open = (): Core => createCore({
    dataDirectory: join(at.path, 'data'), machine: nowhere, redactor, importers: [], testResults: () => isOn,
    onStored: (records) => stored.push(...records.map(({ id }) => id)),
  });
  let core: Core;
  beforeEach(() => {
    isOn = true;
    stored = [];
    core = open();
  });
  afterEach(() => core.close());

  it('are records of their own, beside the command and of its session, redacted like it', async () => {
    assert.deepEqual(await core.record([command('c')], 'vscode'), { accepted: 1, duplicates: 0, rejected: [] });
    const { data, ...envelope } = core.show('c:test')?.record as DaybookRecord<TestRun>;
    assert.deepEqual(envelope, {
      specversion: '1.0', id: 'c:test', source: 'vscode', type: 'dev.daybook.event.test.run', time: '2026-11-20T10:00:00.000Z',
      sessionid: 'coding:1', workspace: 'file:///w', subject: '1 passed, 1 failed',
    });
    const [message] = data.tests.flatMap((test) => test.message ?? []);
    assert.match(message ?? '', /^Error: expected \[redacted:/);
    assert.deepEqual(data, {
      runner: 'mocha', parent: 'c', status: 'failed', passed: 1, failed: 1, skipped: 0, durationMs: 5,
      tests: [{ name: 'adds', suite: ['basket'], outcome: 'passed' }, { name: 'rounds', suite: ['basket'], outcome: 'failed', message }],
    });
    assert.deepEqual(stored, ['c', 'c:test']);
    assert.deepEqual(core.session('coding:1')?.turns[0]?.records.map(({ id }) => id), ['c', 'c:test']);
  });

  it('are recorded once, whoever hands the command in again', async () => {
    await core.record([command('c')], 'vscode');
    const other = open();
    assert.deepEqual(await other.record([command('c'), command('c')], 'vscode'), { accepted: 0, duplicates: 2, rejected: [] });
    await other.close();
    assert.equal(core.stats().records, 2);
  });

  it('are made up for when only the command was written before a crash', async () => {
    isOn = false;
    await core.record([command('c')], 'vscode');
    assert.equal(core.show('c:test'), null);
    isOn = true;
    assert.deepEqual(await core.record([command('c')], 'vscode'), { accepted: 0, duplicates: 1, rejected: [] });
    assert.equal(core.show('c:test')?.record.subject, '1 passed, 1 failed');
  });

  it('are not there when the setting is off, and neither where a command shows an old log', async () => {
    await core.record([command('log', { command: 'cd out && cat test.log | tail -n 20' })], 'vscode');
    isOn = false;
    await core.record([command('c')], 'vscode');
    assert.deepEqual(stored, ['log', 'c']);
  });

  it('are found by their words, also after a rebuild and with the index gone', async () => {
    await core.record([command('c')], 'vscode');
    const found = (): string[] => ['rounds', '"1 passed"', 'mocha'].map((query) => core.search({ query }).results.map(({ id }) => id).sort().join(' '));
    const expected = ['c c:test', 'c:test', 'c:test'];
    assert.deepEqual(found(), expected);
    core.rebuild();
    assert.deepEqual(found(), expected);
    await core.close();
    rmSync(join(at.path, 'data/daybook.db'));
    core = open();
    core.rebuild();
    assert.deepEqual(found(), expected);
    assert.equal(core.stats().records, 2);
  });

  it('cost the results of other submissions nothing', async () => {
    const results = await Promise.all([core.record([command('a'), { family: 'wrong' }], 'cli'), core.record([command('b'), command('b')], 'cli')]);
    assert.deepEqual(results.map(({ accepted, duplicates, rejected }) => [accepted, duplicates, rejected.length]), [[1, 0, 1], [1, 1, 0]]);
    assert.deepEqual(stored, ['a', 'b', 'a:test', 'b:test']);
  });

  it('are bounded: failures are kept before others, and what is left out is counted', async () => {
    const many = ['  suite', ...Array.from({ length: 3000 }, (_, n) => `    ✔ t${n}`), '    1) last', '', '', '  3000 passing (1s)', '  1 failing', ''].join('\n');
    await core.record([command('c', { output: many })], 'vscode');
    const { data } = core.show('c:test')?.record as DaybookRecord<TestRun>;
    assert.deepEqual([data.passed, data.failed, data.tests.length, data.testsOmitted, data.tests[0]?.name], [3000, 1, 500, 2501, 'last']);
  });
});
