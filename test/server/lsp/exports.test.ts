import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationTokenSource, type ResponseError } from 'vscode-languageserver/node';
import { toldLevels } from '../../../server/consentTold.ts';
import type { ShortRecord } from '../../../shared/record.ts';
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

  it('preview and write a dataset, and say what is wrong with one', () => withServer(async () => {
    const message = (at: number, role: string, content: string): ShortRecord => ({ family: 'chats', kind: 'message', id: `${at}${role}`, session: `chat:${at}`, data: { role, parts: [{ type: 'text', content }] } });
    const words = (at: number): string => Array.from({ length: 30 }, (_, n) => `w${(at * 31 + n * 17) % 997}`).join(' ');
    await server.request('daybook/record', { records: Array.from({ length: 120 }, (_, at) => [message(at, 'user', words(at)), message(at, 'assistant', words(at + 100))]).flat() });
    const params = { format: 'huggingface', output: output('set'), split: { by: 'session', seed: 1, shares: [60, 20, 20] }, filters: { consent: 'full' } } as const;
    const { files: count, bytes, sample, ...preview } = await server.request('daybook/datasetPreview', params);
    assert.ok(!existsSync(output('set')));
    const { files, ...result } = await server.request('daybook/dataset', params);
    assert.deepEqual([preview, count, bytes], [result, files.length, files.reduce((sum, file) => sum + file.bytes, 0)]);
    assert.equal(result.sessions.taken, 120);
    assert.ok(readFileSync(output(`set/${result.splits[0]?.file ?? ''}`), 'utf8').startsWith(sample.slice(0, 500)));
    const ask = (more: object): Promise<unknown> => server.connection.sendRequest('daybook/dataset', { ...params, ...more });
    await assert.rejects(ask({}), { message: /set\/README\.md is there already/ });
    await assert.rejects(ask({ output: 'set' }), { message: 'output must be an absolute path' });
    await assert.rejects(ask({ split: { by: 'session', seed: 1, shares: [0, 1, 1] } }), { message: 'the share of training cannot be 0' });
    await assert.rejects(ask({ output: output('b'), format: 'csv' }), { message: /^A dataset needs a format of examples/ });
    const cancel = new CancellationTokenSource();
    const running = server.connection.sendRequest('daybook/dataset', { ...params, output: output('cancelled') }, cancel.token);
    await server.request('daybook/status', {});
    cancel.cancel();
    await assert.rejects(running, (error: ResponseError) => error.code === -32800);
    assert.deepEqual(readdirSync(at.path).filter((name) => name.includes('cancelled')), []);
  }));

  it('hold back what the levels of the editor allow no more, as soon as they are lowered, on the command line too', () => withServer(async () => {
    const preview = { format: 'jsonl', selection: { families: ['events'] } } as const;
    assert.equal((await server.request('daybook/exportPreview', preview)).withheld, 0);
    await server.notify('workspace/didChangeConfiguration', { settings: { consent: { default: 'metadata' } } });
    const { withheld, sample } = await server.request('daybook/exportPreview', preview);
    assert.deepEqual([withheld, sample.includes('note 0')], [5_000, false]);
    assert.equal(toldLevels(join(at.path, 'data'))(undefined), 'metadata');
    await server.notify('workspace/didChangeConfiguration', { settings: { consent: { default: 'metadata' }, exportConsent: { default: 'full' } } });
    assert.equal((await server.request('daybook/exportPreview', preview)).withheld, 0, 'a window that is not trusted lowers nothing for others');
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
