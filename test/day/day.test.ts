import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { applyPatch } from 'diff';
import { openStore } from '../../server/store/store.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { folderForEachTest } from '../support/folder.ts';
import { startServer, type RunningServer } from '../support/languageServer.ts';
import { isThorough, thoroughly } from '../support/thorough.ts';
import { journalRecords } from '../server/durability/journalFiles.ts';
import { startSessions } from './agentSessions.ts';
import { canTell, memoryOf, useOf, type Use } from './processUse.ts';
import { openWindow, type EditorWindow } from './window.ts';

/** A minute of the day at a hundred times its speed. */
const minuteMs = 600;
const minutes = thoroughly(12, 24 * 60);
const windowCount = thoroughly(3, 8);
const patienceMs = 60_000;
/** Resident memory of one server in the last quarter, beside that of the quarter before. */
const flat = { times: 1.1, bytes: 8 << 20 };

describe('a day of work', () => {
  const at = folderForEachTest();
  let servers: readonly RunningServer[] = [];
  // Those that a test which failed left behind.
  afterEach(() => Promise.all(servers.filter(({ process }) => process.exitCode === null).map((server) => server.kill())));

  it(`of ${minutes} minutes at a hundred times their speed, in ${windowCount} windows with three agents, loses, doubles and leaks nothing`, async function () {
    this.timeout(3 * minutes * minuteMs + 240_000);
    const [data, home, place] = [join(at.path, 'data'), join(at.path, 'home'), join(at.path, 'resources')];
    const sessions = startSessions(home);
    const said = new Set<string>();
    const launch = { execArgv: ['--import', import.meta.resolve('./resources.ts')], env: { DAYBOOK_TEST_RESOURCES: place } };
    servers = await Promise.all(Array.from({ length: windowCount }, () => startServer({ settings: { dataDirectory: data }, home, launch })));
    const windows = await Promise.all(servers.map(openWindow));
    const memory: number[][] = servers.map(() => []);
    const ids = servers.map(({ process }) => process.pid ?? 0);
    const output = join(at.path, 'noon.jsonl');

    async function minute(number: number): Promise<void> {
      const until = Date.now() + minuteMs;
      await Promise.all(windows.map((window) => window.work()));
      const session = sessions[number % sessions.length];
      const words = `${session?.name.split(':')[0] ?? ''}word${number}`;
      session?.say(words);
      said.add(words);
      const window = windows[number % windows.length];
      if (number % 5 === 0 && window) await search(window);
      if (canTell) ids.forEach((id, index) => memory[index]?.push(memoryOf(id)));
      await pause(Math.max(0, until - Date.now()));
    }

    const half = Math.floor(minutes / 2);
    for (let number = 0; number < half; number++) await minute(number);
    const atNoon = windows.flatMap(({ acknowledged }) => acknowledged);
    await servers[0]?.request('daybook/export', { format: 'jsonl', output });
    const before = await uses(ids, place);
    for (let number = half; number < minutes; number++) await minute(number);
    sessions.forEach((session) => session.finish());
    const expected = said.size * 2;
    // A search counts no further than a person reads.
    const counted = async (): Promise<number> => {
      const listed = await servers[0]?.request('daybook/sessions', { limit: 1_000 });
      return listed?.sessions.reduce((sum, { kind, prompts, replies }) => sum + (kind === 'chat' ? prompts + replies : 0), 0) ?? 0;
    };
    let read = 0;
    await waitFor(async () => (read = await counted()) === expected, () => `all that the agents said: ${expected} messages, of which ${read} are there`);
    await settled(ids, place, before);
    await Promise.all(servers.map((server) => server.stop()));

    const records = journalRecords(data);
    assert.equal(new Set(records.map(({ id }) => id)).size, records.length);
    assertAgents(records, said);
    for (const window of windows) assertWindow(records, window);
    const exported = readFileSync(output, 'utf8').split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as DaybookRecord).id);
    assert.equal(new Set(exported).size, exported.length);
    assert.deepEqual(atNoon.filter((id) => !exported.includes(id)), []);
    const store = openStore(data);
    assert.deepEqual([store.behind(), store.check(), store.stats().records], [0, [], records.length]);
    store.close();
    if (canTell && isThorough()) for (const [index, all] of memory.entries()) assertFlat(all, `server ${index}`);
  });
});

/** The newest record of the window that asks is found, if not by this search then by the next. */
async function search({ server, acknowledged }: EditorWindow): Promise<void> {
  const id = acknowledged.at(-1);
  if (id === undefined) return;
  const { results } = await server.request('daybook/search', { query: `"ran ${id}"` });
  assert.ok(results.some((result) => result.id === id), `${id} was acknowledged and is not found`);
}

async function uses(ids: readonly number[], place: string): Promise<readonly Use[]> {
  return canTell ? Promise.all(ids.map((id) => useOf(id, place))) : [];
}

/** Once nobody works, each server holds no more than it did at noon, while everybody worked. */
async function settled(ids: readonly number[], place: string, before: readonly Use[]): Promise<void> {
  const more = async (): Promise<string[]> => (await uses(ids, place)).flatMap((now, index) => {
    const then = before[index];
    if (!then) return [];
    const kinds = Object.entries(now.resources).filter(([kind, count]) => count > (then.resources[kind] ?? 0)).map(([kind, count]) => `${count} ${kind} instead of ${then.resources[kind] ?? 0}`);
    return [...kinds, ...(now.files > then.files ? [`${now.files} files instead of ${then.files}`] : [])];
  });
  let left: string[] = [];
  await waitFor(async () => (left = await more()).length === 0, () => `no more than before: ${left.join(', ')}`);
}

function assertAgents(records: readonly DaybookRecord[], said: ReadonlySet<string>): void {
  const texts = records.filter(({ type }) => type === 'dev.daybook.chat.message').map(({ data }) => JSON.stringify(data));
  assert.equal(texts.length, said.size * 2);
  for (const words of said) {
    for (const each of [`ask ${words}"`, `answer ${words}"`]) assert.equal(texts.filter((text) => text.includes(each)).length, 1, each);
  }
}

/** The edits, one after the other, give the document as it is; commands and saves are there once. */
function assertWindow(records: readonly DaybookRecord[], { uri, texts, acknowledged, saves }: EditorWindow): void {
  const own = records.filter(({ data }) => (data as { readonly uri?: string }).uri === uri);
  const edits = own.filter(({ type }) => type.endsWith('editor.edited')).map(({ data }) => (data as { readonly diff?: string }).diff ?? '');
  let text: string | false = texts.before;
  for (const diff of edits) text = text === false ? false : applyPatch(text, diff);
  assert.equal(text, texts.now, uri);
  assert.equal(own.filter(({ type }) => type.endsWith('editor.saved')).length, saves());
  const there = new Set(records.map(({ id }) => id));
  assert.deepEqual(acknowledged.filter((id) => !there.has(id)), []);
}

function assertFlat(all: readonly number[], who: string): void {
  const quarter = Math.floor(all.length / 4);
  const median = (some: readonly number[]): number => some.toSorted((a, b) => a - b)[some.length >> 1] ?? 0;
  const [third, last] = [median(all.slice(2 * quarter, 3 * quarter)), median(all.slice(3 * quarter))];
  assert.ok(last <= third * flat.times + flat.bytes, `${who} grew from ${third >> 20} to ${last >> 20} MB`);
}

async function waitFor(isSo: () => Promise<boolean>, what: string | (() => string)): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    if (await isSo()) return;
    await pause(200);
  }
  assert.fail(`Waited for ${typeof what === 'string' ? what : what()}.`);
}
