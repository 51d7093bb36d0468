import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';

const count = 800;
/** A word that every record has, and one of the oldest alone. */
const record = (number: number): DaybookRecord => ({
  specversion: '1.0', id: `r${number}`, source: 'lsp', type: 'dev.daybook.event.note', time: new Date(Date.UTC(2026, 10, 20) + number * 1_000).toISOString(),
  sessionid: 'coding:1', data: { text: `alphabet ${number}${number === 0 ? ' omega' : ''}` },
});

describe('a search while somebody types', function () {
  this.timeout(60_000);
  const at = folderForEachTest();

  for (const sealed of [0, count / 2, count]) {
    it(`finds the newest of what is everywhere, and what only the oldest has (${sealed} of ${count} sealed)`, () => {
      const store = openStore(join(at.path, 'data'));
      const records = Array.from({ length: count }, (_, number) => record(number));
      if (sealed > 0) store.write((batch) => batch.append(records.slice(0, sealed)));
      if (sealed > 0) store.seal({ everything: true });
      if (sealed < count) store.write((batch) => batch.append(records.slice(sealed)));
      const typed = (query: string) => store.queries.search(query, { limit: 5, typing: true });
      const { results, more, total } = typed('alphab');
      assert.deepEqual(results.map(({ id }) => id), [1, 2, 3, 4, 5].map((back) => `r${count - back}`));
      assert.ok(more && total >= 5);
      for (const query of ['ome', 'alphabet ome', 'omega']) assert.deepEqual(typed(query).results.map(({ id }) => id), ['r0'], query);
      assert.deepEqual(typed('alphabet zeta').results, []);
      store.close();
    });
  }
});
