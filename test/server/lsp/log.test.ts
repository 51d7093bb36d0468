import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSettings } from '../../../shared/log.ts';
import { readLog } from '../../../server/log/read.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer } from '../../support/languageServer.ts';
import { daybook } from '../cli/running.ts';

describe('the log of a server', () => {
  const at = folderForEachTest();

  it('has what its threads did, changes its level live, tells its client what that shows, and tells the command line', async function () {
    this.timeout(120_000);
    const dataDirectory = join(at.path, 'data');
    const project = join(at.path, '.claude/projects/-work-app');
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11.jsonl'), `${JSON.stringify({
      type: 'user', uuid: 'u1', sessionId: '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11', timestamp: '2026-11-20T10:00:00Z', cwd: '/work/app', version: '2.1.0', message: { role: 'user', content: 'hello' },
    })}\n`);
    const told: string[] = [];
    const settings = (log: LogSettings) => ({ dataDirectory, log });
    const server = await startServer({
      settings: settings({ level: 'info', levels: {}, channel: 'info' }), home: at.path,
      onConnection: (connection) => connection.onNotification('window/logMessage', ({ message }: { message: string }) => void told.push(message)),
    });
    const events = (): string[] => readLog(dataDirectory, 1_000).map(({ event }) => event);
    const until = async (what: () => boolean): Promise<void> => {
      const deadline = Date.now() + 90_000;
      while (!what()) {
        assert.ok(Date.now() < deadline, `${events().join(' ')}\n${told.join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(() => told.some((message) => message.startsWith('[import] The sources were read. sources=1 files=1 sessions=1')));
    await server.request('daybook/search', { query: 'hello' });
    // That reading rests to stay within its budget is up to the machine.
    assert.deepEqual([...new Set(events())].filter((event) => event !== 'import.slowed').sort(), ['import.read', 'lsp.started']);

    await server.notify('workspace/didChangeConfiguration', { settings: settings({ level: 'info', levels: { search: 'debug' }, channel: 'warn' }) });
    await server.request('daybook/search', { query: 'hello' });
    assert.ok(events().includes('search.answered') && !told.some((message) => message.startsWith('[search]')));

    await server.notify('workspace/didChangeConfiguration', { settings: settings({ level: 'error', levels: {}, channel: 'trace' }) });
    await server.request('daybook/stats', {});
    await until(() => told.some((message) => message.startsWith('[lsp] A request was answered. method=stats')));
    assert.equal((JSON.parse(readFileSync(join(dataDirectory, 'logs/levels.json'), 'utf8')) as { level: string }).level, 'error');

    const { markdown } = await server.request('daybook/diagnostics', { client: [{ title: 'Editor', facts: [['Name', 'Some Code']] }] });
    for (const part of ['| Name | Some Code |', '| claude-code | ok | 2 | 1 |', '## Log (error), the last', 'The sources were read.']) assert.ok(markdown.includes(part), `${part} in\n${markdown}`);
    assert.ok(!markdown.includes(at.path) && !markdown.includes('hello'));
    await server.stop();

    const { out } = await daybook(['logs', '--category', 'import', 'search', '--level', 'info'], { folder: at.path });
    assert.match(out, /^(2\S+ \S+ info {2}import {4}Reading rests .*\n)*2\S+ \S+ info {2}import {4}The sources were read\. .*\(worker \d+\)\n(2\S+ \S+ info {2}import {4}Reading rests .*\n)*$/);
    assert.equal(events().at(-1), 'lsp.ended', 'the channel wants everything, so the file has it too');
  });

  it('goes when everything is forgotten', async function () {
    this.timeout(60_000);
    await daybook(['record'], { folder: at.path, input: '{"family":"events","kind":"note","data":{}}\n' });
    const log = (): string[] => readLog(join(at.path, 'data'), 100).map(({ event }) => event);
    assert.ok(log().includes('cli.done'));
    await daybook(['forget', '--since', '2000-01-01', '--yes'], { folder: at.path });
    assert.deepEqual(log(), ['cli.done'], 'only that it was done');
  });
});
