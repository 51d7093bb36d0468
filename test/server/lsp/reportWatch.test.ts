import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderForEachTest } from '../../support/folder.ts';
import { journalLine } from '../../support/journal.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';

describe('a client that tells of files on disk', () => {
  let server: RunningServer;
  // Before the folder is removed, in which it lives.
  afterEach(() => server.stop());
  const at = folderForEachTest();
  /** Globs that the server asked for last; empty when it wants to hear of nothing. */
  let watched: string[] = [];

  async function start(settings: object): Promise<void> {
    watched = [];
    const shop = join(at.path, 'shop');
    mkdirSync(shop);
    server = await startServer({
      settings: { dataDirectory: join(at.path, 'data'), ...settings }, home: at.path,
      workspaceFolders: [{ uri: pathToFileURL(shop).href, name: 'shop' }],
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      onConnection(connection) {
        connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string; registerOptions?: { watchers: { globPattern: string }[] } }[] }) => {
          for (const { method, registerOptions } of registrations) {
            if (method === 'workspace/didChangeWatchedFiles') watched = registerOptions?.watchers.map(({ globPattern }) => globPattern) ?? [];
          }
        });
        connection.onRequest('client/unregisterCapability', ({ unregisterations }: { unregisterations: { method: string }[] }) => {
          if (unregisterations.some(({ method }) => method === 'workspace/didChangeWatchedFiles')) watched = [];
        });
      },
    });
  }

  async function until(isSo: () => boolean): Promise<void> {
    for (const end = Date.now() + 10_000; !isSo() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(isSo(), watched.join(' '));
  }

  it('is asked for reports while they are wanted, and not while they are not', async () => {
    await start({});
    await until(() => watched.includes('**/*.xml'));
    await server.request('daybook/setRecording', { recording: false });
    await until(() => watched.length === 0);
    await server.request('daybook/setRecording', { recording: true });
    await until(() => watched.length > 0);
    await server.notify('workspace/didChangeConfiguration', { settings: { captureTestReports: false } });
    await until(() => watched.length === 0);
    await server.notify('workspace/didChangeConfiguration', { settings: { consent: { default: 'off', folders: {} } } });
    await server.request('daybook/status', {});
    assert.deepEqual(watched, []);
  }).timeout(40_000);

  it('has the report of a real run in the journal', async () => {
    await start({});
    const shop = join(at.path, 'shop');
    writeFileSync(join(shop, 'tea.test.mjs'), "import { it } from 'node:test';\nit('boils', () => {});\nit('cools', () => { throw new Error('still hot'); });\n");
    const { NODE_TEST_CONTEXT: _inside, ...env } = process.env;
    spawnSync(process.execPath, ['--test', '--test-reporter=junit', '--test-reporter-destination=out.xml', 'tea.test.mjs'], { cwd: shop, env });
    await server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(join(shop, 'out.xml')).href, type: 1 }] });
    const { record, file } = await journalLine(join(at.path, 'data'), ({ type }) => type === 'dev.daybook.event.test.run');
    assert.match(file, /^journal\/events\//);
    assert.deepEqual([record.subject, record.data['status'], record.workspace], ['1 passed, 1 failed', 'failed', pathToFileURL(shop).href]);
    assert.match(JSON.stringify(record.data['tests']), /still hot/);
  }).timeout(40_000);

  it('has one run of a command that also wrote a report', async () => {
    await start({});
    const shop = join(at.path, 'shop');
    const report = join(shop, 'junit.xml');
    writeFileSync(report, '<testsuite name="all"><testcase name="adds"/><testcase name="rounds"><failure message="1"/></testcase></testsuite>');
    await server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(report).href, type: 2 }] });
    const output = ['', '  basket', '    ✔ adds', '    1) rounds', '', '', '  1 passing (5ms)', '  1 failing', '', '  1) basket', '       rounds:', '      Error: 1', ''].join('\n');
    const now = new Date().toISOString();
    await server.request('daybook/record', { records: [{
      family: 'tool_executions', kind: 'terminal.command', id: 'c', time: now, workspace: pathToFileURL(shop).href,
      data: { command: 'npm test', status: 'failed', startedAt: now, durationMs: 1, output },
    }] });
    const { record } = await journalLine(join(at.path, 'data'), ({ type, data }) => type === 'dev.daybook.event.test.run' && data['runner'] === 'junit');
    assert.equal(record.data['sameAs'], 'c:test');
  }).timeout(40_000);
});
