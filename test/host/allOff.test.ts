import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { settings } from '../../shared/settings.ts';
import { journalOf } from '../support/journal.ts';
import type { JournalLine } from '../support/journal.ts';
import { gatheredMs, openEverySource, recordedBy, takesAlong } from './everySource.ts';
import type { EverySource } from './everySource.ts';
import { daybook, dataDirectory } from './inside.ts';
import { canTell, languageServers, watched } from './processes.ts';
import { itThoroughly } from '../support/itThoroughly.ts';

const switches = Object.keys(settings).filter((key) => /^daybook\.(?:capture\.\w+|(?:editor|terminal)\.enabled)$/.test(key));

describe('a switch for each source', function () {
  // The editor gathers what happens before it tells: seconds each time, more on a busy machine.
  this.timeout(180_000);

  const watchers = countWatchers();
  let sources: EverySource;

  before(async () => {
    await daybook();
    sources = await openEverySource();
  });

  afterEach(() => set({}));

  after(async () => {
    watchers.stop();
    await sources.close();
  });

  for (const off of Object.keys(recordedBy)) {
    itThoroughly(`${off} turns off its own alone`, async () => {
      await set({ [off]: false });
      const records = await recordsOf(sources.act);
      for (const [other, isIts] of Object.entries(recordedBy)) {
        const isOff = other === off || sources.absent.has(other) || takesAlong[off]?.includes(other) === true;
        assert.equal(records.some(isIts), !isOff, `${other}: ${records.map(({ type }) => type).join(' ')}`);
      }
    });
  }

  it('all of them off record nothing and watch nothing', async () => {
    // Off and on again, so that what is watched can be counted from its beginning.
    await set(allOff());
    await set({});
    await sleep(gatheredMs);
    assert.ok(watchers.now() > 0, 'with everything on, something is watched');

    await set(allOff());
    await sleep(gatheredMs);
    assert.equal(watchers.now(), 0);
    assert.deepEqual((await recordsOf(sources.act)).map(({ type, subject }) => `${type} ${subject ?? ''}`), []);
    assert.equal(watchers.now(), 0);
    if (!canTell) return;
    const servers = languageServers();
    assert.equal(servers.length, 1);
    // The record itself, for what other windows add to it.
    assert.deepEqual([...new Set(servers.flatMap(watched))], [statSync(dataDirectory()).ino]);
  });
});

function allOff(): Readonly<Record<string, unknown>> {
  const { packageJSON } = vscode.extensions.getExtension('daybook.daybook') as { packageJSON: Manifest };
  const tools = packageJSON.contributes.configuration.map(({ properties }) => properties['daybook.sources.disabled']?.items?.enum).find((names) => names);
  assert.ok(tools && tools.length > 10);
  return { ...Object.fromEntries(switches.map((key) => [key, false])), 'daybook.sources.disabled': tools };
}

interface Manifest {
  readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly items?: { readonly enum?: readonly string[] } }>> }[] };
}

/** Gives the switches these values, and all others their default. */
async function set(values: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  for (const key of [...switches, 'daybook.sources.disabled']) {
    const { globalValue } = configuration.inspect(key) ?? {};
    if (globalValue !== values[key]) await configuration.update(key, values[key], vscode.ConfigurationTarget.Global);
  }
  await sleep(1_000);
}

/** New lines of the journal. */
async function recordsOf(work: () => Promise<void>): Promise<JournalLine['record'][]> {
  const before = new Set((await journalOf(dataDirectory())).map(({ record }) => record.id));
  await work();
  return (await journalOf(dataDirectory())).map(({ record }) => record).filter(({ id }) => !before.has(id));
}

/** Counts the watchers that stand among those made from now on: the extension shares this object with its tests. */
function countWatchers(): { now(): number; stop(): void } {
  const { workspace } = vscode;
  const make = workspace.createFileSystemWatcher;
  let standing = 0;
  const counting: typeof make = (...args) => {
    const watcher = make(...args);
    const dispose = watcher.dispose.bind(watcher);
    let isOver = false;
    standing += 1;
    watcher.dispose = () => {
      if (!isOver) standing -= 1;
      isOver = true;
      dispose();
    };
    return watcher;
  };
  Object.assign(workspace, { createFileSystemWatcher: counting });
  return { now: () => standing, stop: () => void Object.assign(workspace, { createFileSystemWatcher: make }) };
}
