import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createExports } from '../../../server/export/flow.ts';
import { typeOf, type DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { contentHash, linesOf, readWithDuckDb, type Read } from './readers.ts';
import { untouched } from './untouched.ts';
import { generated } from './world.ts';

const count = 100_000;

function* records(): Generator<DaybookRecord> {
  for (const { family, kind, id = '', time = '', session = '', data, ...more } of generated(count)) {
    yield { specversion: '1.0', id, source: 'test', type: typeOf(family, kind), time, sessionid: session, ...more, data };
  }
}

const readers: Readonly<Record<string, (output: string) => Promise<readonly Read[]>>> = {
  jsonl: (output) => Promise.resolve((linesOf(output) as DaybookRecord[]).map((record) => ({ ...record, data: JSON.stringify(record.data) }))),
  csv: (output) => readWithDuckDb(`read_csv('${output}', header = true, all_varchar = true, strict_mode = true)`),
  parquet: (output) => readWithDuckDb(`read_parquet('${output}')`),
};

describe(`exports of ${count} records`, function () {
  this.timeout(120_000);
  const at = folderForEachTest();
  let expected: string;
  before(() => {
    expected = contentHash(Array.from(records(), (record) => ({ ...record, data: JSON.stringify(record.data) })));
  });

  for (const [format, read] of Object.entries(readers)) {
    it(`${format} holds every record, as another reader reads it`, async () => {
      const output = join(at.path, `all.${format}`);
      const result = await createExports({ records, sessions: () => [], outline: () => [] }, untouched).run({ format, output, layout: 'file' });
      assert.equal(result.items, count);
      const found = await read(output);
      assert.deepEqual([found.length, contentHash(found)], [count, expected]);
    });
  }
});
