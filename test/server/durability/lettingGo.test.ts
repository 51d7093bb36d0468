import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { thoroughly } from '../../support/thorough.ts';
import { seeded } from './random.ts';

const kills = thoroughly(2, 24);
const store = pathToFileURL(join(import.meta.dirname, '../../../server/store/store.ts')).href;
/** Lets days go, and dies after so many steps; with a negative number it says when it begins, and is killed from outside. */
const lettingGo = `
  const { openStore } = await import(${JSON.stringify(store)});
  const [root, days, steps] = process.argv.slice(1);
  const opened = openStore(root);
  opened.catchUp();
  process.stdout.write('begin');
  let left = Number(steps);
  opened.expire(JSON.parse(days), () => { if (left-- === 0) process.kill(process.pid, 'SIGKILL'); });
  opened.close();`;

const recordsADay = 700;
const wordOf = (day: string): string => `quince${day.replaceAll('-', '')}zanzibar`;
const dayOf = (round: number, number: number): string => new Date(Date.UTC(2026, 0, 1 + round * 3 + number)).toISOString().slice(0, 10);

function day(name: string): DaybookRecord[] {
  return Array.from({ length: recordsADay }, (_, number) => ({
    specversion: '1.0', id: `${name}-${number}`, source: 'lsp', type: 'dev.daybook.event.note', time: new Date(Date.parse(name) + number * 60_000).toISOString(),
    sessionid: `coding:${name}-${number % 3}`, workspace: 'file:///w', data: { text: `alpha${number} ${wordOf(name)} ${'x'.repeat(number % 300)}` },
  }));
}

describe('a process that is killed while it lets days go', () => {
  const folder = folderForEachTest();

  it(`has let all of them go once the next one has looked, and nothing else, over ${kills} kills`, async () => {
    const data = join(folder.path, 'data');
    const random = seeded(20_261_123);
    const expected = new Set<string>();
    let wasBegun = 0;
    for (let round = 0; round < kills; round++) {
      const [stays, ...goes] = [0, 1, 2].map((number) => dayOf(round, number)) as [string, string, string];
      const opened = openStore(data);
      for (const name of [stays, ...goes]) opened.write((batch) => batch.append(day(name)));
      if (round % 3 !== 2) opened.seal({ everything: true });
      opened.close();
      for (const { id } of [stays, ...goes].flatMap(day)) expected.add(id);
      await letGoAndDie(data, goes, round % 2 === 0 ? Math.floor(random() * 4) : -1, random() * 400);
      const again = openStore(data);
      again.catchUp();
      const isBegun = existsSync(join(data, 'expired.jsonl')) && again.queries.record(`${goes[0]}-0`) === undefined;
      if (isBegun) for (const { id } of goes.flatMap(day)) expected.delete(id);
      wasBegun += Number(isBegun);
      assertIs(again, expected);
      again.close();
      for (const name of goes) assert.equal(traces(data, wordOf(name)).length > 0, !isBegun);
      assert.equal(existsSync(join(data, 'forget.json')), false);
    }
    const opened = openStore(data);
    opened.rebuild();
    assertIs(opened, expected);
    opened.close();
    assert.ok(wasBegun > 0);
  });
});

/** @param steps after which it dies by itself; below 0 it is killed `afterMs` after it began */
async function letGoAndDie(data: string, days: readonly string[], steps: number, afterMs: number): Promise<void> {
  const args = [data, JSON.stringify(days.map((each) => ({ family: 'events', day: each }))), String(steps)];
  const child = spawn(process.execPath, ['--input-type=module', '-e', lettingGo, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  const exited = once(child, 'exit');
  if (steps < 0) {
    await Promise.race([once(child.stdout, 'data'), exited]);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill('SIGKILL');
  }
  await exited;
}

function assertIs(opened: Store, expected: ReadonlySet<string>): void {
  const ids = [...opened.queries.scan()].map(({ id }) => id);
  assert.equal(ids.length, expected.size);
  assert.deepEqual(ids.sort(), [...expected].sort());
  assert.equal(opened.stats().records, expected.size);
  assert.equal(opened.holdings.days().reduce((sum, { records }) => sum + records, 0), expected.size);
  assert.deepEqual(opened.check(), []);
}
