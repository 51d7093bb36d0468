import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createEverywhere } from '../../../server/everywhere.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';

const name = `${'ab'.repeat(32)}.txt`;
const day = '2026-11-20';

function record(number: number): DaybookRecord {
  return { specversion: '1.0', id: `r${number}`, source: 't', type: 'dev.daybook.event.note', time: `${day}T10:00:00.000Z`, data: { number } };
}

function message(number: number): DaybookRecord {
  return { ...record(number), id: `t:s:${number}`, type: 'dev.daybook.chat.message', sessionid: 't:s', data: { role: 'user', parts: [] } };
}

const linkRefused = { name: 'ProblemError', message: /is a symbolic link/ };

describe('a link that is planted in the data directory', function () {
  this.timeout(60_000); // disks are slow
  const folder = folderForEachTest();
  const data = (...below: string[]): string => join(folder.path, 'data', ...below);
  const elsewhere = (): string => join(folder.path, 'elsewhere');
  let store: Store | undefined;

  beforeEach(() => mkdirSync(elsewhere()));
  afterEach(() => {
    store?.close();
    store = undefined;
  });

  /** A store that has recorded nothing yet, and then the link. */
  function planted(link: string, target: string): Store {
    store = openStore(data());
    mkdirSync(dirname(data(link)), { recursive: true });
    symlinkSync(target, data(link));
    return store;
  }

  function assertUntouched(): void {
    for (const file of readdirSync(elsewhere())) assert.equal(readFileSync(join(elsewhere(), file), 'utf8'), 'theirs\n', file);
  }

  for (const link of [`journal/events/${day}.jsonl`, 'journal/events', 'journal', 'journal/chats/2026/11', `journal/chats/2026/11/20/t_s.jsonl`]) {
    it(`in the place of ${link} is not written through, and the message names it`, () => {
      const theirs = join(elsewhere(), 'file.jsonl');
      writeFileSync(theirs, 'theirs\n');
      const opened = planted(link, link.endsWith('.jsonl') ? theirs : elsewhere());
      assert.throws(() => opened.write((batch) => batch.append(link.includes('chats') ? [message(1)] : [record(1)])),
        (error: Error) => linkRefused.message.test(error.message) && error.message.includes(data(link)));
      assert.deepEqual(readdirSync(elsewhere()), ['file.jsonl']);
      assertUntouched();
      assert.equal(opened.stats().records, 0);
    });
  }

  it('in the place of the database, its log or its shared memory is not opened', () => {
    for (const file of ['daybook.db', 'daybook.db-wal', 'daybook.db-shm']) {
      const root = join(folder.path, `root of ${file}`);
      mkdirSync(root);
      writeFileSync(join(elsewhere(), file), 'theirs\n');
      symlinkSync(join(elsewhere(), file), join(root, file));
      assert.throws(() => openStore(root), linkRefused);
    }
    assertUntouched();
  });

  it('in the place of what is sealed, or of what a crash left, is not written through', () => {
    writeFileSync(join(elsewhere(), 'file'), 'theirs\n');
    store = openStore(data());
    store.write((batch) => batch.append([record(1)]));
    symlinkSync(join(elsewhere(), 'file'), data('journal/events', `${day}.jsonl.zst`));
    // What it leads to is longer than what is known to be sealed, and no frame: it is not cut either.
    assert.throws(() => store?.seal({ everything: true }), linkRefused);
    assertUntouched();
    assert.deepEqual([...store.queries.scan()].map(({ id }) => id), ['r1']);
  });

  it('among the attachments is neither written through nor removed from nor read', async () => {
    for (const link of ['attachments', `attachments/${name.slice(0, 2)}`]) {
      const root = join(folder.path, `root of ${link.replace('/', ' ')}`);
      const opened = openStore(root);
      store = opened;
      mkdirSync(dirname(join(root, link)), { recursive: true });
      symlinkSync(elsewhere(), join(root, link));
      const theirs = join(elsewhere(), name);
      writeFileSync(theirs, 'theirs\n');
      await assert.rejects(async () => (await opened.attachments.prepare(name, Buffer.from('ours'))).commit(), linkRefused);
      assert.equal(opened.attachments.find(name), undefined);
      assert.deepEqual(opened.attachments.remove([name]), { files: 0, bytes: 0 });
      assertUntouched();
      assert.deepEqual(readdirSync(elsewhere()), [name]);
      opened.close();
      store = undefined;
    }
  });

  it('in the place of a state file is replaced, not followed', () => {
    writeFileSync(join(elsewhere(), 'file'), 'theirs\n');
    store = openStore(data());
    store.write((batch) => batch.append([record(1), record(2)]));
    for (const file of ['forgotten', 'forgotten.tmp', 'forgotten.key.tmp', 'forget.json.tmp']) symlinkSync(join(elsewhere(), 'none'), data(file));
    store.forget({ records: ['r1'], sessions: [] });
    assert.equal(lstatSync(data('forgotten')).isFile(), true);
    assert.deepEqual([...store.queries.scan()].map(({ id }) => id), ['r2']);
    assert.deepEqual(readdirSync(elsewhere()), ['file']);
  });

  it('in the place of the word to stop is not followed, and stops', () => {
    mkdirSync(data());
    const everywhere = createEverywhere(data());
    symlinkSync(join(elsewhere(), 'none'), data('stopped'));
    assert.notEqual(everywhere.stoppedSince, undefined);
    everywhere.stop();
    everywhere.resume();
    assert.equal(everywhere.stoppedSince, undefined);
    assert.deepEqual(readdirSync(elsewhere()), []);
  });

  it('may be the data directory itself: where it is, is the user\'s choice', () => {
    symlinkSync(elsewhere(), data());
    store = openStore(data());
    store.write((batch) => batch.append([record(1)]));
    assert.ok(existsSync(join(elsewhere(), 'journal/events', `${day}.jsonl`)));
  });
});
