import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { journalOf } from '../../support/journal.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { daybook } from '../cli/running.ts';

const note = (subject: string): { records: [{ family: 'events'; kind: string; subject: string; data: object }] } =>
  ({ records: [{ family: 'events', kind: 'test.note', subject, data: {} }] });

describe('recording that is stopped everywhere', function () {
  this.timeout(60_000);
  const running: RunningServer[] = [];
  // Before the folder is removed, in which they live.
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });
  const at = folderForEachTest();
  const dataDirectory = (): string => join(at.path, 'data');

  async function open(): Promise<RunningServer> {
    const server = await startServer({ settings: { dataDirectory: dataDirectory() }, home: at.path });
    running.push(server);
    return server;
  }

  async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 15_000; !(await isSo());) {
      assert.ok(Date.now() < end, what);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  const subjects = async (): Promise<(string | undefined)[]> => (await journalOf(dataDirectory())).map(({ record }) => record.subject);

  it('is stopped in every window at once, stays so for new ones and programs, and goes on everywhere', async () => {
    const one = await open();
    const other = await open();
    const told: boolean[] = [];
    other.connection.onNotification('daybook/statusChanged', ({ recording }: { recording: boolean }) => void told.push(recording));
    assert.equal((await other.request('daybook/record', note('before'))).accepted, 1);

    const status = await one.request('daybook/setRecording', { recording: false, everywhere: true });
    assert.equal(status.recording, false);
    assert.ok(Math.abs(Date.parse(status.stoppedSince ?? '') - Date.now()) < 60_000);
    // The very next thing is refused, told of it or not.
    const refused = await other.request('daybook/record', note('meanwhile'));
    assert.match(refused.rejected[0]?.reason ?? '', /^Recording is stopped everywhere\./);
    await until('the other window is not told', () => Promise.resolve(told.at(-1) === false));

    const late = await open();
    assert.equal((await late.request('daybook/status', {})).recording, false);
    await late.request('daybook/setRecording', { recording: true });
    assert.equal((await late.request('daybook/record', note('late'))).accepted, 0, 'what one window wants does not count');
    await assert.rejects(late.request('daybook/import', {}), /stopped everywhere/);
    const cli = { folder: at.path, input: '{"family":"events","kind":"test.note","subject":"cli","data":{}}\n', importers: [] };
    const program = await daybook(['record', '--json'], cli);
    assert.equal(program.code, 1);
    assert.match(program.out, /Recording is stopped everywhere\./);
    assert.match((await daybook(['import'], cli)).err, /Recording is stopped everywhere\./);
    assert.match((await daybook(['doctor'], cli)).out, /Recording is stopped everywhere since 2/);
    const health = await one.request('daybook/health', {});
    assert.equal(health.sources[0]?.state, 'warning');

    await late.request('daybook/setRecording', { recording: true, everywhere: true });
    await until('the other window does not go on', async () => (await other.request('daybook/status', {})).recording && told.at(-1) === true);
    assert.equal((await other.request('daybook/record', note('after'))).accepted, 1);
    assert.deepEqual(await subjects(), ['before', 'after']);
  });

  it('leaves a window paused that was', async () => {
    const paused = await open();
    await paused.request('daybook/setRecording', { recording: false });
    await paused.request('daybook/setRecording', { recording: false, everywhere: true });
    const status = await paused.request('daybook/setRecording', { recording: true, everywhere: true });
    assert.deepEqual([status.recording, status.stoppedSince], [false, undefined]);
  });

  it('keeps what was typed until then, and nothing of later', async () => {
    const server = await open();
    const uri = 'file:///w/plan.md';
    const change = (version: number, text: string): Promise<void> =>
      server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    await server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text: 'one\n' } });
    await change(2, 'one\nbefore\n');
    await server.request('daybook/setRecording', { recording: false, everywhere: true });
    await change(3, 'one\nbefore\nmeanwhile\n');
    await server.request('daybook/setRecording', { recording: true, everywhere: true });
    await change(4, 'one\nbefore\nmeanwhile\nafter\n');
    await server.request('daybook/setRecording', { recording: false });
    const diffs = (await journalOf(dataDirectory())).flatMap(({ record }) => (typeof record.data['diff'] === 'string' ? [record.data['diff']] : []));
    assert.deepEqual(diffs.flatMap((diff) => diff.match(/^\+\w+$/gm) ?? []), ['+before', '+after']);
  });

  it('is stopped and resumed from the command line', async () => {
    const server = await open();
    const stopped = await daybook(['stop', '--json'], { folder: at.path });
    assert.match((JSON.parse(stopped.out) as { stoppedSince: string }).stoppedSince, /^\d{4}-/);
    await until('the window is not told', async () => !(await server.request('daybook/status', {})).recording);
    assert.equal((await daybook(['resume'], { folder: at.path })).code, 0);
    await until('the window does not go on', async () => (await server.request('daybook/record', note('again'))).accepted === 1);
    writeFileSync(join(dataDirectory(), 'stopped'), '');
    assert.equal((await server.request('daybook/record', note('by hand'))).accepted, 0);
  });
});
