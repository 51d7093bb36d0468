import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { seeded } from './random.ts';
import { thoroughly } from '../../support/thorough.ts';

const kills = thoroughly(4, 12);
const recordsEach = 250;
const store = pathToFileURL(join(import.meta.dirname, '../../../server/store/store.ts')).href;
/** Forgets what it is told to, and says when it begins. */
const forgetting = `
  const { openStore } = await import(${JSON.stringify(store)});
  const [root, what] = process.argv.slice(1);
  const opened = openStore(root);
  opened.catchUp();
  process.stdout.write('begin');
  opened.forget(JSON.parse(what));
  opened.close();`;

/** A word of its own for each round, in those records that the round forgets. */
const wordOf = (round: number): string => `quince${'abcdefghijklmnopqrstuvwxyz'[round] ?? ''}zanzibar`;

function record(number: number): DaybookRecord {
  const round = Math.floor(number / recordsEach);
  const time = new Date(Date.UTC(2026, 10, 1 + (number % 4)) + number * 1_000).toISOString();
  const word = isChosen(number) ? wordOf(round) : 'kept';
  const data = { role: 'user', parts: [{ type: 'text', content: `alpha${number} ${word} ${'x'.repeat(number % 400)}` }] };
  return number % 3 === 0
    ? { specversion: '1.0', id: `tool:${session(number)}:${number}`, source: 'tool', type: 'dev.daybook.chat.message', time, sessionid: `tool:${session(number)}`, data }
    : { specversion: '1.0', id: `e${number}`, source: 'lsp', type: 'dev.daybook.event.note', time, data };
}

const session = (number: number): string => `s${Math.floor(number / recordsEach)}-${number % 4}`;
/** Every tenth event, and one of the four sessions of each round. */
const isChosen = (number: number): boolean => (number % 3 === 0 ? number % 4 === 0 : number % 10 === 1);

describe('a process that is killed while it forgets', () => {
  const folder = folderForEachTest();

  it(`has forgotten all of it or nothing, and nothing else, over ${kills} kills`, async function () {
    this.timeout(180_000);
    const data = join(folder.path, 'data');
    const random = seeded(20_261_122);
    const expected = new Set<string>();
    const outcomes = { forgotten: 0, kept: 0 };
    for (let round = 0; round < kills; round++) {
      const opened = openStore(data);
      const numbers = Array.from({ length: recordsEach }, (_, at) => round * recordsEach + at);
      opened.write((batch) => batch.append(numbers.map(record)));
      if (round % 3 === 1) opened.seal({ everything: true });
      opened.close();
      for (const number of numbers) expected.add(record(number).id);
      await forgetAndDie(data, chosenOf(numbers), random() * 500);
      const again = openStore(data);
      again.catchUp();
      const gone = numbers.filter(isChosen).map((number) => record(number).id);
      const isForgotten = again.queries.record(gone[0] ?? '') === undefined;
      if (isForgotten) for (const id of gone) expected.delete(id);
      outcomes[isForgotten ? 'forgotten' : 'kept']++;
      assertIs(again, expected);
      again.close();
      assert.equal(traces(data, wordOf(round)).length > 0, !isForgotten);
      assert.equal(statSync(join(data, 'forget.json'), { throwIfNoEntry: false }), undefined);
    }
    const opened = openStore(data);
    opened.rebuild();
    assertIs(opened, expected);
    opened.close();
    assert.ok(outcomes.forgotten > 0);
  });
});

function chosenOf(numbers: readonly number[]): { records: string[]; sessions: string[] } {
  const chosen = numbers.filter(isChosen);
  const sessions = new Set(chosen.filter((number) => number % 3 === 0).map((number) => `tool:${session(number)}`));
  return { records: chosen.filter((number) => number % 3 !== 0).map((number) => record(number).id), sessions: [...sessions] };
}

async function forgetAndDie(data: string, what: object, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', forgetting, data, JSON.stringify(what)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await exited;
}

function assertIs(opened: Store, expected: ReadonlySet<string>): void {
  const ids = [...opened.queries.scan()].map(({ id }) => id);
  assert.equal(ids.length, expected.size);
  assert.deepEqual(ids.sort(), [...expected].sort());
  assert.equal(opened.stats().records, expected.size);
  assert.deepEqual(opened.check(), []);
}
