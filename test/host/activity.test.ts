import assert from 'node:assert/strict';
import { chmod, mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { journalLine, journalOf } from '../support/journal.ts';
import type { JournalLine } from '../support/journal.ts';
import { daybook, dataDirectory, folder, recorded } from './inside.ts';
import { itThoroughly } from '../support/itThoroughly.ts';

/** Longer than changes on disk are gathered for. */
const gatheredMs = 4_000;
const sources = ['tasks', 'debug', 'git', 'diagnostics', 'files', 'window', 'notebooks', 'extensions'];

describe('what happens beside typing', function () {
  // The editor gathers what happens before it tells: seconds each time, more on a busy machine.
  this.timeout(60_000);

  before(daybook);

  it('a task is recorded when it starts and when it ends, with its exit code', async () => {
    await runTask('fail gently', 'exit 3');
    const ended = await journalLine(dataDirectory(), ({ type, subject, data }) =>
      type === 'dev.daybook.task.run' && subject === 'fail gently' && data['status'] === 'failed');
    assert.equal(ended.record.data['exitCode'], 3);
    assert.equal(ended.record.data['command'], 'exit 3');
    assert.match(ended.file, /^journal\/tasks\//);
    const runs = (await about('fail gently')).filter(({ type }) => type === 'dev.daybook.task.run');
    assert.deepEqual(runs.map(({ data }) => data['status']), ['running', 'failed']);
    assert.equal(runs[0]?.data['run'], runs[1]?.data['run']);
  });

  it('what the problem matcher of a task found is in its record', async () => {
    const matcher = 'echo "src/receipt.js(2,3): error TS1005: A price is missing."; sleep 3; exit 2';
    await runTask('find problems', matcher, '$tsc');
    const ended = await journalLine(dataDirectory(), ({ type, subject, data }) =>
      type === 'dev.daybook.task.run' && subject === 'find problems' && data['status'] === 'failed');
    const [problem, ...more] = ended.record.data['matched'] as readonly { readonly uri: string }[];
    assert.deepEqual(more, []);
    assert.deepEqual(problem, { uri: vscode.Uri.file(join(folder(), 'src', 'receipt.js')).toString(), line: 2, severity: 'error', message: 'A price is missing.' });
  });

  it('a task is no command of a terminal as well, however long it runs', async () => {
    const commands = ['echo short-task', 'echo long-task; sleep 2; exit 1', "sh -c 'echo quoted-task; sleep 0.3'"];
    for (const command of commands) await runTask(command.slice(5, 15), command);
    await sleep(gatheredMs);
    const told = (await all()).filter(({ type, data }) => type.endsWith('terminal.command') && String(data['command']).includes('-task'));
    assert.deepEqual(told.map(({ data }) => data['command']), []);
  });

  it('problems of a file are recorded once they have settled', async () => {
    const uri = vscode.Uri.file(join(folder(), 'src', 'basket.js'));
    const problems = vscode.languages.createDiagnosticCollection('daybook-test');
    const range = new vscode.Range(0, 0, 0, 1);
    for (const word of ['one', 'two', 'three']) {
      problems.set(uri, [new vscode.Diagnostic(range, word), new vscode.Diagnostic(range, word, vscode.DiagnosticSeverity.Warning)]);
      await sleep(100);
    }
    const { record } = await recorded('dev.daybook.event.diagnostics.changed', 'src/basket.js');
    assert.deepEqual(record.data['counts'], { errors: 1, warnings: 1, infos: 0, hints: 0 });
    problems.dispose();
    const settled = (await about('src/basket.js')).filter(({ type }) => type.endsWith('diagnostics.changed'));
    assert.equal(settled.length, 1);
  });

  it('a file that something else creates, changes and deletes is recorded as changed from outside', async () => {
    const path = join(folder(), 'outside.txt');
    for (const [kind, act] of [
      ['created', () => writeFile(path, 'one')], ['changed', () => writeFile(path, 'two, longer')], ['deleted', () => rm(path)],
    ] as const) {
      await act();
      const { record } = await recorded(`dev.daybook.event.file.${kind}`, 'outside.txt');
      assert.equal(record.actor, 'external');
    }
  });

  it('a file that the editor creates, renames and deletes is recorded once, and not as a change from outside', async () => {
    const [one, two] = ['inside one.txt', 'inside two.txt'].map((name) => vscode.Uri.file(join(folder(), name)));
    assert.ok(one && two);
    for (const change of [
      (edit: vscode.WorkspaceEdit) => edit.createFile(one), (edit: vscode.WorkspaceEdit) => edit.renameFile(one, two),
      (edit: vscode.WorkspaceEdit) => edit.deleteFile(two),
    ]) {
      const edit = new vscode.WorkspaceEdit();
      change(edit);
      assert.ok(await vscode.workspace.applyEdit(edit));
    }
    await recorded('dev.daybook.event.file.deleted', 'inside two.txt');
    await sleep(gatheredMs);
    const told = [...await about('inside one.txt'), ...await about('inside two.txt')].filter(({ type }) => type.includes('.event.file.'));
    assert.deepEqual(told.map(({ type }) => type.split('.').at(-1)), ['created', 'renamed', 'deleted']);
    assert.deepEqual(told.filter(({ actor }) => actor === 'external'), []);
  });

  it('a file that the editor saved is not changed from outside when the disk tells of it late', async () => {
    const uri = vscode.Uri.file(join(folder(), 'saved.txt'));
    await vscode.workspace.fs.writeFile(uri, Buffer.from('one'));
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'two, then ');
    assert.ok(await vscode.workspace.applyEdit(edit) && await document.save());
    // Longer than every change on disk is taken for the save, and then told of again.
    await sleep(6_000);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const watcher = vscode.workspace.createFileSystemWatcher(uri.fsPath);
    watcher.onDidChange(() => resolve(undefined));
    const mode = (await stat(uri.fsPath)).mode;
    const again = setInterval(() => void chmod(uri.fsPath, mode), 500);
    await promise.finally(() => {
      clearInterval(again);
      watcher.dispose();
    });
    await sleep(gatheredMs);
    assert.deepEqual((await about('saved.txt')).filter(({ type }) => type.endsWith('file.changed')), []);

    await writeFile(uri.fsPath, 'somebody else was here');
    const longAgo = new Date('2020-01-01T00:00:00Z');
    await utimes(uri.fsPath, longAgo, longAgo);
    const { record } = await recorded('dev.daybook.event.file.changed', 'saved.txt');
    assert.equal(record.actor, 'external');
  });

  it('two thousand files changed at once are few records', async () => {
    const place = join(folder(), 'many');
    await mkdir(place);
    await sleep(gatheredMs);
    const before = new Set((await all()).map(({ id }) => id));
    await Promise.all(Array.from({ length: 2_000 }, (_, at) => writeFile(join(place, `${at}.txt`), `${at}`)));
    await journalLine(dataDirectory(), ({ type, data }) => type === 'dev.daybook.event.files.changed' && Number(data['count']) > 20);
    await sleep(gatheredMs);
    const after = (await all()).filter(({ id }) => !before.has(id));
    const counted = after.filter(({ type }) => type.endsWith('files.changed')).reduce((sum, { data }) => sum + Number(data['count']), 0);
    // A file that is written while the records are made may be in two of them.
    assert.ok(counted >= 2_000 && counted <= 4_000, `${counted} files`);
    assert.ok(after.length <= 10, `${after.length} records`);
    await rm(place, { recursive: true });
  });

  itThoroughly('is not recorded at all where every switch is off', async () => {
    const configuration = vscode.workspace.getConfiguration('daybook.capture');
    const setAll = async (on: false | undefined): Promise<void> => {
      for (const source of sources) await configuration.update(source, on, vscode.ConfigurationTarget.Global);
    };
    await setAll(false);
    try {
      await runTask('unseen', 'exit 0');
      await writeFile(join(folder(), 'unseen.txt'), 'nobody saw this');
      await sleep(gatheredMs);
      assert.deepEqual([...await about('unseen'), ...await about('unseen.txt')], []);
    } finally {
      await setAll(undefined);
    }
    await runTask('seen again', 'exit 0');
    await recorded('dev.daybook.task.run', 'seen again');
  });
});

async function all(): Promise<JournalLine['record'][]> {
  return (await journalOf(dataDirectory())).map(({ record }) => record);
}

async function about(subject: string): Promise<JournalLine['record'][]> {
  return (await all()).filter((record) => record.subject === subject);
}

/** Resolves when the task has ended. */
async function runTask(name: string, command: string, matcher: string[] | string = []): Promise<void> {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(open);
  const task = new vscode.Task({ type: 'shell' }, open, name, 'daybook-test', new vscode.ShellExecution(command), matcher);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const listener = vscode.tasks.onDidEndTask(({ execution }) => execution.task.name === name && resolve(undefined));
  await vscode.tasks.executeTask(task);
  await promise.finally(() => void listener.dispose());
}
