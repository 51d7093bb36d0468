import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { FullOutput } from '../../shared/fullOutput.ts';
import type { ActorCounts } from '../../shared/links.ts';
import { itThoroughly } from '../support/itThoroughly.ts';
import { journalOf } from '../support/journal.ts';
import type { JournalLine } from '../support/journal.ts';
import { isThorough } from '../support/thorough.ts';
import { daybook, dataDirectory, folder } from './inside.ts';
import { canTell, childrenOf, endedChildren, languageServers } from './processes.ts';
import { checkedOutFiles, checkout, print, printCommand, printedBytes, replacedFiles, replaceInFiles } from './storm.ts';
import type { Delay } from './storm.ts';

/** Of what happens beside the storm itself. */
const fewRecords = 30;
const startMs = 30_000;
/** Within this time all is written that is left to write after a storm, on a machine that has much else to do. */
const lateMs = 60_000;

type Recorded = JournalLine['record'];

describe('much at once', function () {
  this.timeout(300_000);

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

  /**
   * Neither the extension host, by Daybook's code, nor the language server starts a process.
   * @param isThere whether the records that are waited for are there
   */
  async function during(name: string, work: () => Promise<Delay>, isThere: (records: readonly Recorded[]) => boolean): Promise<Recorded[]> {
    const servers = canTell ? languageServers() : [];
    const ended = servers.map(endedChildren);
    const known = new Set((await journalOf(dataDirectory())).map(({ record }) => record.id));
    const { p99, max } = await work();
    const fresh = async (): Promise<Recorded[]> => (await journalOf(dataDirectory())).map(({ record }) => record).filter(({ id }) => !known.has(id));
    for (const end = Date.now() + lateMs; !isThere(await fresh());) {
      assert.ok(Date.now() < end, `${name}: what was waited for did not come.`);
      await sleep(500);
    }
    console.log(`${name}: the event loop of the extension host was late by ${p99} ms at the 99th percentile, ${max} ms at most.`);
    assert.deepEqual(startedHere, []);
    if (canTell) assert.equal(servers.length, 1);
    assert.deepEqual(servers.map(endedChildren), ended);
    assert.deepEqual(servers.flatMap(childrenOf), []);
    return fresh();
  }

  itThoroughly('a checkout of two thousand files is few records', async () => {
    const records = await during('Checkout', () => checkout(folder()), (all) => counted(all) >= checkedOutFiles);
    assert.ok(startedByAll > 0, 'that git was started is seen');
    assert.ok(records.length <= fewRecords, records.map(({ type, subject }) => `${type} ${subject ?? ''}`).join('\n'));
  });

  itThoroughly('fifty megabytes in a terminal are one record, bounded', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'];
    if (missing || process.platform === 'win32') {
      console.log(missing ?? 'There is no yes on Windows.');
      this.skip();
    }
    const records = await during('Printing', () => print(printCommand), isCommandThere);
    const [command, ...more] = records.filter(({ type }) => type.endsWith('terminal.command'));
    assert.deepEqual(more, []);
    assert.equal(command?.data['exitCode'], 0);
    const limit = vscode.workspace.getConfiguration().get<number>('daybook.terminal.maxOutput') ?? 0;
    assert.ok(String(command.data['output']).length <= limit + 100);
    assert.ok(Number(command.data['outputOmitted']) > printedBytes * 0.9);
    assert.ok(records.length <= fewRecords);
  });

  itThoroughly('fifty megabytes that are kept beside the record are a file of bounded size', async function () {
    const missing = process.env['DAYBOOK_TEST_TERMINALS_MISSING'];
    if (missing || process.platform === 'win32') {
      console.log(missing ?? 'There is no yes on Windows.');
      this.skip();
    }
    const setting = vscode.workspace.getConfiguration('daybook.terminal');
    await setting.update('maxFullOutput', keptThousands, vscode.ConfigurationTarget.Global);
    const records = await during('Printing, all kept', () => print(printCommand), isCommandThere)
      .finally(() => setting.update('maxFullOutput', undefined, vscode.ConfigurationTarget.Global));
    const full = records.find(({ type }) => type.endsWith('terminal.command'))?.data['fullOutput'] as FullOutput | undefined;
    assert.ok(full?.attachment);
    const { size } = await stat(join(dataDirectory(), 'attachments', full.attachment.slice(0, 2), full.attachment));
    assert.ok(size <= keptThousands * 1_000 && size > keptThousands * 900, `${size} bytes`);
    assert.ok((full.omitted ?? 0) > printedBytes * 0.7);
  });

  itThoroughly('text replaced in a thousand files is one edit for each of them, and nobody is said to have typed it', async () => {
    const before = await actors();
    const records = await during('Replacing', () => replaceInFiles(folder()), (all) => all.filter(({ type }) => type.endsWith('.editor.edited')).length >= replacedFiles);
    const files = records.filter(({ subject }) => subject?.startsWith('replaced/'));
    for (const kind of ['opened', 'edited']) {
      const subjects = files.filter(({ type }) => type.endsWith(`.editor.${kind}`)).map(({ subject }) => subject);
      assert.deepEqual([subjects.length, new Set(subjects).size], [replacedFiles, replacedFiles], kind);
    }
    const others = files.filter(({ type }) => !/\.editor\.(?:opened|edited|closed)$/.test(type));
    assert.deepEqual(others.map(({ type, subject }) => `${type} ${subject ?? ''}`), []);
    assert.ok(files.length <= 3 * replacedFiles && records.length - files.length <= fewRecords, `${records.length} records`);
    const after = await actors();
    const more = (actor: string): number => (after[actor] ?? 0) - (before[actor] ?? 0);
    // No person typed it, and which program did is not known. That the files were made came from outside.
    assert.equal(more('unknown'), replacedFiles);
    assert.deepEqual(Object.keys(after).filter((actor) => actor !== 'unknown' && actor !== 'external' && more(actor) > 0), []);
  });
});

const isCommandThere = (records: readonly Recorded[]): boolean => records.some(({ type }) => type.endsWith('terminal.command'));

/** How many files are said to have changed on disk. */
function counted(records: readonly Recorded[]): number {
  return records.filter(({ type }) => type.endsWith('files.changed')).reduce((sum, { data }) => sum + Number(data['count']), 0);
}

/** Thousands of characters of the output that are kept. */
const keptThousands = 10_000;

/** How many edits were made by whom, as the command line tells it. */
async function actors(): Promise<Readonly<Record<string, number>>> {
  const cli = join(vscode.extensions.getExtension('daybook.daybook')?.extensionPath ?? '', 'dist', 'bundle', 'daybook.cjs');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'stats', '--json', '--data-dir', dataDirectory()], { env, maxBuffer: 1 << 26 });
  return (JSON.parse(stdout) as { readonly edits: ActorCounts }).edits.byActor;
}
