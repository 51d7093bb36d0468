import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { createRedactor } from '../../server/ingest/redact.ts';
import { createReader } from '../../server/reader.ts';
import { openStore } from '../../server/store/store.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { folderForEachTest } from '../support/folder.ts';

const pieces = [
  '"', '(', ')', '-', '*', ' ', 'OR', 'AND', 'NOT', 'NEAR(a b, 2)', ':', '^', '{body}', `'; DROP TABLE record; --`, '\0', '\ud800', '😀', 'ﷺ', 'İ', 'a', 'alpha', 'text MATCH',
  'source:', 'kind:', 'exit:1', 'is:error', 'is:pinned', 'has:', 'file:', 'session:', 'model:', 'tool:%', 'before:', 'after:2026-11-19', 'during:yesterday', '99999-99-99', '%_\\', '[a-z]', '$1',
] as const;

function record(number: number): DaybookRecord {
  return {
    specversion: '1.0', id: `r${number}`, source: 'lsp', type: 'dev.daybook.event.note', time: new Date(Date.UTC(2026, 10, 20) + number).toISOString(),
    sessionid: 'coding:1', data: { text: `alpha ${number}`, uri: 'file:///a/100%.ts', parts: [null, 'x'] },
  };
}

describe('hostile queries', function () {
  this.timeout(200_000);
  const at = folderForEachTest();

  it('20,000 of them neither throw nor change anything, in plain and in sealed days', () => {
    const store = openStore(join(at.path, 'data'));
    store.write((batch) => batch.append([1, 2, 3].map(record)));
    store.seal({ everything: true });
    store.write((batch) => batch.append([4, 5, 6].map(record)));
    const reader = createReader(store, () => Promise.resolve(createRedactor()));
    const before = reader.search({ query: 'alpha' });
    const hostile = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((those) => those.join('')));
    fc.assert(fc.property(hostile, fc.boolean(), (query, typing) => {
      const { results, groups = [], mistakes = [] } = reader.search({ query, typing, grouped: typing, limit: 3 });
      for (const { from, to } of mistakes) assert.ok(from >= 0 && from <= to && to <= query.length);
      assert.ok(results.length <= 3);
      if (!typing) return;
      assert.deepEqual(groups.flatMap(({ hits }) => hits).sort(), results.map(({ id }) => id).sort());
      const { from, to, items } = reader.searchComplete({ query, limit: 5 });
      assert.ok(from >= 0 && from <= to && to <= query.length && items.length <= 5);
    }), { numRuns: 20_000, seed: 20 });
    assert.deepEqual(reader.search({ query: 'alpha' }), before);
    store.close();
  });

  it('a megabyte of anything is answered', () => {
    const store = openStore(join(at.path, 'data'));
    store.write((batch) => batch.append([1, 2, 3].map(record)));
    const reader = createReader(store, () => Promise.resolve(createRedactor()));
    for (const piece of [...pieces, 'a.', 'a OR ', '-a ', 'file:a ', '(a ', 'alpha ', 'kind:a OR ']) {
      const query = piece.repeat(Math.ceil((1 << 20) / piece.length));
      assert.ok(reader.search({ query }).mistakes?.some(({ code }) => code === 'too-long'), piece);
    }
    store.close();
  });
});
