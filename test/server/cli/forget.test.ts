import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/places.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { daybook, type Outcome } from './running.ts';

const word = 'zanzibarquince';
const events = [
  { id: 'a', session: 'coding:1', workspace: 'file:///w', data: { text: `one ${word}`, uri: 'file:///w/src/a%20b.ts' }, time: '2026-11-19T10:00:00Z' },
  { id: 'b', session: 'coding:1', workspace: 'file:///w', subject: 'src/a b.ts', data: { text: `two ${word}` }, time: '2026-11-20T10:00:00Z' },
  { id: 'c', workspace: 'file:///v', data: { text: 'three' }, time: '2026-11-21T10:00:00Z' },
];

describe('daybook forget', () => {
  const at = folderForEachTest();
  const run = (args: readonly string[], more: { input?: string; isTerminal?: boolean } = {}): Promise<Outcome> => daybook(args, { folder: at.path, ...more });
  const left = async (): Promise<string[]> => {
    const found = await Promise.all(['a', 'b', 'c'].map(async (id) => ((await run(['show', id])).code === 0 ? id : '')));
    return found.filter((id) => id !== '');
  };

  beforeEach(async () => {
    const input = events.map((event) => JSON.stringify({ family: 'events', kind: 'note', ...event })).join('\n');
    assert.equal((await run(['record'], { input })).code, 0);
  });

  for (const [what, args, rest] of [
    ['a query', ['--query', word], ['c']],
    ['a session', ['--session', 'coding:1'], ['c']],
    ['a time', ['--since', '2026-11-20', '--until', '2026-11-21'], ['a', 'c']],
    ['a query in a time', ['--query', word, '--since', '2026-11-20'], ['a', 'c']],
    ['a workspace', ['--workspace', 'file:///v'], ['a', 'b']],
    ['a file', ['--file', 'file:///w/src/a%20b.ts'], ['c']],
    ['a record', ['--record', 'b'], ['a', 'c']],
    ['a record that is of another workspace', ['--record', 'b', 'c', '--workspace', 'file:///v'], ['a', 'b']],
  ] as const) {
    it(`forgets ${what}`, async () => {
      const { code, out } = await run(['forget', ...args, '--yes', '--json']);
      assert.equal(code, 0);
      assert.deepEqual((JSON.parse(out) as { records: number }).records, 3 - rest.length);
      assert.deepEqual(await left(), rest);
    });
  }

  it('says what would go, and forgets nothing', async () => {
    const { code, out } = await run(['forget', '--query', word, '--dry-run']);
    assert.deepEqual([code, out], [0, 'Would forget 2 records, from 2026-11-19 10:00 to 2026-11-20 10:00 UTC.\n  1 session would lose records.\n']);
    assert.deepEqual(await left(), ['a', 'b', 'c']);
  });

  it('says which exports hold some of it, takes lines out of them, and deletes documents only where that is wanted', async () => {
    const to = (name: string): string => join(at.path, name);
    const input = ['a', 'b', 'c'].map((id) => JSON.stringify({ family: 'events', kind: 'note', id: `exported-note-${id}`, data: { text: 'quincemarmalade' }, time: '2026-11-20T11:00:00Z' })).join('\n');
    await run(['record'], { input });
    for (const [format, name] of [['jsonl', 'a.jsonl'], ['xlsx', 'a.xlsx']] as const) assert.equal((await run(['export', '--format', format, '--query', 'quincemarmalade', '--output', to(name)])).code, 0);
    const { out } = await run(['forget', '--query', 'quincemarmalade', '--dry-run']);
    assert.ok(out.endsWith(`1 export of yours would lose lines that hold it (--exports keep leaves them):\n  ${to('a.jsonl')}: 3 lines\n`
      + `1 exported document of yours holds some of it and would stay (--exports delete deletes it as a whole):\n  ${to('a.xlsx')}\n`), out);
    assert.match((await run(['forget', '--query', word, '--exports', 'all', '--yes'])).err, /Allowed choices are keep, lines, delete/);
    const ids = (): readonly string[] => [...readFileSync(to('a.jsonl'), 'utf8').matchAll(/"id":"exported-note-(.)"/g)].map(([, id = '']) => id);
    const first = await run(['forget', '--record', 'exported-note-a', '--yes']);
    assert.ok(first.out.includes(`1 export of yours lost the lines that held it:\n  ${to('a.jsonl')}: 1 line\n1 export of yours still holds some of it. Delete it, and export again what you need:\n  ${to('a.xlsx')}\n`), first.out);
    assert.deepEqual(ids(), ['b', 'c']);
    const kept = await run(['forget', '--record', 'exported-note-c', '--exports', 'keep', '--yes']);
    assert.match(kept.out, /2 exports of yours still hold some of it/);
    assert.deepEqual(ids(), ['b', 'c']);
    const { out: last } = await run(['forget', '--record', 'exported-note-b', '--exports', 'delete', '--yes']);
    assert.ok(last.includes(`1 exported document of yours that held it is deleted:\n  ${to('a.xlsx')}\nA search of the exports that Daybook knows of finds none of it any more.\n`), last);
    assert.deepEqual([existsSync(to('a.xlsx')), ids()], [false, ['c']]);
  });

  it('asks whoever is there, and takes only yes for an answer', async () => {
    for (const input of ['no\n', '', 'y\n']) {
      const { code, err } = await run(['forget', '--record', 'a'], { input, isTerminal: true });
      assert.equal(code, 1);
      assert.match(err, /Would forget 1 record.*Type yes to go on: daybook: Nothing was forgotten\.\n$/s);
    }
    assert.deepEqual(await left(), ['a', 'b', 'c']);
    const { code, out } = await run(['forget', '--record', 'a'], { input: 'yes\n', isTerminal: true });
    assert.equal(code, 0);
    assert.match(out, /^Forgot 1 line of the journal: 1 file rewritten, \d+ B free\.\nThe database and its log were cleaned\.\n/);
    assert.deepEqual(await left(), ['b', 'c']);
  });

  it('refuses where nobody can be asked, where nothing is chosen, and what is not there', async () => {
    assert.match((await run(['forget', '--record', 'a'])).err, /nothing was forgotten.*--yes/);
    assert.match((await run(['forget', '--yes'])).err, /Say what to forget/);
    assert.match((await run(['forget', '--session', 'x', '--yes'])).err, /There is no session x\./);
    assert.match((await run(['forget', '--record', 'x', '--yes'])).err, /There is no record x\./);
    assert.deepEqual(await left(), ['a', 'b', 'c']);
  });

  it('does not let a coding session that goes on lose what comes later', async () => {
    await run(['forget', '--session', 'coding:1', '--yes']);
    const input = JSON.stringify({ family: 'events', kind: 'note', id: 'c2', session: 'coding:1', data: {} });
    assert.match((await run(['record'], { input })).out, /^1 record accepted/);
  });

  it('keeps an AI session forgotten when its source is read again', async () => {
    const source = join(root, 'test', 'fixtures', 'claude-code');
    mkdirSync(join(at.path, 'sessions'));
    cpSync(source, join(at.path, 'sessions'), { recursive: true });
    const read = ['import', '--from', join(at.path, 'sessions'), '--json'];
    await run(read);
    const list = async (): Promise<string[]> => (JSON.parse((await run(['list', '--json'])).out) as { sessions: { id: string }[] }).sessions.map(({ id }) => id).sort();
    const [first, ...others] = (await list()).filter((id) => id.startsWith('claude-code:'));
    assert.ok(first !== undefined && others.length > 0);
    const { code } = await run(['forget', '--session', first, '--yes']);
    assert.equal(code, 0);
    const after = await list();
    assert.ok(!after.includes(first));
    cpSync(join(at.path, 'sessions'), join(at.path, 'again'), { recursive: true });
    await run(['import', '--from', join(at.path, 'again')]);
    await run(read);
    await run(['rebuild']);
    assert.deepEqual(await list(), after);
    const native = first.slice('claude-code:'.length);
    assert.deepEqual(traces(join(at.path, 'data', 'journal'), `"sessionid":"claude-code:${native}"`), []);
  });
});
