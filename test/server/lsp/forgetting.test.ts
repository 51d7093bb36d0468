import assert from 'node:assert/strict';
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

  it('refuses a choice that is not understood as a whole, for it would mean more', async () => {
    await assert.rejects(server.request('daybook/forget', {}), /Say what to forget/);
    await assert.rejects(server.request('daybook/forget', { query: 'wrong', sesions: ['x'] } as { query: string }), /sesions/);
    await assert.rejects(server.request('daybook/forget', { query: 'is:eror wrong' }));
    assert.equal((await server.request('daybook/search', { query: 'customer' })).total, 2);
  });
});
