import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { createPaint, sparkline } from '../../../server/cli/paint.ts';
import { statisticsText } from '../../../server/cli/statistics.ts';
import { watch } from '../../../server/cli/watch.ts';
import { openReader } from '../../../server/reader.ts';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { StatsReport, WatchSnapshot } from '../../../shared/statistics.ts';
import { quarter } from '../../support/demo/quarter.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { bundle } from '../../support/places.ts';
import { daybook } from './running.ts';

const now = (id: string, subject: string): DaybookRecord =>
  ({ specversion: '1.0', id, source: 'lsp', type: 'dev.daybook.event.editor.saved', time: new Date().toISOString(), subject, data: {} });

describe('daybook stats and daybook watch', function () {
  this.timeout(30_000);
  const at = folderForEachTest();
  const data = (): string => join(at.path, 'data');

  function write(...records: DaybookRecord[]): void {
    const store = openStore(data());
    store.write((batch) => batch.append(records));
    store.close();
  }

  it('tell what the dashboard shows, as text and as JSON', async () => {
    write(...quarter(Date.now(), 20));
    const { out } = await daybook(['stats'], { folder: at.path });
    for (const part of [/^The last 30 days, /m, /^Records by day\n {2}[·▁-█]{30}$/m, /^ {2}claude-code +█+ \d+$/m, /^ {2}npm test +█+ \d+ of \d+ runs$/m, /^Tests\n {2}\d+(\.\d)?% passed/m, /^Files changed by agents$/m]) assert.match(out, part);
    assert.equal(stripVTControlCharacters(out), out);
    const report = JSON.parse((await daybook(['stats', '--json', '--days', '7', '--workspace', '/home/ada/shop'], { folder: at.path })).out) as StatsReport;
    assert.ok(report.statistics.days.length <= 7 && report.statistics.commands.runs > 0);
    assert.deepEqual(report.statistics.workspaces, ['file:///home/ada/shop', 'file:///home/ada/warehouse']);
    assert.deepEqual((await daybook(['stats', '--days', 'x'], { folder: at.path })).code, 2);
  });

  it('are honest where there is nothing', async () => {
    const { out } = await daybook(['stats', '--all'], { folder: at.path });
    assert.match(out, /^0 records in 0 sessions\n[^]*Everything, [^]*Nothing was recorded in this range\.\n$/);
  });

  it('colour for a terminal only, and let nothing steer it', () => {
    const reader = openReader(data());
    const statistics = { ...reader.statistics({ days: 7 }), days: [{ day: '2026-11-20', records: 1, lanes: {} }], commands: { runs: 1, failed: 1, mostFailing: [{ command: 'x\u001b[31m\u202e', runs: 1, failed: 1 }] } };
    reader.close();
    assert.match(statisticsText(statistics, 7, createPaint(true)), /\u001b\[1mMost failing commands/);
    assert.match(statisticsText(statistics, 7, createPaint(false)), /^ {2}x\[31m {2}█+ 1 of 1 run$/m);
    assert.equal(sparkline([0, 1, 8]), '·▁█'.replace('▁', '▂'));
  });

  it('show a screen that fits the terminal, and give it back', async () => {
    write(now('1', 'src/a.ts'), now('2', 'src/\u001b[2Jb.ts'));
    const reader = openReader(data());
    let out = '';
    let end: () => void = () => undefined;
    const watching = watch({
      reader, dataDirectory: data(), out: (text) => { out += text; }, screen: () => ({ columns: 60, rows: 12 }), isJson: false, paint: createPaint(false),
      servers: () => ({ count: 2, memoryBytes: 84_000_000 }), onEnd: (stop) => { end = stop; return () => undefined; },
    });
    end();
    await watching;
    await reader.close();
    assert.ok(out.startsWith('\u001b[?25l') && out.endsWith('\u001b[?25h\n'));
    const lines = stripVTControlCharacters(out).split('\n');
    assert.ok(lines.length <= 13 && lines.some((line) => line.startsWith('Servers  2 running, 84.0 MB')), out);
    assert.ok(lines.some((line) => /lsp {2}event\.editor\.saved {2}src\/\[2Jb\.ts/.test(line)), lines.join('\n'));
    assert.equal(out.includes('\u001b[2J'), false);
  });

  it('print a line for what comes, and end with the person or the pipe', async () => {
    write(now('1', 'first.ts'));
    const start = (...args: string[]) => spawn(process.execPath, [join(bundle, 'cli.cjs'), 'watch', '--data-dir', data(), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const child = start();
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    const said = async (words: RegExp): Promise<void> => {
      while (!words.test(out)) await once(child.stdout, 'data');
    };
    await said(/first\.ts/);
    write(now('2', 'second.ts'));
    await said(/second\.ts/);
    assert.equal(out.match(/first\.ts/g)?.length, 1);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);

    const piped = start('--json');
    const [line] = await once(piped.stdout.setEncoding('utf8'), 'data') as [string];
    const snapshot = JSON.parse(line) as WatchSnapshot;
    assert.deepEqual([snapshot.latest.map(({ subject }) => subject), snapshot.rates.minutes.length, snapshot.records], [['second.ts', 'first.ts'], 60, 2]);
    piped.stdout.destroy();
    assert.deepEqual(await once(piped, 'exit'), [0, null]);
  });
});
