import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { note, noRules, openWith, token } from '../redacting/older.ts';

describe('redacting the past over LSP', function () {
  this.timeout(60_000);
  const at = folderForEachTest();

  it('says what it would be and takes it out, while others are answered and what is typed is recorded', async () => {
    const data = join(at.path, 'data');
    const older = openWith(noRules, at.path);
    await older.record([note('a', `neighbour ${token}`), note('b', 'other')], 'test');
    await older.close();
    const server: RunningServer = await startServer({ settings: { dataDirectory: data, recording: true }, home: join(at.path, 'home') });
    try {
      const preview = await server.request('daybook/redactPreview', {});
      assert.deepEqual([preview.records, preview.byRule], [1, { 'github-token': 1 }]);
      await assert.rejects(server.request('daybook/redact', { query: 'x', querry: 'x' } as { query: string }), /querry/);
      assert.ok(traces(data, token).length > 0);
      const redacting = server.request('daybook/redact', {});
      const recorded = server.request('daybook/record', { records: [{ family: 'events', kind: 'note', id: 'c', data: { text: 'meanwhile' } }] });
      const { search } = await redacting;
      assert.deepEqual([search.values, search.left], [1, []]);
      assert.equal((await recorded).accepted, 1);
      assert.deepEqual(traces(data, token), []);
      for (const word of ['neighbour', 'other', 'meanwhile']) assert.equal((await server.request('daybook/search', { query: word })).total, 1, word);
      const { sources } = await server.request('daybook/health', {});
      assert.ok(sources.flatMap(({ notes }) => notes).some(({ code }) => code === 'redacted'));
    } finally {
      await server.stop();
    }
  });
});
