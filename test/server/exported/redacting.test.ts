import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { awsKey, everything, note, noRules, openWith, pem, said, token } from '../redacting/older.ts';
import { bytesBelow } from './sample.ts';

const quoted = ['hunter', '<2>&"quoted"', 'word'].join('-');

describe('redacting the past, in exports', () => {
  const at = folderForEachTest();
  let core: Core;
  const out = (...names: string[]): string => join(at.path, 'out', ...names);
  const run = async (format: string, name: string): Promise<unknown> => (await core.exports()).run({ format, output: out(name) });
  const holding = (): string[] => [...bytesBelow(out())].filter(([, bytes]) => [token, awsKey, 'MIIEpAIBAAKCAQEAx7Rt0q2Wm9Kz4Vb8'].some((secret) => bytes.includes(secret))).map(([name]) => name);

  beforeEach(async () => {
    mkdirSync(out());
    core = openWith(noRules, at.path);
    const answer = { role: 'assistant', model: 'm', parts: [{ type: 'text', content: `I read "${pem}" there` }] };
    await core.record([
      note('e1', `before ${token} after`), note('e2', `DB_PASSWORD='${quoted}'`), note('e3', 'ordinary words'),
      said('one', 1, `why does ${token} fail with ${awsKey}?`), said('one', 2, '', { data: answer }), said('two', 3, 'nothing there'),
    ], 'test');
  });
  afterEach(() => core.close());

  async function withRulesOfToday(): Promise<void> {
    await core.close();
    core = openWith(undefined, at.path);
  }

  const texts = [['jsonl', 'a.jsonl'], ['json', 'a.json'], ['csv', 'a.csv'], ['markdown', 'md'], ['text', 'text'], ['html', 'page.html'], ['openai', 'o.jsonl'], ['atif', 'atif'], ['otlp', 't.jsonl']] as const;
  for (const [format, name] of texts) {
    it(`puts the placeholders of the record into ${format}, and changes nothing else`, async () => {
      await run(format, name);
      const before = bytesBelow(out());
      assert.ok(holding().length > 0);
      const modes = [...before.keys()].map((path) => statSync(path).mode);
      await withRulesOfToday();
      const held = holding().map((path) => ({ path, state: 'redacted' }));
      assert.deepEqual((await core.redactPreview({})).exports, held);
      assert.deepEqual(bytesBelow(out()), before, 'a preview changes nothing');
      assert.deepEqual((await core.redact({})).exports, held);
      assert.deepEqual(holding(), []);
      assert.deepEqual([...before.keys()].map((path) => statSync(path).mode), modes);
      const all = [...bytesBelow(out()).values()].join('');
      assert.match(all, /\[redacted:github-token\]/);
      if (['jsonl', 'csv', 'json'].includes(format)) {
        await (await core.exports()).run({ format, output: out(`again.${name.split('.')[1] ?? ''}`) });
        const counts = /("redactions":\d+,)|(?<=,)\d*(?=,"\{)/g; // how many were found is said in the record
        assert.equal(readFileSync(out(name), 'utf8').replaceAll(counts, ''), readFileSync(out(`again.${name.split('.')[1] ?? ''}`), 'utf8').replaceAll(counts, ''));
      }
      assert.deepEqual((await core.redact({})).exports, []);
    });
  }

  it('names what is packed and holds some, and what is packed otherwise; none of them is changed', async () => {
    await run('xlsx', 'a.xlsx');
    await run('parquet', 'parquet');
    const before = bytesBelow(out());
    await withRulesOfToday();
    const preview = await core.redactPreview({});
    assert.deepEqual(preview.exports.map(({ path, state }) => [path.slice(out().length + 1), state]), [
      ['a.xlsx', 'holds secrets'], ['parquet/day=2026-11-02/family=events/records.parquet', 'holds secrets'], ['parquet/day=2026-11-03/family=chats/records.parquet', 'holds secrets'],
    ]);
    assert.deepEqual((await core.redact({})).exports, preview.exports);
    assert.deepEqual(bytesBelow(out()), before);
  });

  it('keeps the manifest of a dataset true', async () => {
    await (await core.exports()).dataset({ format: 'openai', output: out('set'), split: { by: 'session', seed: 1, shares: [100, 0, 0] } });
    await withRulesOfToday();
    assert.deepEqual((await core.redact({})).exports, [{ path: out('set/data/train.jsonl'), state: 'redacted' }]);
    assert.deepEqual(holding(), []);
    const { files } = JSON.parse(readFileSync(out('set/manifest.json'), 'utf8')) as { files: { name: string; bytes: number; sha256: string }[] };
    assert.equal(files.length, 2);
    for (const { name, bytes, sha256 } of files) {
      const content = readFileSync(out('set', name));
      assert.deepEqual([bytes, sha256], [content.length, createHash('sha256').update(content).digest('hex')], name);
    }
  });

  it('names the manifest that it cannot keep true', async () => {
    await (await core.exports()).dataset({ format: 'openai', output: out('set'), split: { by: 'session', seed: 1, shares: [100, 0, 0] } });
    rmSync(out('set/manifest.json'));
    await withRulesOfToday();
    assert.deepEqual((await core.redact({})).exports, [{ path: out('set/data/train.jsonl'), state: 'redacted' }, { path: out('set/manifest.json'), state: 'not readable' }]);
  });

  it('follows no link that lies in the place of an export', async () => {
    await run('jsonl', 'a.jsonl');
    const victim = join(at.path, 'victim');
    renameSync(out('a.jsonl'), victim);
    symlinkSync(victim, out('a.jsonl'));
    const before = readFileSync(victim);
    await withRulesOfToday();
    assert.deepEqual((await core.redact({})).exports, [{ path: out('a.jsonl'), state: 'not reachable' }]);
    assert.deepEqual(readFileSync(victim), before);
  });

  it('leaves the record the same whether there are exports or not', async () => {
    await run('jsonl', 'a.jsonl');
    await withRulesOfToday();
    await core.redact({});
    assert.doesNotMatch(JSON.stringify(everything(core)), new RegExp(token));
    assert.ok(!readFileSync(join(at.path, 'data/exported.json'), 'utf8').includes('"e1"'));
  });
});
