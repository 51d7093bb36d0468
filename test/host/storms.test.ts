import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { itThoroughly } from '../support/itThoroughly.ts';
import { journalOf } from '../support/journal.ts';
import type { JournalLine } from '../support/journal.ts';
import { isThorough } from '../support/thorough.ts';
import { daybook, dataDirectory, folder } from './inside.ts';
import { canTell, childrenOf, endedChildren, languageServers } from './processes.ts';
import { checkout, print, printCommand, printedBytes } from './storm.ts';
import type { Delay } from './storm.ts';

/** Of what happens beside the storm itself. */
const fewRecords = 30;
const startMs = 30_000;

describe('much at once', function () {
  this.timeout(180_000);

  const startedHere: string[] = [];
  let startedByAll = 0;
  const own = join('dist', 'bundle');
  const builtInGit = join('extensions', 'git');
  const started = (): void => {
    startedByAll += 1;
    const { stack = '' } = new Error('A process was started.');
    // The built-in git is asked for the names of the files of one move of HEAD, and runs one git of its own for it.
    if (stack.includes(own) && !stack.includes(builtInGit)) startedHere.push(stack);
  };

  before(async () => {
    if (!isThorough()) return;
    await daybook();
    // The language server is started once, and settles.
    for (const end = Date.now() + startMs; canTell && languageServers().length === 0;) {
      assert.ok(Date.now() < end, 'the language server did not start');
      await sleep(100);
    }
    await sleep(3_000);
    subscribe('child_process', started);
  });

  after(() => unsubscribe('child_process', started));

  /** Neither the extension host, by Daybook's code, nor the language server starts a process. */
  async function during(name: string, work: () => Promise<Delay>): Promise<JournalLine['record'][]> {
    const servers = canTell ? languageServers() : [];
    const ended = servers.map(endedChildren);
    const known = new Set((await journalOf(dataDirectory())).map(({ record }) => record.id));
    const { p99, max } = await work();
    console.log(`${name}: the event loop of the extension host was late by ${p99} ms at the 99th percentile, ${max} ms at most.`);
    assert.deepEqual(startedHere, []);
    if (canTell) assert.equal(servers.length, 1);
    assert.deepEqual(servers.map(endedChildren), ended);
    assert.deepEqual(servers.flatMap(childrenOf), []);
    return (await journalOf(dataDirectory())).map(({ record }) => record).filter(({ id }) => !known.has(id));
  }

  itThoroughly('a checkout of two thousand files is few records', async () => {
    const records = await during('Checkout', () => checkout(folder()));
    assert.ok(startedByAll > 0, 'that git was started is seen');
    const counted = records.filter(({ type }) => type.endsWith('files.changed')).reduce((sum, { data }) => sum + Number(data['count']), 0);
    assert.ok(counted >= 2_000, `${counted} files`);
    assert.ok(records.length <= fewRecords, records.map(({ type, subject }) => `${type} ${subject ?? ''}`).join('\n'));
  });

  itThoroughly('fifty megabytes in a terminal are one record, bounded', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'];
    if (missing || process.platform === 'win32') {
      console.log(missing ?? 'There is no yes on Windows.');
      this.skip();
    }
    const records = await during('Printing', () => print(printCommand));
    const [command, ...more] = records.filter(({ type }) => type.endsWith('terminal.command'));
    assert.deepEqual(more, []);
    assert.equal(command?.data['exitCode'], 0);
    const limit = vscode.workspace.getConfiguration().get<number>('daybook.terminal.maxOutput') ?? 0;
    assert.ok(String(command.data['output']).length <= limit + 100);
    assert.ok(Number(command.data['outputOmitted']) > printedBytes * 0.9);
    assert.ok(records.length <= fewRecords);
  });
});
