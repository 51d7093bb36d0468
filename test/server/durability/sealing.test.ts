import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { seeded } from './random.ts';
import { thoroughly } from '../../support/thorough.ts';

const kills = thoroughly(5, 25);
const recordsEach = 700;
const store = pathToFileURL(join(import.meta.dirname, '../../../server/store/store.ts')).href;
/** Seals whatever there is, and says when it begins. */
const sealing = `
  const { openStore } = await import(${JSON.stringify(store)});
  const opened = openStore(process.argv[1]);
  process.stdout.write('begin');
  opened.catchUp();
  opened.seal({ everything: true });
  opened.close();`;

function record(number: number): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 1 + (number % 5)) + number * 1_000).toISOString();
  const data = { role: 'user', parts: [{ type: 'text', content: `alpha${number} ${'x'.repeat(number % 900)}` }] };
  return number % 3 === 0
    ? { specversion: '1.0', id: `tool:s${number % 7}:${number}`, source: 'tool', type: 'dev.daybook.chat.message', time, sessionid: `tool:s${number % 7}`, data }
    : { specversion: '1.0', id: `e${number}`, source: 'lsp', type: 'dev.daybook.event.note', time, data };
}

describe('a process that is killed while it seals', () => {
  const folder = folderForEachTest();

  it(`loses nothing and doubles nothing, over ${kills} kills`, async function () {
    this.timeout(180_000);
    const data = join(folder.path, 'data');
    const random = seeded(20_261_121);
    let written = 0;
    for (let kill = 0; kill < kills; kill++) {
      const opened = openStore(data);
      opened.catchUp();
      opened.write((batch) => batch.append(Array.from({ length: recordsEach }, () => record(written++))));
      opened.close();
      const child = spawn(process.execPath, ['--input-type=module', '-e', sealing, data], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } });
      const exited = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), exited]);
      await new Promise((resolve) => setTimeout(resolve, random() * 120));
      child.kill('SIGKILL');
      await exited;
    }
    const opened = openStore(data);
    opened.catchUp();
    assertOnce(opened, written);
    opened.rebuild();
    assertOnce(opened, written);
    opened.close();
  });
});

function assertOnce(opened: ReturnType<typeof openStore>, written: number): void {
  const ids = [...opened.queries.scan()].map(({ id }) => id);
  assert.equal(new Set(ids).size, written);
  assert.equal(ids.length, written);
  assert.equal(opened.stats().records, written);
  for (const number of [0, 1, written >> 1, written - 1]) {
    assert.deepEqual(opened.queries.search(`alpha${number}`, { limit: 5 }).results.map(({ id }) => id), [record(number).id]);
  }
  assert.deepEqual(opened.check(), []);
}
