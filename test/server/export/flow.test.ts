import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExports, type Exports } from '../../../server/export/flow.ts';
import type { Redaction } from '../../../server/export/gate.ts';
import { createRedactor, redactRecords } from '../../../server/ingest/redact.ts';
import { ProblemError } from '../../../shared/problem.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { openCore } from '../../support/core.ts';
import { linesOf } from './readers.ts';
import { untouched } from './untouched.ts';
import { generated } from './world.ts';

function record(id: number): DaybookRecord {
  return { specversion: '1.0', id: `e${id}`, source: 'test', type: 'dev.daybook.event.note', time: new Date(1_800_000_000_000 + id).toISOString(), data: { text: `note ${id}` } };
}

/** Exports of a source that has as many records as one wants, and none of them before it is asked. */
function endless(redaction: Redaction = untouched, count = Infinity): Exports {
  return createExports({
    * records() {
      for (let id = 0; id < count; id++) yield record(id);
    },
    sessions: () => [],
    outline: () => [],
  }, redaction);
}

const withCode = (code: string) => (error: unknown): boolean => error instanceof ProblemError && error.problem.code === code;

describe('export', function () {
  this.timeout(30_000);
  const at = folderForEachTest();

  it('stops when it is told to, and leaves nothing behind', async () => {
    for (const [format, output] of [['jsonl', 'a.jsonl'], ['csv', 'csv'], ['parquet', 'parquet'], ['json', 'a.json']] as const) {
      const stop = new AbortController();
      const running = endless().run({ format, output: join(at.path, output) }, { signal: stop.signal, onProgress: ({ chosen }) => { if (chosen > 3_000) stop.abort(); } });
      await assert.rejects(running, withCode('cancelled'));
    }
    assert.deepEqual(readdirSync(at.path), []);
  });

  it('leaves no half file under its name when it is killed', async () => {
    const script = `
      import { createExports } from ${JSON.stringify(new URL('../../../server/export/flow.ts', import.meta.url).href)};
      const values = async (values) => values.map((value) => ({ value, count: 0 }));
      const source = { * records() { for (let id = 0; ; id++) yield { specversion: '1.0', id: 'e' + id, source: 't', type: 'dev.daybook.event.note', time: '2026-11-20T00:00:00.000Z', data: {} }; }, sessions: () => [] };
      let told = false;
      await createExports(source, { records: async (records) => records, values }).run({ format: 'jsonl', output: ${JSON.stringify(join(at.path, 'a.jsonl'))} },
        { onProgress: ({ bytes }) => { if (bytes > 1_000_000 && !told) { told = true; console.log('half'); } } });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'], env: { NODE_NO_WARNINGS: '1' } });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    const left = readdirSync(at.path);
    assert.ok(!existsSync(join(at.path, 'a.jsonl')));
    assert.deepEqual(left.filter((name) => !name.endsWith('.partial')), []);
    assert.equal(left.length, 1, 'what was written by then lies under a name that says so');
  });

  it('is the last gate: what the rules of today find is redacted, counted and named, in records and in sessions', async () => {
    const secret = ['AKIA', 'IOSFODNN7', 'ABCDEFG'].join('');
    const redactor = createRedactor();
    const old: DaybookRecord = { ...record(7), sessionid: 's', redactions: 2, data: { text: `the key ${secret} of old` } };
    const session: SessionDocument = {
      session: {
        id: 's', kind: 'coding', source: 'test', title: `Work on ${secret}`, workspace: null, startedAt: old.time, endedAt: old.time, turns: 0, prompts: 0, replies: 0, toolExecutions: 0, usage: {},
      },
      turns: [{ index: 1, startedAt: old.time, endedAt: old.time, records: [record(6), { ...old, subject: secret }] }],
    };
    const exports = createExports(
      { records: () => [record(6), old, record(8)], sessions: () => [session], outline: () => [] },
      { ruleSet: 'today', records: (records) => redactRecords(redactor, records), values: redactor.values },
    );
    const records = await exports.run({ format: 'jsonl', output: join(at.path, 'a.jsonl') });
    assert.deepEqual([records.chosen, records.redactions, records.redacted], [3, 1, ['e7']]);
    assert.deepEqual((linesOf(join(at.path, 'a.jsonl')) as DaybookRecord[]).map(({ redactions }) => redactions), [undefined, 3, undefined]);
    const pages = await exports.run({ format: 'html', output: join(at.path, 'a.html') });
    assert.deepEqual([pages.chosen, pages.redactions, pages.redacted], [1, 3, ['s', 'e7']]);
    for (const name of ['a.jsonl', 'a.html']) {
      const text = readFileSync(join(at.path, name), 'utf8');
      assert.ok(!text.includes(secret) && text.includes('[redacted:'), name);
    }
    assert.ok(!JSON.stringify(await exports.preview({ format: 'json' })).includes(secret));
  });

  it('refuses formats and options that there are not, in a sentence that says what there is', async () => {
    const run = (format: string, options: Readonly<Record<string, string>>): Promise<unknown> => endless(untouched, 1).run({ format, output: join(at.path, 'a.x'), options });
    await assert.rejects(run('docx', {}), { message: /^There is no format "docx"\. There are: markdown, html, .*atif, [a-z, -]+\.$/ });
    await assert.rejects(run('jsonl', { type: 'x' }), { message: 'The format jsonl has no option type. It has none.' });
    const core = openCore(join(at.path, 'data'), at.path);
    try {
      const openai = (options: Readonly<Record<string, string>>): Promise<unknown> => core.exports().then((exports) => exports.run({ format: 'huggingface', output: join(at.path, 'a'), options }));
      await assert.rejects(openai({ type: 'pairs' }), { message: /^The option type of the format huggingface cannot be "pairs"\. It means: type \(conversational: / });
      await assert.rejects(openai({ kind: 'pairs' }), { message: /has no option kind\. It has: type \(.*; history \(.*; context \(/ });
      await assert.rejects(openai({}), { message: 'There is nothing to export: nothing fits what was chosen.' });
      await core.record([{ family: 'events', kind: 'note', session: 's', data: {} }], 'test');
      await assert.rejects(openai({}), { message: 'There is nothing to export: Hugging Face (TRL) can hold nothing of the 1 sessions that were chosen.' });
    } finally {
      await core.close();
    }
    assert.deepEqual(readdirSync(at.path), ['data']);
  });

  it('takes what is chosen, by words, time, family, source, session and workspace', async () => {
    const core = openCore(join(at.path, 'data'), at.path);
    try {
      await core.record(generated(400), 'test');
      await core.record([{ family: 'events', kind: 'note', id: 'n1', time: '2026-11-20T10:00:00Z', data: { text: 'flaky' } }], 'other');
      let count = 0;
      const ids = async (selection: Parameters<Exports['run']>[0]['selection']): Promise<string[]> => {
        const output = join(at.path, `${count++}.jsonl`);
        await (await core.exports()).run({ format: 'jsonl', output, ...(selection && { selection }) });
        return (linesOf(output) as DaybookRecord[]).map(({ id }) => id);
      };
      assert.deepEqual(await ids({ query: 'flaky' }), ['n1']);
      assert.deepEqual(await ids({ sources: ['other'] }), ['n1']);
      assert.equal((await ids({ families: ['tasks'] })).length, 80);
      assert.equal((await ids({ families: ['tasks', 'tool_executions'] })).length, 160);
      assert.equal((await ids({ sessions: ['code:0'], families: ['events'] })).length, 80);
      assert.equal((await ids({ workspaces: ['file:///home/ada/app'] })).length, 400);
      const all = await ids({});
      assert.equal(all.length, 401);
      const times = new Map(core.latest(0, 1_000).records.map(({ id, time }) => [id, time]));
      const [since = '', until = ''] = [times.get('made:100'), times.get('made:200')];
      assert.deepEqual(await ids({ since, until }), all.filter((id) => (times.get(id) ?? '') >= since && (times.get(id) ?? '') < until));
      assert.deepEqual((await ids({ since, until, query: 'number' })).sort(), all.filter((id) => (times.get(id) ?? '') >= since && (times.get(id) ?? '') < until
        && JSON.stringify(core.show(id)).includes('number')).sort());
    } finally {
      await core.close();
    }
  });
});
