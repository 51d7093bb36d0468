import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openReader } from '../../../server/reader.ts';
import { openStore } from '../../../server/store/store.ts';
import { createHash } from 'node:crypto';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { isThorough, thoroughly } from '../../support/thorough.ts';
import { note, said, token } from '../redacting/older.ts';
import { seeded } from './random.ts';

const kills = thoroughly(2, 60);
/** Fewer than there are: to count them would take as long as a kill. */
const usualSteps = 40;
const reader = pathToFileURL(join(import.meta.dirname, '../../../server/reader.ts')).href;
/**
 * Redacts, and dies where it is told to: before its nth step on the disk that is not the database's own. Says how many steps there are when
 * it comes to its end.
 */
const redacting = `
  const fs = (await import('node:fs')).default;
  const { syncBuiltinESMExports } = await import('node:module');
  const { openReader } = await import(${JSON.stringify(reader)});
  const [root, last] = process.argv.slice(1);
  const opened = openReader(root);
  opened.catchUp();
  let steps = 0;
  for (const name of ['renameSync', 'unlinkSync', 'rmSync', 'writeSync', 'fsyncSync']) {
    const real = fs[name];
    fs[name] = (...args) => {
      if (++steps === Number(last)) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    };
  }
  syncBuiltinESMExports();
  await opened.redact({});
  process.stdout.write(String(steps));
  await opened.close();`;

async function run(data: string, last: number): Promise<number | undefined> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', redacting, data, String(last)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await once(child, 'close');
  return child.signalCode === 'SIGKILL' ? undefined : Number(out);
}

const count = 60;

function record(number: number): DaybookRecord {
  const text = `alpha${number} ${number % 4 === 0 ? token : 'plain'} omega`;
  const day = { time: new Date(Date.UTC(2026, 10, 1 + (number % 3)) + number * 1_000).toISOString() };
  return number % 2 === 0 ? note(`e${number}`, text, day) : said(`s${number % 5}`, number, number % 3 === 0 ? `${text} ${token}` : text, day);
}

/** Half of it sealed, with an attached text that two messages name. */
async function write(data: string): Promise<string[]> {
  const store = openStore(data);
  const content = Buffer.from(`attached ${token}\n`);
  const name = `${createHash('sha256').update(content).digest('hex')}.txt`;
  const file = await store.attachments.prepare(name, content);
  const parts = [{ type: 'blob', mimeType: 'text/plain', bytes: content.length, sha256: name.slice(0, 64), attachment: name }];
  const attached = [said('s1', 1_000, '', { data: { role: 'user', parts } }), said('s2', 1_001, '', { data: { role: 'user', parts } })];
  const records = [...Array.from({ length: count }, (_, number) => record(number)), ...attached];
  store.write((batch) => {
    file.commit();
    batch.append(records.slice(0, count / 2));
  });
  store.seal({ everything: true });
  store.write((batch) => batch.append(records.slice(count / 2)));
  store.close();
  return records.map(({ id }) => id).sort();
}

describe('a process that is killed while it redacts the past', () => {
  const folder = folderForEachTest();

  /** Each record is there once, as it was or as it is to be, with its attachment. */
  function assertWhole(data: string, ids: readonly string[]): void {
    const store = openStore(data);
    store.catchUp();
    const records = [...store.queries.scan()];
    assert.deepEqual(records.map(({ id }) => id).sort(), ids);
    for (const { id, data: payload } of records) {
      const text = JSON.stringify(payload);
      const number = /(\d+)$/.exec(id)?.[1] ?? '';
      if (Number(number) < count) assert.ok(text.includes(`alpha${number} `) && text.includes(' omega'), text);
      for (const [, name = ''] of text.matchAll(/"attachment":"([^"]+)"/g)) assert.ok(store.attachments.has(name), `${id} names ${name}`);
    }
    assert.equal(store.stats().records, ids.length);
    assert.deepEqual(store.check(), []);
    assert.ok(!existsSync(join(data, 'forget.json')));
    store.close();
  }

  async function counted(written: string): Promise<number> {
    const whole = join(folder.path, 'whole');
    cpSync(written, whole, { recursive: true });
    const steps = await run(whole, 0) ?? 0;
    assert.ok(steps >= usualSteps, `${steps} steps`);
    assert.deepEqual(traces(whole, token), []);
    return steps;
  }

  it(`leaves each line as it was or as it is to be, and to do it again does the rest, over ${kills} kills`, async function () {
    this.timeout(600_000);
    const written = join(folder.path, 'written');
    const ids = await write(written);
    const steps = isThorough() ? await counted(written) : usualSteps;
    const random = seeded(20_261_123);
    for (let round = 0; round < kills; round++) {
      // One in each part of the way.
      const at = 1 + Math.floor(((round + random()) / kills) * steps);
      const data = join(folder.path, `killed at ${at} in ${round}`);
      cpSync(written, data, { recursive: true });
      assert.equal(await run(data, at), undefined, `step ${at} of ${steps}`);
      assertWhole(data, ids);
      const again = openReader(data);
      await again.redact({});
      await again.close();
      assert.deepEqual(traces(data, token), [], `killed at step ${at} of ${steps}`);
      assertWhole(data, ids);
    }
  });
});
