import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../../shared/protocol.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';

const session = '-home-ada-site/8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022.jsonl';
const projects = join(import.meta.dirname, '../../fixtures/claude-code/projects');
const longestMs = 10_000;

describe('health over the protocol', () => {
  let server: RunningServer | undefined;
  // Before the folder is removed under its feet.
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  const at = folderForEachTest();
  beforeEach(() => mkdirSync(join(at.path, 'home')));

  /** The status once it fits. */
  async function status(fits: (status: Status) => boolean): Promise<Status> {
    for (const until = Date.now() + longestMs; ;) {
      const now = await server?.request('daybook/status', {});
      if (now && fits(now)) return now;
      assert.ok(Date.now() < until, JSON.stringify(now));
      await sleep(50);
    }
  }

  it('tells the ledger and a report, and what is not read by the wish of the user', async () => {
    const transcript = join(at.path, 'home/.claude/projects', session);
    mkdirSync(join(transcript, '..'), { recursive: true });
    cpSync(join(projects, session), transcript);
    appendFileSync(transcript, `${JSON.stringify({ type: 'smell', uuid: 'n1', sessionId: '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022', timestamp: '2026-03-02T10:00:00.000Z' })}\n`);
    const settings = { dataDirectory: join(at.path, 'data') };
    server = await startServer({ settings, home: join(at.path, 'home') });
    await status(({ imported }) => imported !== undefined);
    const { sources, state } = await server.request('daybook/health', {});
    assert.deepEqual(sources.map(({ source, sessions }) => [source, sessions]), [['daybook', 1], ['claude-code', 1]]);
    assert.deepEqual([state, sources[1]?.unknownTypes.map(({ type }) => type)], ['warning', ['smell']]);
    assert.match((await server.request('daybook/healthReport', { source: 'claude-code' }))?.markdown ?? '', /## `smell`/);
    assert.equal(await server.request('daybook/healthReport', { source: 'nobody' }), null);
    await server.notify('workspace/didChangeConfiguration', { settings: { ...settings, disabledSources: ['claude-code'] } });
    const off = (await server.request('daybook/health', {})).sources.find(({ source }) => source === 'claude-code');
    assert.ok(off?.notes.some(({ message }) => message === 'Sessions are not read: claude-code is in the setting daybook.sources.disabled.'), JSON.stringify(off?.notes));
  }).timeout(30_000);

  it('draws attention to a wrong setting until it is right', async () => {
    const settings = { dataDirectory: join(at.path, 'data') };
    server = await startServer({ settings: { ...settings, idleMinutes: 'soon' as unknown as number }, home: join(at.path, 'home') });
    const { attention } = await status((now) => now.attention !== undefined);
    assert.equal(attention, 'The setting daybook.idleMinutes has a value of the wrong type and is not used.');
    await server.notify('workspace/didChangeConfiguration', { settings: { ...settings, idleMinutes: 20 } });
    await status((now) => now.attention === undefined);
    await server.notify('workspace/didChangeConfiguration', { settings: { ...settings, ignore: 'x' } });
    assert.match((await status((now) => now.attention !== undefined)).attention ?? '', /daybook\.ignore/);
  }).timeout(30_000);
});
