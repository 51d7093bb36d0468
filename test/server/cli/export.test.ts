import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportFormats, ExportPreview, ExportResult } from '../../../shared/exportResults.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { daybook, type Outcome } from './running.ts';

const lines = [
  { family: 'events', kind: 'note', time: '2026-11-19T10:00:00Z', id: 'e1', session: 's1', workspace: 'file:///work/app', data: { text: 'flaky login' } },
  { family: 'tasks', kind: 'build', time: '2026-11-20T10:01:00Z', id: 't1', session: 's1', data: { text: 'bar' } },
  { family: 'chats', kind: 'message', session: 'notes:x', id: 'c1', time: '2026-11-20T10:02:00Z', data: { role: 'user', content: 'Why \u001b[31mred?' } },
  { family: 'chats', kind: 'message', session: 'notes:x', id: 'c2', time: '2026-11-20T10:02:05Z', data: { role: 'assistant', content: 'Because.' } },
].map((line) => JSON.stringify(line)).join('\n');

describe('daybook export', () => {
  const at = folderForEachTest();
  const run = (...args: string[]): Promise<Outcome> => daybook(args, { folder: at.path });
  const to = (name: string): string => join(at.path, name);
  beforeEach(async () => {
    assert.equal((await daybook(['record'], { folder: at.path, input: lines })).code, 0);
  });

  async function json<T>(...args: string[]): Promise<T> {
    const { code, out, err } = await run('export', ...args, '--json');
    assert.deepEqual([code, err], [0, '']);
    return JSON.parse(out) as T;
  }

  it('writes what was chosen, and says so in the documented shape', async () => {
    const result = await json<ExportResult>('--format', 'jsonl', '--output', to('a.jsonl'));
    assert.deepEqual(Object.keys(result).sort(), ['bytes', 'chosen', 'files', 'format', 'items', 'leftOut', 'output', 'redacted', 'redactions', 'withheld']);
    assert.deepEqual([result.output, result.items, result.files.map(({ name }) => name)], [to('a.jsonl'), 4, ['a.jsonl']]);
    const ids = async (name: string, ...args: string[]): Promise<string[]> => {
      await json('--format', 'jsonl', '--output', to(name), ...args);
      return readFileSync(to(name), 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
    };
    assert.deepEqual(await ids('1', '--query', 'flaky'), ['e1']);
    assert.deepEqual(await ids('2', '--since', '2026-11-20', '--until', '2026-11-20T11:02:00+01:00'), ['t1']);
    assert.deepEqual(await ids('3', '--family', 'tasks', 'events'), ['e1', 't1']);
    assert.deepEqual(await ids('4', '--session', 'notes:x'), ['c1', 'c2']);
    assert.deepEqual(await ids('5', '--workspace', '/work/app'), ['e1']);
    assert.deepEqual(await ids('6', '--source', 'cli'), ['e1', 't1', 'c1', 'c2']);
  });

  it('says in words what it wrote, in files by family and day too', async () => {
    const { code, out, err } = await run('export', '--format', 'csv', '--output', to('csv'));
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /\/csv: 4 items, \d+ B in 3 files\n$/);
    assert.deepEqual(readdirSync(to('csv')).sort(), ['chats_2026-11-20.csv', 'events_2026-11-19.csv', 'tasks_2026-11-20.csv']);
    assert.match((await run('export', '--format', 'openai', '--output', to('o.jsonl'))).out, /1 item, \d+ B, 1 of 2 left out, of which the format can hold nothing\n$/);
  });

  it('previews without writing, with nothing in it that a terminal would obey', async () => {
    const preview = await json<ExportPreview>('--format', 'text', '--preview');
    assert.deepEqual([preview.items, preview.files], [2, 2]);
    const { out } = await run('export', '--format', 'csv', '--preview');
    assert.match(out, /^Would write 4 items, \d+ B\n/);
    assert.match(out, /time,family,kind/);
    assert.ok(!out.includes('\u001b'));
    assert.deepEqual(readdirSync(at.path), ['data']);
  });

  it('lists the formats, what each loses, and its options', async () => {
    const { formats } = await json<ExportFormats>('--formats');
    assert.ok(formats.length >= 14);
    const { out } = await run('export', '--formats');
    for (const { name, loses, options } of formats) for (const part of [`${name}: `, loses, ...Object.keys(options).map((option) => `--set ${option}=`)]) assert.ok(out.includes(part), part);
  });

  it('takes options of the format', async () => {
    await json('--format', 'huggingface', '--output', to('h.jsonl'), '--set', 'type=prompt-completion', '--set', 'history=0');
    assert.match(readFileSync(to('h.jsonl'), 'utf8'), /^\{"prompt":/);
  });

  it('says which records still have a secret that it found on the way out, and what helps', async () => {
    const secret = ['AKIA', 'IOSFODNN7', 'ABCDEFG'].join('');
    // As it was recorded when no rule knew it yet.
    const old = { specversion: '1.0', id: 'old', source: 'cli', type: 'dev.daybook.chat.message', time: '2026-11-18T10:00:00.000Z', sessionid: 'notes:old', data: { role: 'user', parts: [{ type: 'text', content: `the key ${secret}` }] } };
    const answer = { ...old, id: 'answer', time: '2026-11-18T10:00:01.000Z', data: { role: 'assistant', parts: [{ type: 'text', content: 'Thanks.' }] } };
    mkdirSync(to('data/journal/chats/2026/11/18'), { recursive: true });
    writeFileSync(to('data/journal/chats/2026/11/18/cli_notes-old.jsonl'), `${JSON.stringify(old)}\n${JSON.stringify(answer)}\n`);
    const { out } = await run('export', '--format', 'jsonl', '--output', to('a.jsonl'));
    assert.match(out, /1 secret found by the rules of today and redacted here; the record itself still has them, in: old\nTo redact what is recorded as well: daybook redact\. To look: daybook show ID\. .*: daybook forget --record ID\n$/);
    assert.ok(!readFileSync(to('a.jsonl'), 'utf8').includes(secret));
    const set = await run('export', '--dataset', to('set'));
    assert.match(set.out, /still has them, in: .*old\nTo redact what is recorded as well: daybook redact\. To look: daybook show ID/);
    assert.ok(!readFileSync(to('set/manifest.json'), 'utf8').includes('"old"'), 'who gets the dataset is not told where to look');
    assert.equal((await run('forget', '--record', 'old', '--yes')).code, 0);
    assert.doesNotMatch((await run('export', '--format', 'jsonl', '--output', to('b.jsonl'))).out, /secret/);
  });

  it('refuses with a sentence', async () => {
    for (const [code, args, sentence] of [
      [1, [], /^daybook: An export needs --format NAME/], [1, ['--format', 'csv'], /^daybook: An export needs --output PATH/],
      [1, ['--format', 'docx', '--output', 'x'], /There is no format "docx"\. There are: markdown, /], [1, ['--format', 'csv', '--output', 'x', '--query', 'nowhere'], /There is nothing to export/],
      [1, ['--format', 'jsonl', '--output', at.path], /is a folder\. Name a file, such as .*daybook\.jsonl\./], [1, ['--format', 'csv', '--output', 'x', '--set', 'a=b'], /has no option a\./],
      [2, ['--since', 'yesterday'], /It must be a day such as 2026-11-20/], [2, ['--since', '2026-11-20T10:00:00'], /a time with its zone/], [2, ['--set', 'x'], /It must be a name and a value/],
      [2, ['--family', 'cats'], /Allowed choices are events, tasks/],
    ] as const) {
      const outcome = await run('export', ...args);
      assert.deepEqual([outcome.code, outcome.out], [code, ''], args.join(' '));
      assert.match(outcome.err, sentence);
    }
    await json('--format', 'csv', '--output', to('a.csv'));
    assert.match((await run('export', '--format', 'csv', '--output', to('a.csv'))).err, /a\.csv is there already .*--force\.\n$/);
    await json('--format', 'csv', '--output', to('a.csv'), '--force');
  });

  it('continues where the last one ended, in parts that never replace each other', async () => {
    const args = ['--format', 'jsonl', '--output', to('all.jsonl'), '--since', 'last'];
    const ids = ({ output }: ExportResult): string[] => readFileSync(output, 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
    const record = async (id: string): Promise<void> => {
      const line = JSON.stringify({ family: 'events', kind: 'note', id, session: 's1', data: {} });
      assert.equal((await daybook(['record'], { folder: at.path, input: line })).code, 0);
      await new Promise((resolve) => setTimeout(resolve, 2)); // the end is exclusive, by the millisecond
    };
    const first = await json<ExportResult>(...args);
    assert.match(first.output, /\/all_20\d\d-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.jsonl$/);
    assert.deepEqual(ids(first), ['e1', 't1', 'c1', 'c2']);
    assert.equal((await run('export', ...args)).out, 'Nothing is new since the last export.\n');
    await record('n1');
    assert.equal((await json<ExportPreview>(...args, '--preview')).items, 1);
    assert.deepEqual(ids(await json<ExportResult>(...args)), ['n1']);
    await record('n2');
    const limited = await json<ExportResult>(...args, '--until', '2026-11-20', '--family', 'tasks', 'events');
    assert.deepEqual(ids(limited), ['e1'], 'another choice has an end of its own');
    assert.deepEqual(ids(await json<ExportResult>(...args, '--family', 'events', 'tasks')), ['t1', 'n1', 'n2']);
    assert.deepEqual(ids(await json<ExportResult>(...args)), ['n2']);
    const folder = await json<ExportResult>('--format', 'csv', '--output', to('csv'), '--since', 'last');
    assert.match(folder.output, /\/csv\/20[\d-]+T[\d-]+Z$/);
    if (process.platform !== 'win32') assert.equal(statSync(to('data/exports.json')).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(to('data')).filter((name) => name.includes('partial')), []);
  });

  it('does not continue what did not end, and says so when it cannot know', async () => {
    const args = ['export', '--format', 'jsonl', '--since', 'last'];
    assert.match((await run(...args, '--output', to('nowhere/all.jsonl'))).err, /its folder is not there/);
    assert.ok(!existsSync(to('data/exports.json')));
    assert.match((await run(...args)).err, /^daybook: An export needs --output PATH/);
    assert.match((await run('export', '--dataset', to('set'), '--since', 'last')).err, /^daybook: A dataset is made anew each time, .* Give --since a time\.\n$/);
    writeFileSync(to('data/exports.json'), '{');
    assert.match((await run(...args, '--output', to('all.jsonl'))).err, /^daybook: Where the last export ended cannot be read from .*exports\.json: .*the next one begins at the beginning\.\n$/);
    assert.deepEqual(readdirSync(at.path), ['data']);
  });

  it('shows how far it is where somebody looks', async () => {
    const { code, err } = await daybook(['export', '--format', 'csv', '--output', to('a.csv')], { folder: at.path, isTerminal: true });
    assert.equal(code, 0);
    assert.match(err, /^\r0 read, 0 B written.*\r\u001b\[K$/s);
  });

  it('stops when it is interrupted, and leaves nothing behind', async function () {
    if (process.platform === 'win32') this.skip(); // there is no such signal there
    this.timeout(20_000);
    const many = Array.from({ length: 4_000 }, (_, n) => JSON.stringify({ family: 'events', kind: 'note', data: { n, text: 'x'.repeat(200) } })).join('\n');
    assert.equal((await daybook(['record'], { folder: at.path, input: many })).code, 0);
    const cli = join(import.meta.dirname, '../../../server/main/cli.ts');
    const child = spawn(process.execPath, [cli, 'export', '--format', 'html', '--output', to('out'), '--data-dir', to('data')], { env: { HOME: at.path, NODE_NO_WARNINGS: '1' }, timeout: 15_000 });
    let err = '';
    child.stderr.on('data', (bytes: Buffer) => { err += bytes.toString(); });
    const hasBegun = (): boolean => readdirSync(at.path).some((name) => name.endsWith('.partial'));
    while (!hasBegun() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'close'), [1, null]);
    assert.equal(err, 'daybook: The export was stopped. Nothing was exported.\n');
    assert.deepEqual(readdirSync(at.path), ['data']);
  });
});
