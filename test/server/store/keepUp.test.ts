import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';

const event = (id: string, time = '2026-11-18T10:00:00.000Z'): DaybookRecord => ({
  specversion: '1.0', id, source: 'test', type: 'dev.daybook.event.note', time, sessionid: 'coding:1', data: { words: `word ${id}` },
});
const lineOf = (record: DaybookRecord): string => `${JSON.stringify(record)}\n`;

describe('a glance at the journal before an answer', () => {
  const at = folderForEachTest();
  const day = 'events/2026-11-18.jsonl';
  const sealedDay = 'events/2026-11-10.jsonl.zst';
  const path = (name: string): string => join(at.path, 'data/journal', name);
  let store: Store;

  /** Longer than a tick of the clock of any file system, so that what comes next is later. */
  const later = (): Promise<unknown> => wait(25);
  const ids = (): string[] => [...store.queries.scan()].map(({ id }) => id);

  beforeEach(async () => {
    store = openStore(join(at.path, 'data'));
    store.write((batch) => batch.append([event('sealed', '2026-11-10T10:00:00.000Z')]));
    store.seal({ everything: true });
    store.write((batch) => batch.append([event('other', '2026-11-19T10:00:00.000Z'), event('recent')]));
    await later();
    store.write((batch) => batch.append([event('last')]));
    await later();
  });
  afterEach(() => store.close());

  it('sees nothing to do where there is nothing, and believes it', () => {
    const bytes = readFileSync(path(sealedDay));
    // What nobody does: a sealed file is changed in its place. Whoever looks at every file sees it.
    writeFileSync(path(sealedDay), '');
    store.keepUp();
    assert.equal(store.behind(), 1, 'the glance looked at every file');
    writeFileSync(path(sealedDay), bytes);
    assert.equal(store.behind(), 0);
  });

  it('sees lines that a process left that was killed, or a person wrote', () => {
    appendFileSync(path(day), lineOf(event('left')));
    store.keepUp();
    assert.deepEqual(ids().toSorted(), ['last', 'left', 'other', 'recent', 'sealed']);
  });

  it('sees a file that is new, also one that says that it is old', () => {
    writeFileSync(path('events/2026-11-17.jsonl'), lineOf(event('new', '2026-11-17T10:00:00.000Z')));
    for (const each of [path('events/2026-11-17.jsonl'), path('events')]) utimesSync(each, new Date(0), new Date(0));
    store.keepUp();
    assert.deepEqual(ids().slice(0, 2), ['sealed', 'new']);
  });

  it('sees a chat in a folder that is new, and the next one in that folder', async () => {
    for (const name of ['one', 'two']) {
      const file = path(`chats/2026/11/17/${name}.jsonl`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, lineOf({ ...event(`${name}:1`), type: 'dev.daybook.chat.message', sessionid: name }));
      store.keepUp();
      assert.ok(ids().includes(`${name}:1`), name);
      await later();
    }
  });

  it('sees that a file is gone, shorter, or another one', () => {
    truncateSync(path(day), 0);
    store.keepUp();
    assert.deepEqual(ids().toSorted(), ['other', 'sealed']);
    rmSync(path('events/2026-11-19.jsonl'));
    store.keepUp();
    assert.deepEqual(ids(), ['sealed']);
    rmSync(path(sealedDay));
    store.keepUp();
    assert.deepEqual(ids(), []);
  });

  it('sees an older journal that was put back with all its times', () => {
    const kept = join(at.path, 'kept');
    cpSync(path('.'), kept, { recursive: true, preserveTimestamps: true });
    store.write((batch) => batch.append([event('newer')]));
    rmSync(path('.'), { recursive: true });
    cpSync(kept, path('.'), { recursive: true, preserveTimestamps: true });
    store.keepUp();
    assert.deepEqual(ids().toSorted(), ['last', 'other', 'recent', 'sealed']);
  });
});
