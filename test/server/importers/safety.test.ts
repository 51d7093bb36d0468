/** Nothing of any tool is created, changed, locked or held open by reading it. */

import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openCore } from '../../support/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { samples } from '../../support/places.ts';
import { databases, type ToolDatabase } from './contract/databases.ts';
import { layHome } from './contract/home.ts';

/** What is below a folder, the folder itself too: by path, everything that tells whether somebody touched it, but when it was read. */
function snapshot(folder: string): Map<string, string> {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name));
  return new Map([folder, ...below].sort().map((path) => {
    const { mode, uid, gid, nlink, size, ino, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
    return [relative(folder, path), [mode, uid, gid, nlink, size, ino, mtimeNs, ctimeNs].join(' ')] as const;
  }));
}

/** What this process has open below a folder; nothing is known of it but on Linux. */
function openBelow(folder: string): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ''; // the one that read the folder
    }
  });
  return targets.filter((path) => path.startsWith(folder)).sort();
}

describe('the files of the tools', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  const home = (): string => join(at.path, 'home');
  let tools: ToolDatabase[];

  beforeEach(() => {
    mkdirSync(home());
    layHome(home());
    if (existsSync(samples)) cpSync(samples, join(home(), 'samples'), { recursive: true });
    tools = databases.map((example) => example.open(join(home(), example.at)));
    for (const tool of tools) tool.session('a');
    for (const { database } of tools) database.pragma('wal_checkpoint(TRUNCATE)');
    // What is only in the log now, as while the tool runs.
    for (const tool of tools) tool.ask('a', 'And then?');
  });
  afterEach(() => {
    for (const { database } of tools) database.close();
  });

  async function readEverything(): Promise<number> {
    const core = openCore(join(at.path, 'data'), home());
    try {
      const watch = await core.watch(() => undefined);
      const results = [await core.import({}), await core.import({ from: [home()] }), await core.reading({}).pass()];
      await core.health();
      watch.close();
      return results.reduce((sum, { sources }) => sum + Object.keys(sources).length, 0);
    } finally {
      await core.close();
    }
  }

  it('are as they were after everything was read, databases with a log included', async () => {
    const [before, open] = [snapshot(home()), openBelow(home())];
    assert.ok([...before.keys()].filter((path) => path.endsWith('-wal')).length === databases.length);
    assert.ok(await readEverything() > 30);
    assert.deepEqual(snapshot(home()), before);
    assert.deepEqual(openBelow(home()), open);
  });

  it('are as they were when the tool died and left its log behind', async () => {
    for (const example of databases) {
      const path = join(home(), example.at);
      for (const ending of ['', '-wal']) cpSync(path + ending, `${path}.copy${ending}`);
    }
    for (const { database } of tools) database.close();
    for (const example of databases) {
      const path = join(home(), example.at);
      for (const ending of ['', '-wal']) cpSync(`${path}.copy${ending}`, path + ending);
    }
    const before = snapshot(home());
    await readEverything();
    assert.deepEqual(snapshot(home()), before);
  });

  it('are not locked while they are read: the tool writes meanwhile', async () => {
    const path = join(home(), databases[1]?.at ?? '');
    for (const { database } of tools) database.pragma('journal_mode = DELETE');
    const core = openCore(join(at.path, 'data'), home());
    const writer = new Database(path, { timeout: 0 });
    let written = 0;
    try {
      await core.import({
        onProgress: () => {
          writer.exec('BEGIN EXCLUSIVE; COMMIT');
          written++;
        },
      });
    } finally {
      writer.close();
      await core.close();
    }
    assert.ok(written > 20);
  });
});
