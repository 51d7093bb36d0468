import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { readRepairs } from '../../../server/store/repairs.ts';
import { schemaVersion } from '../../../server/store/schema.ts';
import { openStore } from '../../../server/store/store.ts';
import { folderForEachTest } from '../../support/folder.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/store');

/** Data directories that each version wrote itself, with what it could: events, a session with a pin and a title, how far it was read; the later ones sealed some. */
describe('a data directory that an earlier version wrote', function () {
  this.timeout(60_000);
  const at = folderForEachTest();

  const versions = readdirSync(fixtures).flatMap((name) => /^version-(\d+)$/.exec(name)?.[1] ?? []).map(Number).sort((one, other) => one - other);

  it('is there of each version but this one', () => {
    assert.deepEqual(versions.filter((version) => version < schemaVersion), Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1));
  });

  for (const version of versions) {
    it(`(${version}) opens, with all that was in it, and goes on`, () => {
      const data = join(at.path, 'data');
      cpSync(join(fixtures, `version-${version}`), data, { recursive: true });
      writeFileSync(join(data, 'daybook.db'), zstdDecompressSync(readFileSync(join(data, 'daybook.db.zst'))));
      rmSync(join(data, 'daybook.db.zst'));
      const store = openStore(data);
      store.catchUp();
      const events = Array.from({ length: version === 1 ? 12 : 13 }, (_, number) => `e${number}`);
      const expected = [...events, 'mark', ...[0, 1, 2, 3].map((number) => `tool:s1:${number}`)].sort();
      assert.deepEqual([...store.queries.scan()].map(({ id }) => id).sort(), expected);
      assert.deepEqual(store.queries.sessions(5).map(({ id, title, pinned, prompts }) => [id, title, pinned, prompts]), [['tool:s1', 'Mine', true, 2]]);
      assert.deepEqual(store.cursors.get('/home/ada/s1.jsonl'), { source: 'tool', cursor: '{"offset":12}', sessions: ['tool:s1'] });
      assert.deepEqual([store.queries.search('quince', { limit: 50 }).total, store.queries.search('medlar', { limit: 50 }).total], [events.length, 4]);
      store.write((batch) => batch.append([{ specversion: '1.0', id: 'new', source: 'lsp', type: 'dev.daybook.event.note', time: '2026-11-21T10:00:00.000Z', data: {} }]));
      // Not by being made anew: it took the form of this version.
      assert.deepEqual([store.stats().records, store.check(), readRepairs(data), readdirSync(data).filter((name) => name.includes('damaged'))], [expected.length + 1, [], [], []]);
      store.close();
    });
  }
});
