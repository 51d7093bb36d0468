import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { budgetNotes } from '../../../server/lsp/budget.ts';
import { diskUse } from '../../../server/diskUse.ts';
import type { HealthNote } from '../../../shared/health.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';

const projects = join(import.meta.dirname, '../../fixtures/claude-code/projects');
const session = '-home-ada-site/8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022.jsonl';
const unlimited = { cpuPercent: 0, memoryMegabytes: 0, diskGigabytes: 0 };
const longestMs = 60_000;

describe('the budget', () => {
  let server: RunningServer | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  const at = folderForEachTest();
  const data = (): string => join(at.path, 'data');
  beforeEach(() => {
    mkdirSync(join(at.path, 'home/.claude/projects', session, '..'), { recursive: true });
    cpSync(join(projects, session), join(at.path, 'home/.claude/projects', session));
  });

  /** What Health says of the budget, once the sessions are read as far as they are. */
  async function said(): Promise<{ readonly sessions: number; readonly notes: readonly HealthNote[] }> {
    for (const until = Date.now() + longestMs; ;) {
      const { imported } = await server?.request('daybook/status', {}) ?? {};
      if (imported) break;
      assert.ok(Date.now() < until, 'nothing was read');
      await sleep(50);
    }
    const { sources = [] } = await server?.request('daybook/health', {}) ?? {};
    const sessions = sources.find(({ source }) => source === 'claude-code')?.sessions ?? 0;
    return { sessions, notes: sources[0]?.notes.filter(({ code }) => code.startsWith('budget-')) ?? [] };
  }

  it('of the disk stops the reading of sessions from before, says so, and goes on where there is room again; live records are kept', async () => {
    const settings = { dataDirectory: data(), budget: { ...unlimited, diskGigabytes: 0.000001 } };
    server = await startServer({ settings, home: join(at.path, 'home') });
    const { accepted } = await server.request('daybook/record', { records: [{ family: 'events', kind: 'note', data: { text: 'now' } }] });
    const full = await said();
    assert.deepEqual([accepted, full.sessions, full.notes.map(({ code, state }) => [code, state])], [1, 0, [['budget-disk', 'warning']]]);
    assert.match(full.notes[0]?.message ?? '', /^The record takes \d.* more than the 0\.000001 GB of daybook\.budget\.diskGigabytes: .*Daybook: Forget… makes room/);
    await server.notify('workspace/didChangeConfiguration', { settings: { ...settings, budget: unlimited } });
    for (const until = Date.now() + longestMs; ;) {
      const { sessions, notes } = await said();
      if (sessions === 1) return assert.deepEqual(notes, []);
      assert.ok(Date.now() < until, JSON.stringify(notes));
      await sleep(50);
    }
  }).timeout(120_000);

  it('of memory slows the reading down and says so; everything is read all the same', async () => {
    server = await startServer({ settings: { dataDirectory: data(), budget: { ...unlimited, memoryMegabytes: 1 } }, home: join(at.path, 'home') });
    const { sessions, notes } = await said();
    assert.deepEqual([sessions, notes.map(({ code, state }) => [code, state])], [1, [['budget-memory', 'warning']]]);
    assert.match(notes[0]?.message ?? '', /: the server held \d.*, more than the 1 MB of daybook\.budget\.memoryMegabytes\. Nothing is left out\.$/);
  }).timeout(120_000);

  it('that is kept by resting is no warning', () => {
    const notes = budgetNotes({ slowed: { by: 'cpu', residentBytes: 1, at: new Date('2026-11-20T09:30:12Z') } }, { ...unlimited, cpuPercent: 20 });
    assert.deepEqual(notes, [{ id: 'daybook:budget-cpu:20', code: 'budget-cpu', state: 'ok', message: 'Reading and compressing rest now and then, last at 2026-11-20 09:30 UTC, '
      + 'so that the server stays within the 20 % of a processor core of daybook.budget.cpuPercent. Nothing is left out.' }]);
    assert.deepEqual(budgetNotes({}, unlimited), []);
  });

  it('counts all files of the record, and nothing where there is no folder', async () => {
    mkdirSync(join(data(), 'a/b'), { recursive: true });
    cpSync(join(projects, session), join(data(), 'a/b/c'));
    cpSync(join(projects, session), join(data(), 'd'));
    const one = await diskUse(join(data(), 'a'));
    assert.ok(one > 0);
    assert.equal(await diskUse(data()), 2 * one);
    assert.equal(await diskUse(join(data(), 'none')), 0);
  });
});
