import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLogFile, removeLog } from '../../../server/log/file.ts';
import { followLog, logText, readLog } from '../../../server/log/read.ts';
import { noteLevels, toldLevels } from '../../../server/log/told.ts';
import { folderForEachTest } from '../../support/folder.ts';

const at = Date.parse('2026-11-20T10:00:00Z');
const day = 86_400_000;

function line(number: number, time = at): string {
  return JSON.stringify({ time: new Date(time).toISOString(), level: number % 2 === 0 ? 'info' : 'warn', category: number % 3 === 0 ? 'import' : 'store', event: 'store.opened', process: 'cli', pid: 1, ms: number });
}

describe('the files of the log', function () {
  this.timeout(60_000);
  const folder = folderForEachTest();
  const root = (): string => folder.path;
  const names = (): string[] => readdirSync(join(root(), 'logs')).sort();
  const numbers = (limit = 10_000): unknown[] => readLog(root(), limit).map(({ ms }) => ms);

  it('can be read by their owner alone, and are not there before the first line', function () {
    const file = openLogFile(root());
    assert.equal(existsSync(join(root(), 'logs')), false);
    file.append(line(1));
    assert.deepEqual(names(), ['daybook.jsonl']);
    if (process.platform === 'win32') return this.skip();
    assert.deepEqual([statSync(join(root(), 'logs')).mode & 0o777, statSync(join(root(), 'logs/daybook.jsonl')).mode & 0o777], [0o700, 0o600]);
  });

  it('are moved aside when they are full, and the oldest go', () => {
    let now = at;
    const file = openLogFile(root(), { fileBytes: 1_000, files: 3, ageMs: 14 * day }, () => now);
    for (let number = 0; number < 60; number++) {
      now += 1_000;
      file.append(line(number, now));
    }
    assert.equal(names().filter((name) => name !== 'daybook.jsonl').length, 2);
    for (const name of names()) assert.ok(statSync(join(root(), 'logs', name)).size < 1_300, name);
    const left = numbers();
    assert.ok(left.length > 10 && left.length < 30);
    assert.deepEqual(left, Array.from(left, (_, index) => 60 - left.length + index));
    assert.deepEqual(numbers(3), [57, 58, 59]);
  });

  it('go when they are old', () => {
    let now = at;
    openLogFile(root(), undefined, () => now).append(line(1, now));
    now += 8 * day;
    openLogFile(root(), undefined, () => now).append(line(2, now));
    assert.equal(names().length, 1, 'a week later it is moved aside');
    now += 1_000;
    openLogFile(root(), undefined, () => now).append(line(3, now));
    assert.deepEqual(numbers(), [1, 2, 3]);
    now += 8 * day;
    openLogFile(root(), undefined, () => now).append(line(4, now));
    assert.ok(!numbers().includes(1) && numbers().includes(4));
  });

  it('lose no line of several processes that write at once', async () => {
    const script = `import { openLogFile } from ${JSON.stringify(new URL('../../../server/log/file.ts', import.meta.url).href)};
      const file = openLogFile(process.argv[1], { fileBytes: 3_000, files: 1_000, ageMs: 1e12 });
      for (let n = 0; n < 100; n++) file.append(JSON.stringify({ time: new Date().toISOString(), level: 'info', category: 'store', event: 'store.opened', process: 'cli', pid: process.pid, ms: n }));
      if (file.lost > 0) throw new Error(String(file.lost) + ' lost');`;
    const codes = await Promise.all([1, 2].map(() => new Promise((resolve) => {
      spawn(process.execPath, ['--input-type=module', '-e', script, root()], { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } }).once('exit', resolve);
    })));
    assert.deepEqual(codes, [0, 0]);
    const lines = readLog(root(), 10_000);
    assert.equal(new Set(lines.map(({ pid, ms }) => `${pid}:${String(ms)}`)).size, 200);
    assert.ok(names().length > 2);
  });

  it('are not written through a link, and no data directory is made for them', function () {
    if (process.platform === 'win32') return this.skip();
    const elsewhere = join(root(), 'elsewhere');
    writeFileSync(elsewhere, '');
    const data = join(root(), 'data');
    const file = openLogFile(data);
    file.append(line(1));
    assert.equal(existsSync(data), false);
    mkdirSync(join(data, 'logs'), { recursive: true });
    symlinkSync(elsewhere, join(data, 'logs/daybook.jsonl'));
    file.append(line(2));
    assert.deepEqual([file.lost, readFileSync(elsewhere, 'utf8'), lstatSync(join(data, 'logs/daybook.jsonl')).isSymbolicLink()], [2, '', true]);
    rmSync(join(data, 'logs/daybook.jsonl'));
    file.append(line(3));
    assert.equal(readLog(data, 5).length, 1);
  });

  it('are read by level and category, torn lines passed over, and go as a whole', () => {
    const file = openLogFile(root());
    for (let number = 0; number < 6; number++) file.append(line(number));
    file.append('{"time":"torn');
    assert.deepEqual(readLog(root(), 10, { level: 'warn' }).map(({ ms }) => ms), [1, 3, 5]);
    assert.deepEqual(readLog(root(), 10, { categories: ['import'] }).map(({ ms }) => ms), [0, 3]);
    assert.equal(logText(readLog(root(), 10)[0] ?? assert.fail()), '2026-11-20 10:00:00.000 info  import    The store was opened. ms=0 (cli 1)');
    removeLog(root());
    assert.deepEqual([names(), readLog(root(), 10)], [[], []]);
  });

  it('are followed, over a file that is moved aside', async () => {
    const file = openLogFile(root(), { fileBytes: 400, files: 50, ageMs: 1e12 });
    file.append(line(0));
    const seen: unknown[] = [];
    await new Promise<void>((resolve) => {
      const end = followLog(root(), {}, (lines) => {
        seen.push(...lines.map(({ ms }) => ms));
        if (seen.length < 12) return;
        end();
        resolve();
      });
      for (let number = 1; number <= 12; number++) file.append(line(number));
    });
    assert.deepEqual(seen, Array.from({ length: 12 }, (_, index) => index + 1));
    assert.ok(names().length > 2);
  });

  it('know the levels that an editor was told', () => {
    assert.deepEqual(toldLevels(root()), { level: 'info', levels: {} });
    noteLevels(root(), { level: 'debug', levels: { import: 'off' } });
    assert.deepEqual(toldLevels(root()), { level: 'debug', levels: { import: 'off' } });
    noteLevels(root(), { level: 'info', levels: {} });
    assert.deepEqual([toldLevels(root()), names()], [{ level: 'info', levels: {} }, []]);
  });
});
