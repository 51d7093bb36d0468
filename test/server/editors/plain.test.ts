import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type InitializeResult, type ProtocolConnection } from 'vscode-languageserver/node';
import { folderForEachTest } from '../../support/folder.ts';
import { journalOf } from '../../support/journal.ts';
import { linked, readmeCode } from './readme.ts';

/** As Neovim, Helix and others begin: no settings, a root, and capabilities of which few matter here. */
describe('a plain LSP client', function () {
  this.timeout(40_000);
  const at = folderForEachTest();
  let server: ChildProcess;
  let client: ProtocolConnection;

  const uri = (): string => pathToFileURL(join(at.path, 'shop/greeting.js')).href;
  const edits = async (): Promise<string[]> =>
    (await journalOf(join(at.path, 'data'))).flatMap(({ record }) => (record.type.endsWith('editor.edited') ? [String(record.data['diff'])] : []));

  beforeEach(async function () {
    if (process.platform === 'win32') this.skip();
    const child = spawn('daybook', ['lsp', '--stdio'], { env: linked(at.path), stdio: ['pipe', 'pipe', 'inherit'] });
    server = child;
    client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    client.onRequest('client/registerCapability', () => null);
    client.listen();
    const shop = pathToFileURL(join(at.path, 'shop')).href;
    const { capabilities } = await client.sendRequest<InitializeResult>('initialize', {
      processId: process.pid, clientInfo: { name: 'Neovim' }, rootUri: shop, rootPath: null, workspaceFolders: [{ uri: shop, name: 'shop' }], trace: 'off',
      capabilities: { workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: false } }, textDocument: { synchronization: { didSave: true } } },
    });
    assert.equal((capabilities.textDocumentSync as { openClose: boolean }).openClose, true);
    await client.sendNotification('initialized', {});
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(), languageId: 'javascript', version: 0, text: 'one\n' } });
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri(), version: 4 }, contentChanges: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: 'two\n' }],
    });
  });

  afterEach(() => {
    client?.dispose();
    server?.kill('SIGKILL');
  });

  it('records editing with daybook lsp --stdio, and ends in good order', async () => {
    await client.sendNotification('textDocument/didSave', { textDocument: { uri: uri() } });
    await client.sendNotification('textDocument/didClose', { textDocument: { uri: uri() } });
    await client.sendRequest('shutdown');
    const exited = once(server, 'exit');
    await client.sendNotification('exit');
    assert.deepEqual(await exited, [0, null]);
    assert.match((await edits()).join('\n'), /^\+two$/m);
    const told = (await journalOf(join(at.path, 'data'))).map(({ record }) => [record.type.split('.').at(-1), record.subject]);
    assert.deepEqual(told, ['opened', 'edited', 'saved', 'closed'].map((kind) => [kind, 'greeting.js']));
  });

  it('loses nothing of what it typed when it is gone without a word', async () => {
    await client.sendRequest('daybook/status', {});
    const exited = once(server, 'exit');
    server.stdin?.end();
    assert.deepEqual(await exited, [1, null]);
    assert.match((await edits()).join('\n'), /^\+two$/m);
  });

  it('is set up for Helix with words that are there', () => {
    assert.match(readmeCode('toml'), /^command = "daybook"\nargs = \["lsp", "--stdio"\]$/m);
  });
});
