import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { settings } from '../../shared/settings.ts';
import { journalOf } from '../support/journal.ts';
import type { JournalLine } from '../support/journal.ts';
import { daybook, dataDirectory, folder, openNew, typeLine } from './inside.ts';
import { canTell, languageServers, watched } from './processes.ts';
import { itThoroughly } from '../support/itThoroughly.ts';

/** Longer than anything is gathered for. */
const gatheredMs = 5_000;
const switches = Object.keys(settings).filter((key) => /^daybook\.(?:capture\.\w+|(?:editor|terminal)\.enabled)$/.test(key));

/** What one source alone records of what is done here, by its switch. */
const recordedBy: Readonly<Record<string, RegExp>> = {
  'daybook.editor.enabled': /^event\.editor\./,
  'daybook.capture.tasks': /^task\.run$/,
  'daybook.capture.diagnostics': /^event\.diagnostics\./,
  'daybook.capture.files': /^event\.files?\./,
  'daybook.capture.testReports': /^event\.test\.run$/,
};

describe('a switch for each source', function () {
  // The editor gathers what happens before it tells: seconds each time, more on a busy machine.
  this.timeout(120_000);

  const watchers = countWatchers();

  before(daybook);

  afterEach(() => set({}));

  after(() => watchers.stop());

  for (const off of Object.keys(recordedBy)) {
    itThoroughly(`${off} turns off its own alone`, async () => {
      await set({ [off]: false });
      const types = (await recordsOf(act)).map(({ type }) => type.replace('dev.daybook.', ''));
      for (const [other, pattern] of Object.entries(recordedBy)) {
        assert.equal(types.some((type) => pattern.test(type)), other !== off, `${other}: ${types.join(' ')}`);
      }
    });
  }

  it('all of them off record nothing and watch nothing', async () => {
    // Off and on again, so that what is watched can be counted from its beginning.
    await set(allOff());
    await set({});
    await sleep(gatheredMs);
    assert.ok(watchers.now() > 0, 'with everything on, something is watched');

    await set(allOff());
    await sleep(gatheredMs);
    assert.equal(watchers.now(), 0);
    assert.deepEqual((await recordsOf(act)).map(({ type, subject }) => `${type} ${subject ?? ''}`), []);
    assert.equal(watchers.now(), 0);
    if (!canTell) return;
    const servers = languageServers();
    assert.equal(servers.length, 1);
    // The record itself, for what other windows add to it.
    assert.deepEqual([...new Set(servers.flatMap(watched))], [statSync(dataDirectory()).ino]);
  });
});

function allOff(): Readonly<Record<string, unknown>> {
  const { packageJSON } = vscode.extensions.getExtension('daybook.daybook') as { packageJSON: Manifest };
  const tools = packageJSON.contributes.configuration.map(({ properties }) => properties['daybook.sources.disabled']?.items?.enum).find((names) => names);
  assert.ok(tools && tools.length > 10);
  return { ...Object.fromEntries(switches.map((key) => [key, false])), 'daybook.sources.disabled': tools };
}

interface Manifest {
  readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly items?: { readonly enum?: readonly string[] } }>> }[] };
}

/** Gives the switches these values, and all others their default. */
async function set(values: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  for (const key of [...switches, 'daybook.sources.disabled']) {
    const { globalValue } = configuration.inspect(key) ?? {};
    if (globalValue !== values[key]) await configuration.update(key, values[key], vscode.ConfigurationTarget.Global);
  }
  await sleep(1_000);
}

/** New lines of the journal. */
async function recordsOf(work: () => Promise<void>): Promise<JournalLine['record'][]> {
  const before = new Set((await journalOf(dataDirectory())).map(({ record }) => record.id));
  await work();
  return (await journalOf(dataDirectory())).map(({ record }) => record).filter(({ id }) => !before.has(id));
}

let round = 0;

/** Something for each source; resolves once all of it is told. */
async function act(): Promise<void> {
  round += 1;
  const editor = await openNew(`round ${round}.md`, '# Round\n');
  await typeLine(editor, `Line of round ${round}.`);
  await editor.document.save();
  const problems = vscode.languages.createDiagnosticCollection(`round ${round}`);
  problems.set(editor.document.uri, [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), 'wrong')]);
  const [open] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(open);
  await vscode.tasks.executeTask(new vscode.Task({ type: 'shell' }, open, `round ${round}`, 'daybook-test', new vscode.ShellExecution('exit 0')));
  await writeFile(join(folder(), 'junit.xml'), `<testsuite name="round"><testcase name="round ${round}"/></testsuite>`);
  await sleep(gatheredMs);
  problems.dispose();
  assert.match(await readFile(editor.document.uri.fsPath, 'utf8'), /Line of round/);
}

/** Counts the watchers that stand among those made from now on: the extension shares this object with its tests. */
function countWatchers(): { now(): number; stop(): void } {
  const { workspace } = vscode;
  const make = workspace.createFileSystemWatcher;
  let standing = 0;
  const counting: typeof make = (...args) => {
    const watcher = make(...args);
    const dispose = watcher.dispose.bind(watcher);
    let isOver = false;
    standing += 1;
    watcher.dispose = () => {
      if (!isOver) standing -= 1;
      isOver = true;
      dispose();
    };
    return watcher;
  };
  Object.assign(workspace, { createFileSystemWatcher: counting });
  return { now: () => standing, stop: () => void Object.assign(workspace, { createFileSystemWatcher: make }) };
}
