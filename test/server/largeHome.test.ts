import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../server/core.ts';
import { openCore } from '../support/core.ts';
import { folderForEachTest } from '../support/folder.ts';
import { writeLargeHome, type LargeHome } from '../support/largeHome/home.ts';

describe('a home of all tools', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let home: LargeHome;
  let core: Core;
  beforeEach(() => {
    home = writeLargeHome(join(at.path, 'home'), { sessions: 28, bytes: 1_200_000, seed: 7 });
    core = openCore(join(at.path, 'data'), join(at.path, 'home'));
  });
  afterEach(() => core.close());

  /** Every file below a folder with its size and times. */
  const snapshot = (folder: string): unknown => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const { size, mtimeNs, ctimeNs, ino } = statSync(join(entry.parentPath, entry.name), { bigint: true });
    return [join(entry.parentPath, entry.name), size, mtimeNs, ctimeNs, ino];
  });

  it('is imported whole: each session, prompt and use of a tool once', async () => {
    const { sources } = await core.import({});
    const expected = Object.entries(home.tools).map(([tool, { sessions, turns }]) => [tool, { sessions, prompts: turns, replies: turns, toolExecutions: tool === 'aider' ? 0 : turns, problems: 0 }]);
    const found = Object.entries(sources).map(([tool, { sessions, prompts, replies, toolExecutions, problems }]) => [tool, { sessions, prompts, replies, toolExecutions, problems }]);
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
  });

  it('is only read, and a second pass reads no content and writes nothing', async () => {
    home.files.forEach(age);
    const before = snapshot(join(at.path, 'home'));
    await core.import({});
    assert.deepEqual(snapshot(join(at.path, 'home')), before);
    home.files.forEach(garble);
    const kept = snapshot(join(at.path, 'data'));
    const { sources } = await core.import({});
    assert.deepEqual(Object.values(sources).map(({ newRecords, problems }) => newRecords + problems), Object.values(sources).map(() => 0));
    assert.deepEqual(snapshot(join(at.path, 'data')), kept);
  });

  it('is kept when all of it is deleted and the index is made again', async () => {
    await core.import({});
    const listed = (): unknown => core.sessions({ limit: 1_000 }).sessions.map(({ sourceGone, ...session }) => session);
    const before = [listed(), core.stats().records];
    rmSync(join(at.path, 'home'), { recursive: true });
    await core.import({});
    core.rebuild();
    assert.deepEqual([listed(), core.stats().records], before);
  });
});

/** Other bytes, the same size and times: who reads them finds nothing that makes sense. */
function garble(path: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(statSync(path).size, 'x'));
  closeSync(file);
  age(path);
}

/** Makes a file one that nobody has written for long: what makes no sense in it is believed. */
function age(path: string): void {
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}
