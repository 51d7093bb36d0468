import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { journalOf } from '../support/journal.ts';
import { daybook, dataDirectory, folder, recorded } from './inside.ts';

const all = ['check', 'build', 'sign', 'upload', 'announce'];

describe('the sample extension', () => {
  before(daybook);

  it('goes on at step four of five where VS Code was killed after step three', async function () {
    if (process.env['DAYBOOK_TEST_KILLED'] === undefined) {
      console.log('No VS Code was killed before: run all tests, or those of the sample.');
      this.skip();
    }
    const lines = async (): Promise<string[]> => (await readFile(join(folder(), 'release.log'), 'utf8')).trimEnd().split('\n');
    assert.deepEqual((await lines()).map((line) => line.split(' ')[0]), all.slice(0, 3), 'what the first VS Code did');
    const version = await vscode.commands.executeCommand<string>('releaseExample.publish');
    assert.deepEqual(await lines(), all.map((step) => `${step} ${version}`));

    const told = (await journalOf(dataDirectory())).map(({ record }) => record).filter(({ subject }) => subject === 'release-example.publish');
    assert.equal(new Set(told.map(({ data }) => data['run'])).size, 1);
    assert.deepEqual(told.filter(({ type }) => type.endsWith('.step')).map(({ data }) => [data['step'], data['position'], data['status']]),
      all.map((step, index) => [step, index + 1, 'succeeded']));
    assert.deepEqual(told.filter(({ type }) => type.endsWith('.started')).map(({ data }) => data['resumed']), [0, 1]);
  });

  it('records one of each family, and what its function was given and gave back', async () => {
    assert.equal(await vscode.commands.executeCommand('releaseExample.recordEach'), 4);
    const kinds = (await journalOf(dataDirectory())).filter(({ record }) => record.type.includes('.release-example.')).map(({ file }) => file.split('/')[1]);
    assert.deepEqual(kinds.sort(), ['events', 'tasks', 'tool_executions', 'workflows']);
    const path = join(folder(), 'README.md');
    const lines = await vscode.commands.executeCommand<number>('releaseExample.countLines', path);
    const { record } = await recorded('dev.daybook.tool_execution.function.call', 'releaseExample.countLines');
    assert.deepEqual([record.data['input'], record.data['output']], [[path], lines]);
  });
});
