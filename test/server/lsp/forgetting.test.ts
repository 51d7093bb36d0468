import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { folderForEachTest } from '../../support/folder.ts';

const record = (id: string, words: string) => ({ family: 'events' as const, kind: 'note', id, data: { words } });

describe('forgetting over LSP', () => {
  const at = folderForEachTest();
  let server: RunningServer;
  beforeEach(async () => {
    server = await startServer({ settings: { dataDirectory: join(at.path, 'data'), recording: true }, home: at.path });
    await server.request('daybook/record', { records: [record('a', 'the wrong customer'), record('b', 'the right customer')] });
  });
  afterEach(() => server.stop());

  it('says what would go, takes it away and refuses it from then on', async () => {
    const selection = { query: '"wrong customer"' };
    assert.equal((await server.request('daybook/forgetPreview', selection)).records, 1);
    assert.equal((await server.request('daybook/forget', selection)).records, 1);
    assert.equal((await server.request('daybook/search', { query: 'customer' })).total, 1);
    await server.request('daybook/record', { records: [record('a', 'the wrong customer')] });
    assert.equal((await server.request('daybook/search', { query: 'wrong' })).total, 0);
  });

  it('takes it out of what was exported, as far as that is wanted', async () => {
    const output = join(at.path, 'a.jsonl');
    await server.request('daybook/export', { format: 'jsonl', output });
    const selection = { query: '"wrong customer"' };
    assert.deepEqual((await server.request('daybook/forgetPreview', selection)).exports.lines, [{ path: output, lines: 1 }]);
    await assert.rejects(server.request('daybook/forget', { ...selection, exports: 'all' as 'keep' }), /exports|Expected/);
    assert.match(readFileSync(output, 'utf8'), /wrong/);
    assert.deepEqual((await server.request('daybook/forget', { ...selection, exports: 'lines' })).exports.rewritten, [{ path: output, lines: 1 }]);
    assert.doesNotMatch(readFileSync(output, 'utf8'), /wrong/);
  });

  it('refuses a choice that is not understood as a whole, for it would mean more', async () => {
    await assert.rejects(server.request('daybook/forget', {}), /Say what to forget/);
    await assert.rejects(server.request('daybook/forget', { query: 'wrong', sesions: ['x'] } as { query: string }), /sesions/);
    await assert.rejects(server.request('daybook/forget', { query: 'is:eror wrong' }));
    assert.equal((await server.request('daybook/search', { query: 'customer' })).total, 2);
  });
});
