import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { createExports, type Exports } from '../../../server/export/flow.ts';
import { ProblemError } from '../../../shared/problem.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { filesOf } from './readers.ts';
import { untouched } from './untouched.ts';

const time = '2026-11-20T10:00:00.000Z';

function session(title: string, at: number, source = 'tool'): SessionDocument {
  const message = (role: string, content: string): DaybookRecord => ({ specversion: '1.0', id: `${at}${role}`, source, type: 'dev.daybook.chat.message', time, data: { role, parts: [{ type: 'text', content }] } });
  const id = `${source}:${at}`;
  return {
    session: { id, kind: 'chat', source, title, workspace: null, startedAt: time, endedAt: time, turns: 1, prompts: 1, replies: 1, toolExecutions: 0, usage: {} },
    turns: [{ index: 1, startedAt: time, endedAt: time, records: [message('user', `Question ${at}`), message('assistant', `Answer ${at}`)] }],
  };
}

const exportsOf = (sessions: readonly SessionDocument[]): Exports => createExports({
  records: () => sessions.flatMap(({ turns }) => turns.flatMap(({ records }) => records)), sessions: () => sessions,
  outline: () => sessions.map(({ session: { id, workspace, startedAt } }) => ({ id, workspace, startedAt })),
}, untouched);

const says = (message: RegExp) => (error: unknown): boolean => {
  assert.ok(error instanceof ProblemError, String(error));
  assert.match(error.problem.message, message);
  return true;
};

/** Where nobody is root, a folder that may only be read is one; root may write everywhere, and becomes nobody for a moment. */
async function withoutPrivileges(work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Exports into a disk of 64 KB that only this process sees: lines, tables, a folder and a dataset; prints what was said of each, and what is left. */
const script = `
  import { execFileSync } from 'node:child_process';
  import { readdirSync } from 'node:fs';
  import { createExports } from ${JSON.stringify(new URL('../../../server/export/flow.ts', import.meta.url).href)};
  const [folder, mode] = process.argv.slice(1);
  if (mode === 'ro') execFileSync('mount', ['-o', 'remount,ro', folder]);
  const record = (id) => ({ specversion: '1.0', id: 'e' + id, source: 't', type: 'dev.daybook.event.note', time: '2026-11-20T00:00:00.000Z', data: { text: String(id).repeat(50) } });
  const session = { id: 's', kind: 'chat', source: 't', title: 'S', workspace: null, startedAt: '2026-11-20T00:00:00.000Z', endedAt: '2026-11-20T00:00:00.000Z', turns: 1, prompts: 1, replies: 1, toolExecutions: 0, usage: {} };
  const message = (role) => ({ ...record(role), type: 'dev.daybook.chat.message', data: { role, parts: [{ type: 'text', content: role.repeat(50_000) }] } });
  const values = async (values) => values.map((value) => ({ value, count: 0 }));
  const exports = createExports({
    * records() { for (let id = 0; id < 20_000; id++) yield record(id); }, outline: () => [session],
    sessions: () => [{ session, turns: [{ index: 1, startedAt: '', endedAt: '', records: [message('user'), message('assistant')] }] }],
  }, { ruleSet: '', records: async (records) => records, values });
  const said = [];
  for (const work of [
    () => exports.run({ format: 'jsonl', output: folder + '/a.jsonl' }), () => exports.run({ format: 'csv', output: folder + '/csv', layout: 'folder' }),
    () => exports.run({ format: 'parquet', output: folder + '/there', layout: 'folder' }), () => exports.dataset({ format: 'openai', output: folder + '/set', split: { by: 'session', seed: 1, shares: [1, 0, 0] } }),
  ]) await work().then(() => said.push('no failure'), (error) => said.push(error.message));
  console.log(JSON.stringify({ said, left: readdirSync(folder, { recursive: true }) }));`;

describe('exports and what a disk can say', () => {
  const at = folderForEachTest();
  const path = (name: string): string => join(at.path, name);

  const inSmallDisk = (mode: 'rw' | 'ro'): ReturnType<typeof spawnSync> => spawnSync('unshare', [
    '--map-root-user', '--mount', 'sh', '-c', 'mount -t tmpfs -o size=64k none "$1" && mkdir "$1/there" && exec "$2" --input-type=module -e "$3" "$1" "$4"', 'sh', path('disk'), process.execPath, script, mode,
  ], { encoding: 'utf8', timeout: 60_000, env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' } });

  for (const [what, mode, sentence] of [
    ['is full', 'rw', /^There is no space left on the disk for (.*)\. Nothing was exported\.$/],
    ['may only be read', 'ro', /^(.*) cannot be written: its disk may only be read\. Nothing was exported\.$/],
  ] as const) {
    it(`say so of a disk that ${what}, name the file, and leave nothing there`, function () {
      this.timeout(60_000);
      mkdirSync(path('disk'));
      const probe = spawnSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', path('disk')]);
      if (probe.status !== 0) {
        if (this.test) this.test.title += ' (skipped: this machine gives no disk of its own to a process)';
        this.skip();
      }
      const { stdout, stderr } = inSmallDisk(mode);
      assert.equal(stderr, '');
      const { said, left } = JSON.parse(String(stdout)) as { said: string[]; left: string[] };
      const named = said.map((told) => sentence.exec(told)?.[1] ?? assert.fail(told));
      for (const [index, name] of ['a.jsonl', 'csv', 'there', 'set'].entries()) assert.ok(named[index]?.startsWith(path(`disk/${name}`)), named[index]);
      assert.deepEqual(left, ['there']);
    });
  }

  it('say so of a folder that this user may not write, for a file, a folder and a dataset', async function () {
    if (process.platform === 'win32') this.skip(); // there a folder that may only be read does not exist
    chmodSync(at.path, 0o755);
    mkdirSync(path('locked/there'), { recursive: true });
    chmodSync(path('locked/there'), 0o555);
    chmodSync(path('locked'), 0o555);
    const exports = exportsOf([session('Fix it', 1)]);
    const sentence = /locked\/.* cannot be written: this user has no permission for its folder\. Nothing was exported\.$/;
    await withoutPrivileges(async () => {
      await assert.rejects(exports.run({ format: 'jsonl', output: path('locked/a.jsonl') }), says(sentence));
      await assert.rejects(exports.run({ format: 'csv', output: path('locked/new'), layout: 'folder' }), says(sentence));
      await assert.rejects(exports.run({ format: 'csv', output: path('locked/there'), layout: 'folder' }), says(sentence));
      await assert.rejects(exports.dataset({ format: 'openai', output: path('locked/set'), split: { by: 'session', seed: 1, shares: [1, 0, 0] } }), says(sentence));
    });
    assert.deepEqual(readdirSync(path('locked'), { recursive: true }), ['there']);
    chmodSync(path('locked'), 0o755);
  });

  it('replace nothing unasked, whatever it is: a file, a file in a folder, a dataset, a link', async () => {
    const exports = exportsOf([session('Fix it', 1)]);
    writeFileSync(path('a.jsonl'), 'mine');
    await assert.rejects(exports.run({ format: 'jsonl', output: path('a.jsonl') }), says(/a\.jsonl is there already and was left as it is\. Choose another name, or have it replaced with --force\.$/));
    mkdirSync(path('out'));
    writeFileSync(path('out/chats_2026-11-20.csv'), 'mine');
    await assert.rejects(exports.run({ format: 'csv', output: path('out'), layout: 'folder' }), says(/out\/chats_2026-11-20\.csv is there already/));
    const set = { format: 'openai', output: path('out'), split: { by: 'session', seed: 1, shares: [1, 0, 0] } } as const;
    writeFileSync(path('out/manifest.json'), 'mine');
    await assert.rejects(exports.dataset(set), says(/out\/manifest\.json is there already/));
    await assert.rejects(exports.run({ format: 'csv', output: path('a.jsonl'), layout: 'folder' }), says(/a\.jsonl is a file, and this export is a folder of files/));
    for (const name of ['a.jsonl', 'out/chats_2026-11-20.csv', 'out/manifest.json']) assert.equal(readFileSync(path(name), 'utf8'), 'mine');
    assert.deepEqual(readdirSync(at.path, { recursive: true }).sort(), ['a.jsonl', 'out', `out${sep}chats_2026-11-20.csv`, `out${sep}manifest.json`]);
  });

  it('stay in their folder, whatever sessions and their tools are called', async () => {
    const titles = [
      '../../escaped', '..\\..\\escaped', '/etc/escaped', 'C:\\escaped', '..', '.', '', '\0escaped', 'a/b/c', 'con', 'AUX.txt', 'x'.repeat(5_000), '世'.repeat(400), '\u202egpj.exe', 'same', 'SAME', 'same', 'trailing. ', '-rf', '~', '$HOME', '`id`',
    ];
    const sessions = [...titles.map((title, n) => session(title, n)), session('x', 90, '../../source'), session('x', 91, '/abs'), session('x', 92, 'a\0b')];
    mkdirSync(path('deep/er'), { recursive: true });
    for (const format of ['markdown', 'text', 'html', 'atif']) {
      const { files, items } = await exportsOf(sessions).run({ format, output: path(`deep/er/${format}`), layout: 'folder' });
      assert.equal(items, sessions.length);
      assert.deepEqual(filesOf(path(`deep/er/${format}`)), files.map(({ name }) => path(`deep/er/${format}/${name}`)).sort(), 'each is where its name says');
      for (const { name } of files) assert.match(name, /^[^/\\\p{Cc}]+$/u);
      assert.ok(files.every(({ name, bytes }) => statSync(path(`deep/er/${format}/${name}`)).size === bytes));
    }
    assert.deepEqual([readdirSync(at.path), readdirSync(path('deep')), readdirSync(path('deep/er')).length], [['deep'], ['er'], 4]);
    assert.ok(!existsSync('/etc/escaped'));
  });
});
