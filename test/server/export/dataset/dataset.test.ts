import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DatasetPreview, DatasetResult } from '../../../../shared/exportResults.ts';
import { ruleSetVersion } from '../../../../server/ingest/redact.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { daybook, type Outcome } from '../../cli/running.ts';
import { askDuckDb, filesOf, linesOf } from '../readers.ts';

const topics = ['parser', 'login', 'cache', 'queue', 'layout', 'socket', 'index', 'colour'];
const prose = (seed: number): string => Array.from({ length: 60 }, (_, at) => `${topics[(seed * 7 + at * (seed + 3)) % 8] ?? ''}${(seed * 31 + at * 17) % 97}`).join(' ');

/** Forty conversations: each fifth says what the one before it said, each tenth was answered by another model with a tool. */
const lines = Array.from({ length: 40 }, (_, at) => {
  const about = at % 5 === 4 ? at - 1 : at;
  const common = { family: 'chats', kind: 'message', session: `chat:${at}`, workspace: `file:///w/${at % 6}` };
  const time = (second: number): string => new Date(Date.UTC(2026, 10, 1 + (at % 20), 9, at, second)).toISOString();
  const call = { type: 'tool_call', id: `t${at}`, name: 'Bash', arguments: { command: `run ${at}` } };
  const isOther = at % 10 === 0;
  return [
    { ...common, id: `${at}a`, time: time(0), data: { role: 'user', parts: [{ type: 'text', content: `Please look at ${prose(about)}` }] } },
    ...(isOther ? [
      { ...common, id: `${at}c`, time: time(1), data: { role: 'assistant', model: 'other', parts: [call] } },
      { ...common, id: `${at}d`, time: time(2), data: { role: 'tool', parts: [{ type: 'tool_call_response', id: `t${at}`, status: 'succeeded', response: 'ok' }] } },
    ] : []),
    { ...common, id: `${at}b`, time: time(3), data: { role: 'assistant', model: isOther ? 'other' : 'usual', outcome: at % 4 === 1 ? 'cancelled' : 'completed', parts: [{ type: 'text', content: `It was ${prose(about + 100)}` }] } },
  ];
}).flat().map((line) => JSON.stringify(line)).join('\n');

interface Card {
  readonly license?: string;
  readonly size_categories: readonly string[];
  readonly configs: readonly { readonly config_name: string; readonly data_files: readonly { readonly split: string; readonly path: string }[] }[];
  readonly dataset_info?: { readonly features: readonly { readonly name: string; readonly list: string }[] };
}

function cardOf(folder: string): Card {
  return parse(readFileSync(join(folder, 'README.md'), 'utf8').split(/^---$/m)[1] ?? '') as Card;
}

describe('daybook export --dataset', function () {
  this.timeout(30_000);
  const at = folderForEachTest();
  const to = (name: string): string => join(at.path, name);
  const run = (...args: string[]): Promise<Outcome> => daybook(['export', ...args], { folder: at.path });
  async function made(...args: string[]): Promise<DatasetResult> {
    const { code, out, err } = await run(...args, '--json');
    assert.deepEqual([code, err], [0, '']);
    return JSON.parse(out) as DatasetResult;
  }
  beforeEach(async () => {
    assert.equal((await daybook(['record'], { folder: at.path, input: lines })).code, 0);
  });

  it('writes splits, a card that names them, and a manifest with the hash of each file', async () => {
    const result = await made('--dataset', to('set'), '--shares', '60,20,20', '--seed', '3', '--licence', 'mit');
    const card = cardOf(to('set'));
    assert.deepEqual([card.license, card.size_categories], ['mit', ['n<1K']]);
    assert.deepEqual(card.configs[0]?.data_files, result.splits.map(({ name, file }) => ({ split: name, path: file })));
    assert.deepEqual(result.splits.map(({ name }) => name), ['train', 'validation', 'test']);
    assert.deepEqual(card.dataset_info?.features, ['messages', 'tools'].map((name) => ({ name, list: 'json' })));
    const [rows] = await askDuckDb(`select count(*)::int as count from read_json('${to('set')}/data/*.jsonl', format = 'newline_delimited')`);
    assert.deepEqual([rows?.['count'], result.sessions.taken], [32, 32]);
    assert.deepEqual([result.duplicates, result.ruleSet], [{ exact: 8, near: 0 }, ruleSetVersion]);
    const manifest = JSON.parse(readFileSync(to('set/manifest.json'), 'utf8')) as DatasetResult;
    assert.deepEqual([...manifest.files.map(({ name }) => to(`set/${name}`)), to('set/manifest.json')].sort(), filesOf(to('set')));
    for (const { name, sha256 } of manifest.files) assert.equal(createHash('sha256').update(readFileSync(to(`set/${name}`))).digest('hex'), sha256, name);
    assert.ok(!JSON.stringify(manifest).includes(at.path));
    for (const said of [ruleSetVersion, 'Consent', '8 the same word for word', 'seed 3']) assert.ok(readFileSync(to('set/README.md'), 'utf8').includes(said), said);
  });

  it('gives the same bytes for the same seed, and parts no session', async () => {
    const bytesOf = (name: string): string[] => filesOf(to(name)).map((file) => readFileSync(file, 'utf8'));
    await made('--dataset', to('one'), '--format', 'huggingface', '--set', 'type=prompt-completion', '--seed', '5');
    await made('--dataset', to('two'), '--format', 'huggingface', '--set', 'type=prompt-completion', '--seed', '5');
    await made('--dataset', to('three'), '--format', 'huggingface', '--set', 'type=prompt-completion', '--seed', '6');
    assert.deepEqual(bytesOf('one'), bytesOf('two'));
    assert.notDeepEqual(bytesOf('one'), bytesOf('three'));
    for (const format of ['openai', 'sharegpt', 'alpaca']) {
      await made('--dataset', to(format), '--format', format, '--shares', '34,33,33', '--split-by', 'workspace');
      const all = readdirSync(to(`${format}/data`)).flatMap((name) => linesOf(to(`${format}/data/${name}`)).map((line) => JSON.stringify(line)));
      assert.equal(new Set(all).size, all.length);
      assert.equal(all.length, 32);
    }
  });

  it('takes what passes its filters, and counts what does not', async () => {
    const taken = async (name: string, ...filters: string[]): Promise<number[]> => {
      const { sessions: { chosen, filtered, empty, repeated, taken: left } } = await made('--dataset', to(name), ...filters);
      return [chosen, filtered, empty, repeated, left];
    };
    assert.deepEqual(await taken('a', '--model', 'other'), [40, 36, 0, 0, 4]);
    assert.deepEqual(await taken('b', '--tool', 'Bash', 'Edit'), [40, 36, 0, 0, 4]);
    assert.deepEqual(await taken('c', '--outcome', 'cancelled'), [40, 30, 0, 0, 10]);
    assert.deepEqual(await taken('d', '--max-turns', '1', '--session', 'chat:1', 'chat:2'), [2, 0, 0, 0, 2]);
    const cut = { family: 'chats', kind: 'message', id: 'cut', session: 'chat:3', time: '2026-11-04T09:03:09Z', consent: 'no content', data: { role: 'user', parts: [] } };
    assert.equal((await daybook(['record'], { folder: at.path, input: JSON.stringify(cut) })).code, 0);
    assert.deepEqual(await taken('f', '--consent', 'full', '--session', 'chat:2', 'chat:3'), [2, 1, 0, 0, 1]);
    assert.deepEqual(await taken('g', '--consent', 'metadata', '--session', 'chat:2', 'chat:3'), [2, 0, 0, 0, 2]);
    assert.match((await run('--dataset', to('e'), '--min-turns', '3')).err, /^daybook: There is nothing to export: none of 40 sessions/);
    assert.ok(!existsSync(to('e')));
  });

  it('previews exactly what it would write, and writes nothing', async () => {
    const { code, out } = await run('--dataset', to('a'), '--preview', '--json');
    const { files, bytes, sample, ...preview } = JSON.parse(out) as DatasetPreview;
    assert.deepEqual([code, readdirSync(at.path)], [0, ['data']]);
    assert.match((await run('--dataset', to('a'), '--preview')).out, /^Would write to .*\/a, in \d files: train \d+, .* examples of 32 sessions\n[^]*\n\n\{"messages":/);
    assert.ok(!existsSync(to('a')));
    const { files: written, ...result } = await made('--dataset', to('a'));
    assert.deepEqual(preview, result);
    assert.deepEqual([files, bytes], [written.length, written.reduce((sum, file) => sum + file.bytes, 0)]);
    assert.ok(readFileSync(to(`a/${result.splits[0]?.file ?? ''}`), 'utf8').startsWith(sample.slice(0, 1_000)));
  });

  it('refuses what it cannot do, and replaces nothing unasked', async () => {
    assert.match((await run('--dataset', to('a'), '--format', 'csv')).err, /^daybook: A dataset needs a format of examples, one a line, .*; csv is none\.\n$/);
    for (const more of [[], ['--preview']]) {
      assert.match((await run('--dataset', to('a'), '--output', to('b'), ...more)).err, /^daybook: A dataset is written to the folder that --dataset names\. Leave out --output\.\n$/);
    }
    assert.deepEqual(readdirSync(at.path), ['data']);
    assert.deepEqual([(await run('--dataset', to('a'), '--shares', '0,5,5')).code, (await run('--dataset', to('a'), '--seed', 'x')).code], [2, 2]);
    const { out } = await run('--dataset', to('a'));
    assert.match(out, /examples of 32 sessions\n40 sessions were chosen, 0 filtered out, 0 without an example, 8 with none that was new\.\n8 examples were left out as the same, 0 as nearly the same\./);
    assert.match((await run('--dataset', to('a'))).err, /README\.md is there already .*--force\.\n$/);
    assert.equal((await run('--dataset', to('a'), '--force')).code, 0);
  });
});
