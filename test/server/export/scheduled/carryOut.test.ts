import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../../../server/core.ts';
import { exporters } from '../../../../server/export/registry.ts';
import type { HealthNote } from '../../../../shared/health.ts';
import { openCore } from '../../../support/core.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { readWithDuckDb } from '../readers.ts';

const saturday = Date.parse('2026-11-21T10:00:00Z');
const dayMs = 86_400_000;

describe('scheduled exports', function () {
  this.timeout(30_000);
  const at = folderForEachTest();
  const path = (name: string): string => join(at.path, name);
  let core: Core;
  let count = 0;
  beforeEach(() => { core = openCore(path('data'), at.path); });
  afterEach(() => core.close());

  const signal = new AbortController().signal;
  const carry = (now: number, ...list: unknown[]): ReturnType<Core['carryOut']> => core.carryOut(list, { now, signal });
  const notes = async (): Promise<readonly HealthNote[]> => (await core.health()).sources.find(({ source }) => source === 'daybook')?.notes ?? [];
  async function record(...days: number[]): Promise<void> {
    const families = ['events', 'tasks', 'tool_executions', 'chats'] as const;
    await core.record(days.flatMap((day) => families.map((family) => ({
      family, kind: 'note', id: `r${count++}`, session: `s:${day}`, time: `2026-11-${String(day).padStart(2, '0')}T09:00:00.000Z`, data: { text: `of the ${day}th` },
    }))), 'test');
  }
  const csv = (every = 'day'): object => ({ format: 'csv', folder: path('out'), every });

  it('write the days that are over as dated CSV of the four families, each day once', async () => {
    await record(18, 20, 21);
    assert.deepEqual(await carry(saturday, csv()), { next: Date.parse('2026-11-22T00:00:00Z'), isNew: true });
    const families = ['chats', 'events', 'tasks', 'tool_executions'];
    const names = (...days: number[]): string[] => families.flatMap((family) => days.map((day) => `${family}_2026-11-${day}.csv`));
    assert.deepEqual(readdirSync(path('out')).sort(), names(18, 20));
    assert.deepEqual(await carry(saturday + 3_600_000, csv()), { next: Date.parse('2026-11-22T00:00:00Z'), isNew: false });
    await record(21);
    await carry(saturday + dayMs, csv());
    assert.deepEqual(readdirSync(path('out')).sort(), names(18, 20, 21));
    assert.equal((await readWithDuckDb(`read_csv('${path('out')}/*.csv', header = true, all_varchar = true, strict_mode = true)`)).length, 16);
    const [note] = await notes();
    assert.deepEqual([note?.state, note?.code], ['ok', 'scheduled-export']);
    assert.match(note?.message ?? '', /^Exported every day as csv into .*\/out: up to 2026-11-21, 8 items, [\d.]+ (K?)B\.$/);
    assert.deepEqual(readdirSync(path('data')).filter((name) => /lock|partial/.test(name)), []);
  });

  it('write other formats under the last day, those of weeks on Mondays, and what a query finds', async () => {
    await record(10, 17, 20);
    writeFileSync(path('blocked'), '');
    await carry(saturday, { format: 'jsonl', folder: path('weeks'), every: 'week' }, { format: 'jsonl', folder: path('blocked/deep'), every: 'day' }, { format: 'jsonl', folder: path('mine'), every: 'day', query: '17th' }, { format: 'text', folder: path('texts'), every: 'day' });
    assert.deepEqual((await notes()).filter(({ state }) => state !== 'ok').map(({ message }) => message.replaceAll(at.path, '')), [
      'The scheduled export as jsonl into /blocked/deep failed on 2026-11-21: /blocked/deep cannot be written: a part of its path is no folder. Nothing was exported.',
    ]);
    assert.match(readFileSync(path('mine/jsonl_2026-11-20.jsonl'), 'utf8'), /^(\{.*of the 17th.*\n){4}$/);
    assert.equal(readFileSync(path('weeks/jsonl_2026-11-15.jsonl'), 'utf8').trimEnd().split('\n').length, 4);
    assert.equal(readdirSync(path('texts/text_2026-11-20')).length, 3);
  });

  it('are tried again an hour after a failure, and go on where the last one ended', async () => {
    await record(19);
    writeFileSync(path('out'), 'a file');
    const first = await carry(saturday, csv());
    assert.deepEqual(first, { next: saturday + 3_600_000, isNew: true });
    const [failed] = await notes();
    assert.match(failed?.message ?? '', /^The scheduled export as csv into .*\/out failed on 2026-11-21: .*out cannot be written: there is a file of that name\. Nothing was exported\.$/);
    assert.equal((await core.doctor()).checks.find(({ name }) => name === 'exports')?.state, 'warning');
    rmSync(path('out'));
    await carry(first.next, csv());
    assert.deepEqual([(await notes()).map(({ state }) => state), readdirSync(path('out')).length], [['ok'], 4]);
  });

  it('replace nothing that differs, and go on after a kill that came before the end was noted', async () => {
    await record(19);
    await carry(saturday, csv());
    rmSync(path('data/exports.json'));
    await carry(saturday, csv());
    assert.deepEqual((await notes()).map(({ state }) => state), ['ok'], 'the same bytes may stay');
    writeFileSync(path('out/events_2026-11-19.csv'), 'mine');
    rmSync(path('data/exports.json'));
    await carry(saturday, csv());
    assert.match((await notes())[0]?.message ?? '', /out\/events_2026-11-19\.csv is there already and is not what would be written\. Move it away\.$/);
    assert.equal(readFileSync(path('out/events_2026-11-19.csv'), 'utf8'), 'mine');
  });

  it('say what is wrong with an entry, and forget it when it is gone from the setting', async () => {
    await record(19);
    const wrong = [{}, 'csv', { ...csv(), folder: 'relative' }, { ...csv(), every: 'hour' }, { ...csv(), recurse: true }, { ...csv(), format: 'docx' }, { ...csv(), query: 'exit:(' }];
    await carry(saturday, ...wrong);
    const said = (await notes()).map(({ message }) => message.replaceAll(at.path, ''));
    for (const sentence of [
      'Entry 1 of the setting daybook.exports cannot be carried out: format must be the name of a format, such as csv.', 'Entry 2 of the setting daybook.exports cannot be carried out: it must have format, folder and every.',
      'Entry 3 of the setting daybook.exports cannot be carried out: folder must be an absolute path.', 'Entry 4 of the setting daybook.exports cannot be carried out: every must be day or week.',
      'Entry 5 of the setting daybook.exports cannot be carried out: there is no recurse.',
    ]) assert.ok(said.includes(sentence), `${sentence} is not in ${said.join('\n')}`);
    assert.ok(said.some((message) => message.includes('There is no format "docx"')) && said.some((message) => message.includes('as csv into /out failed')));
    assert.deepEqual((await carry(saturday)), { next: Infinity, isNew: true });
    assert.deepEqual(await notes(), []);
  });

  it('note that nothing happened, leave alone what another process does, and take over from a dead one', async () => {
    await carry(saturday, csv());
    assert.match((await notes())[0]?.message ?? '', /up to 2026-11-20, nothing new\.$/);
    await record(21);
    writeFileSync(path('data/exports.lock'), String(process.ppid));
    assert.equal((await carry(saturday + dayMs, csv())).isNew, false);
    writeFileSync(path('data/exports.lock'), String(spawnSync(process.execPath, ['-e', '']).pid));
    assert.equal((await carry(saturday + dayMs, csv())).isNew, true);
    assert.deepEqual(readdirSync(path('out')).length, 4);
  });

  it('can be of every format there is', () => {
    const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
    const listed = /"daybook\.exports": \{[^]*?"format": \{\s*"type": "string",\s*"enum": (\[[^\]]*\])/.exec(manifest)?.[1] ?? '[]';
    assert.deepEqual((JSON.parse(listed) as string[]).sort(), exporters.map(({ name }) => name).sort());
  });
});
