import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import { readBackSource } from '../../../server/export/readBack.ts';
import type { ImportCounts } from '../../../shared/results.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { openCore } from '../../support/core.ts';
import { fixtures, generated } from './world.ts';

describe('reading an export back', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  const path = (name: string): string => join(at.path, name);

  async function withCore<T>(name: string, work: (core: Core) => Promise<T>): Promise<T> {
    const core = openCore(path(name), at.path);
    try {
      return await work(core);
    } finally {
      await core.close();
    }
  }

  /** All that a person can ask. */
  function answers(core: Core): unknown {
    const { journalBytes, databaseBytes, ...stats } = core.stats();
    const { sessions } = core.sessions({ limit: 1_000 });
    return {
      stats,
      sessions,
      documents: sessions.map(({ id }) => core.session(id)),
      searches: ['the', 'question', '"let me look"', 'remind*', 'answer -number', 'echo', 'lamp'].map((query) => {
        const { total, results } = core.search({ query, limit: 10_000 });
        return { query, total, results: results.map(({ id, snippet }) => ({ id, snippet })).sort((a, b) => (a.id < b.id ? -1 : 1)) };
      }),
    };
  }

  const back = async (core: Core, from: string): Promise<ImportCounts | undefined> => (await core.import({ from: [from] })).sources[readBackSource];

  for (const [format, output] of [['jsonl', 'all.jsonl'], ['parquet', 'all.parquet'], ['parquet', 'parts']] as const) {
    it(`gives the same search results, sessions and statistics: ${format} as ${output}`, async () => {
      const { before, records } = await withCore('first', async (core) => {
        await core.import({ from: [fixtures] });
        await core.record(generated(1_000), 'test');
        await core.record([{ specversion: '1.0', id: 'x1', source: 'api:ada', type: 'dev.daybook.event.deploy', time: '2026-11-20T10:00:00.000Z', traceparent: '00-ab', data: { list: [1, null, 'ß'] } }], 'test');
        const { chosen } = await (await core.exports()).run({ format, output: path(output) });
        return { before: answers(core), records: chosen };
      });
      await withCore('second', async (core) => {
        const first = await back(core, path(output));
        assert.deepEqual([first?.newRecords, first?.problems], [records, 0]);
        assert.deepEqual(answers(core), before);
        await (await core.exports()).run({ format: 'jsonl', output: path('again.jsonl') });
        const again = await back(core, path(output));
        assert.deepEqual([again?.newRecords, again?.sessions], [0, first?.sessions]);
        assert.deepEqual(answers(core), before);
      });
      await withCore('first', async (core) => (await core.exports()).run({ format: 'jsonl', output: path('once.jsonl') }));
      assert.ok(readFileSync(path('again.jsonl')).equals(readFileSync(path('once.jsonl'))), 'and, exported once more, the same bytes');
    });
  }

  it('joins two machines: what either has, once', async () => {
    const records = generated(600);
    await withCore('one', async (core) => {
      await core.record(records.slice(0, 400), 'test');
      await (await core.exports()).run({ format: 'jsonl', output: path('one.jsonl') });
    });
    await withCore('two', async (core) => {
      await core.record(records.slice(200), 'test');
      const result = await back(core, path('one.jsonl'));
      assert.deepEqual([result?.newRecords, core.stats().records], [200, 600]);
    });
    const whole = await withCore('three', async (core) => {
      await core.record(records, 'test');
      const { stats } = answers(core) as { stats: unknown };
      return stats;
    });
    assert.deepEqual(await withCore('two', (core) => Promise.resolve((answers(core) as { stats: unknown }).stats)), whole);
  });

  it('knows a message that its tool had changed when the tool is read again', async () => {
    const message = (content: string): object => ({
      family: 'chats', kind: 'message', id: 'notes:x:1', session: 'notes:x', time: '2026-11-20T10:00:00.000Z', data: { role: 'user', parts: [{ type: 'text', content }] },
    });
    const before = await withCore('one', async (core) => {
      await core.record([message('half')], 'notes');
      await core.record([message('half and whole')], 'notes');
      await (await core.exports()).run({ format: 'jsonl', output: path('a.jsonl') });
      return answers(core);
    });
    await withCore('two', async (core) => {
      assert.equal((await back(core, path('a.jsonl')))?.newRecords, 1);
      assert.deepEqual(answers(core), before);
      assert.equal((await core.record([message('half and whole')], 'notes')).duplicates, 1);
      assert.deepEqual(answers(core), before);
    });
    await withCore('one', async (core) => {
      assert.equal((await back(core, path('a.jsonl')))?.newRecords, 0);
      assert.deepEqual(answers(core), before);
    });
  });

  it('finds exports among other files, leaves sessions of tools to their importers, and names the rest', async () => {
    mkdirSync(path('mixed/deep'), { recursive: true });
    await withCore('one', async (core) => {
      await core.record(generated(20), 'test');
      await (await core.exports()).run({ format: 'parquet', output: path('mixed/deep/a.parquet') });
    });
    const session = readFileSync(join(fixtures, 'claude-code/projects/-home-ada-site/8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022.jsonl'));
    writeFileSync(path('mixed/8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022.jsonl'), session);
    writeFileSync(path('mixed/other.parquet'), 'PAR1 and nothing of use PAR1');
    writeFileSync(path('mixed/empty.jsonl'), '');
    await withCore('two', async (core) => {
      const { sources, unrecognised } = await core.import({ from: [path('mixed')] });
      assert.deepEqual(Object.keys(sources).sort(), ['claude-code', readBackSource]);
      assert.equal(sources[readBackSource]?.newRecords, 20);
      assert.deepEqual(unrecognised, [path('mixed/empty.jsonl'), path('mixed/other.parquet')]);
    });
  });

  it('says which lines it could not take, and takes the rest', async () => {
    await withCore('one', async (core) => {
      await core.record(generated(10), 'test');
      await (await core.exports()).run({ format: 'jsonl', output: path('a.jsonl') });
    });
    appendFileSync(path('a.jsonl'), '{"specversion":"1.0","id":"x"}\nhalf a li');
    await withCore('two', async (core) => {
      const result = await back(core, path('a.jsonl'));
      assert.deepEqual([result?.newRecords, result?.problems, core.stats().problems], [10, 2, 2]);
      const problems = core.latest(0, 100).records.filter(({ type }) => type.endsWith('source.problem')).map(({ data }) => (data as { where: { line: number } }).where.line);
      assert.deepEqual(problems.sort(), [11, 12]);
    });
  });

  it('says of a Parquet file that was cut off that it knows it no more', async () => {
    await withCore('one', async (core) => {
      await core.record(generated(10), 'test');
      await (await core.exports()).run({ format: 'parquet', output: path('a.parquet') });
      writeFileSync(path('a.parquet'), readFileSync(path('a.parquet')).subarray(0, -5));
      assert.deepEqual(await core.import({ from: [path('a.parquet')] }), { sources: {}, unrecognised: [path('a.parquet')] });
    });
  });
});
