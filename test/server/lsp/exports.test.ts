import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationTokenSource, type ResponseError } from 'vscode-languageserver/node';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';

describe('exports over LSP', function () {
  this.timeout(30_000);
  const at = folderForEachTest();
  let server: RunningServer;
  const output = (name: string): string => join(at.path, name);

  /** With some thousand records. Ends it before its folder goes. */
  async function withServer(work: () => Promise<void>): Promise<void> {
    server = await startServer({ settings: { dataDirectory: join(at.path, 'data') }, home: join(at.path, 'home') });
    try {
      for (let batch = 0; batch < 5; batch++) {
        const records = Array.from({ length: 1_000 }, (_, n) => ({ family: 'events' as const, kind: 'note', data: { text: `note ${batch} ${n}` } }));
        await server.request('daybook/record', { records });
      }
      await work();
    } finally {
      await server.stop();
    }
  }

  it('list the formats, preview, and write', () => withServer(async () => {
    const { formats } = await server.request('daybook/exportFormats', {});
    assert.ok(formats.some(({ name }) => name === 'parquet'));
    const preview = await server.request('daybook/exportPreview', { format: 'jsonl' });
    const result = await server.request('daybook/export', { format: 'jsonl', output: output('a.jsonl'), selection: { families: ['events'] } });
    assert.deepEqual([result.items, result.bytes, readFileSync(output('a.jsonl')).length], [5_000, preview.bytes, preview.bytes]);
    const byCommand: unknown = await server.connection.sendRequest('workspace/executeCommand', { command: 'daybook.server.exportFormats', arguments: [] });
    assert.deepEqual(byCommand, { formats });
  }));

  it('say what is wrong with what was asked', () => withServer(async () => {
    const ask = (params: object): Promise<unknown> => server.connection.sendRequest('daybook/export', params);
    await assert.rejects(ask({ format: 'jsonl', output: 'a.jsonl' }), { message: 'output must be an absolute path' });
    await assert.rejects(ask({ format: 'docx', output: output('a') }), { message: /^There is no format "docx"/ });
    await assert.rejects(ask({ format: 'jsonl', output: output('a'), selection: { since: 'soon' } }), { message: 'must be an RFC 3339 time' });
    await assert.rejects(ask({ format: 'jsonl', output: at.path }), { message: /is a folder/ });
  }));

  it('stop when the request is cancelled, and other requests are answered meanwhile', () => withServer(async () => {
    const cancel = new CancellationTokenSource();
    const running = server.connection.sendRequest('daybook/export', { format: 'xlsx', output: output('a.xlsx') }, cancel.token);
    const { records } = await server.request('daybook/stats', {});
    assert.equal(records, 5_000);
    cancel.cancel();
    await assert.rejects(running, (error: ResponseError) => error.code === -32800 && error.message === 'The export was stopped. Nothing was exported.');
    assert.ok(!existsSync(output('a.xlsx')));
    assert.ok(readdirSync(at.path).every((name) => !name.endsWith('.partial')));
  }));
});
