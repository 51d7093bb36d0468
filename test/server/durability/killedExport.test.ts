import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderForEachTest } from '../../support/folder.ts';
import { filesOf } from '../export/readers.ts';
import { seeded } from './random.ts';
import { thoroughly } from '../../support/thorough.ts';

const kills = thoroughly(4, 20);
/** Milliseconds within which a process is killed; each begins with another kind of export, so that all of them are met. */
const longestLifeMs = 400;

const module = (path: string): string => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);

/** Exports in rounds: a file, a file that is replaced, a folder that is new, one that is there, and a dataset, beginning with the one that is named. Says when it begins. */
const script = `
  import { createExports } from ${module('server/export/flow.ts')};
  const [folder, label, rounds, first] = process.argv.slice(1);
  const time = (at) => new Date(Date.UTC(2026, 0, 1) + at * 3_600_000).toISOString();
  const record = (at, type, data) => ({ specversion: '1.0', id: 'r' + at, source: 't', type: 'dev.daybook.' + type, time: time(at), sessionid: 's' + Math.floor(at / 2), data });
  const message = (at, role, content) => record(at, 'chat.message', { role, parts: [{ type: 'text', content }] });
  const words = (at) => Array.from({ length: 40 }, (_, n) => 'w' + (at * 7919 + n * 104729) % 100003).join(' ');
  const sessions = Array.from({ length: 60 }, (_, at) => ({
    session: { id: 's' + at, kind: 'chat', source: 't', title: 'S' + at, workspace: null, startedAt: time(at * 2), endedAt: time(at * 2 + 1), turns: 1, prompts: 1, replies: 1, toolExecutions: 0, usage: {} },
    turns: [{ index: 1, startedAt: time(at * 2), endedAt: time(at * 2 + 1), records: [message(at * 2, 'user', 'Q ' + words(at)), message(at * 2 + 1, 'assistant', 'A ' + words(at + 500))] }],
  }));
  const source = {
    * records() { for (let at = 0; at < 2_400; at++) yield record(at, ['event.note', 'task.run', 'chat.note'][at % 3], { text: words(at) }); },
    sessions: () => sessions,
    outline: () => sessions.map(({ session: { id, workspace, startedAt } }) => ({ id, workspace, startedAt })),
  };
  const values = async (values) => values.map((value) => ({ value, count: 0 }));
  const exports = createExports(source, { ruleSet: 'none', records: async (records) => records, values });
  console.log('begins');
  const to = (name) => folder + '/' + name;
  const kinds = [
    (name) => exports.run({ format: 'csv', output: to(name + '.csv'), layout: 'file' }),
    () => exports.run({ format: 'jsonl', output: to('again.jsonl'), force: true }),
    (name) => exports.run({ format: 'csv', output: to(name + '.folder'), layout: 'folder' }),
    () => exports.run({ format: 'csv', output: to('there'), layout: 'folder', force: true }),
    (name) => exports.dataset({ format: 'huggingface', output: to(name + '.dataset'), split: { by: 'session', seed: 1, shares: [80, 10, 10] } }),
  ];
  for (let at = 0; at < Number(rounds) * kinds.length; at++) await kinds[(at + Number(first)) % kinds.length](label + Math.floor(at / kinds.length));`;

/** What stands under final names of one kind, as it has to be: names and hashes of its files. */
type Whole = ReadonlyMap<string, string>;

describe('an export that is killed', () => {
  const at = folderForEachTest();
  const out = (): string => join(at.path, 'out');

  async function run(label: string, rounds: number, first = 0, killAfterMs?: number): Promise<void> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, out(), label, String(rounds), String(first)], { stdio: ['ignore', 'pipe', 'inherit'], env: { NODE_NO_WARNINGS: '1' } });
    const closed = once(child, 'close');
    if (killAfterMs !== undefined) {
      await once(child.stdout, 'data');
      await sleep(killAfterMs);
      child.kill('SIGKILL');
    }
    assert.deepEqual(await closed, killAfterMs === undefined ? [0, null] : [null, 'SIGKILL']);
  }

  const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  const whole = (name: string): Whole => new Map(filesOf(join(out(), name)).map((file) => [relative(join(out(), name), file), hash(file)]));
  const finalNames = (folder: string): string[] => readdirSync(folder).filter((name) => !name.endsWith('.partial'));

  it(`leaves no half file and no half new folder under a final name, over ${kills} kills, and the next one cleans up`, async function () {
    this.timeout(240_000);
    mkdirSync(join(out(), 'there'), { recursive: true });
    await run('first', 1);
    const expected = new Map(['csv', 'folder', 'dataset'].map((kind) => [kind, whole(`first0.${kind}`)]));
    const [again, there] = [hash(join(out(), 'again.jsonl')), whole('there')];
    assert.ok(there.size > 90 && (expected.get('dataset')?.size ?? 0) >= 4, 'there is much to interrupt');
    const random = seeded(8);
    let left = 0;
    for (let kill = 0; kill < kills; kill++) {
      await run(`k${kill}.`, 1_000, kill % 5, random() * longestLifeMs);
      left += [...readdirSync(out()), ...readdirSync(join(out(), 'there'))].filter((name) => name.endsWith('.partial')).length;
      for (const name of finalNames(out()).filter((each) => each.startsWith(`k${kill}.`))) {
        assert.deepEqual(whole(name), expected.get(name.split('.').at(-1) ?? ''), `${name} is not whole`);
        rmSync(join(out(), name), { recursive: true });
      }
      assert.equal(hash(join(out(), 'again.jsonl')), again);
      for (const name of finalNames(join(out(), 'there'))) assert.equal(hash(join(out(), 'there', name)), there.get(name), name);
    }
    assert.ok(left > 0, 'no process was killed in the middle');
    await run('last', 1);
    const names = [...readdirSync(out()), ...readdirSync(join(out(), 'there'))];
    assert.deepEqual(names.filter((name) => name.endsWith('.partial')), []);
    assert.ok(existsSync(join(out(), 'last0.dataset/manifest.json')));
  });
});
