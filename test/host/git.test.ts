import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { journalLine, journalOf } from '../support/journal.ts';
import { daybook, dataDirectory, folder, recorded } from './inside.ts';

const run = promisify(execFile);
const identity = ['-c', 'user.name=Ada Byron', '-c', 'user.email=ada@example.org', '-c', 'init.defaultBranch=main'];
const lookMs = 1_500;

interface Git {
  getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> };
}

describe('git, called by anybody', function () {
  // The editor gathers what happens before it tells: seconds each time, more on a busy machine.
  this.timeout(60_000);

  const git = async (...args: string[]): Promise<unknown> => run('git', [...identity, ...args], { cwd: folder() });

  before(async function () {
    await daybook();
    const extension = vscode.extensions.getExtension<Git>('vscode.git');
    if (!extension) {
      console.log('This VS Code has no built-in git.');
      return this.skip();
    }
    await git('init');
    await git('add', 'README.md');
    await git('commit', '-m', 'Begin');
    const api = (await extension.activate()).getAPI(1);
    await api.openRepository(vscode.Uri.file(folder()));
    await sleep(lookMs);
  });

  it('a commit is recorded with its hash, its author and its files', async () => {
    await git('add', 'src');
    await git('commit', '-m', 'Round prices');
    const { record } = await recorded('dev.daybook.event.git.commit', 'Round prices');
    const { stdout } = await run('git', ['rev-parse', 'HEAD'], { cwd: folder() });
    assert.equal(record.data['hash'], stdout.trim());
    assert.equal(record.data['author'], 'Ada Byron');
    assert.deepEqual(record.data['files'], { count: 1, names: ['src/basket.js'] });
  });

  it('a new branch and a checkout are recorded', async () => {
    await git('checkout', '-b', 'prices');
    assert.equal((await recorded('dev.daybook.event.git.branch', 'prices')).record.data['action'], 'created');
    assert.equal((await recorded('dev.daybook.event.git.checkout', 'main → prices')).record.data['to'], 'prices');
  });

  it('a stash is recorded when it is made and when it is gone', async () => {
    const is = (action: string) => journalLine(dataDirectory(), ({ type, data }) => type === 'dev.daybook.event.git.stash' && data['action'] === action);
    await writeFile(join(folder(), 'src', 'basket.js'), 'export {};\n');
    await git('stash');
    const files = { count: 1, names: ['src/basket.js'] };
    const { count, files: stashed } = (await is('pushed')).record.data;
    assert.deepEqual([count, stashed], [1, files]);
    await git('stash', 'pop');
    const { count: left, files: back } = (await is('removed')).record.data;
    assert.deepEqual([left, back], [0, files]);
    const resets = (await journalOf(dataDirectory())).filter(({ record }) => record.type.endsWith('git.reset'));
    assert.deepEqual(resets, []);
  });
});
