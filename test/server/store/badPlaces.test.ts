import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { isTrouble } from '../../../shared/trouble.ts';
import { folderForEachTest } from '../../support/folder.ts';

function message(source: string, session: string, number = 1): DaybookRecord {
  const data = { role: 'user', parts: [{ type: 'text', content: `hello ${'x'.repeat(2_000)}` }] };
  return { specversion: '1.0', id: `${session}:${number}`, source, type: 'dev.daybook.chat.message', time: '2026-11-20T10:00:00.000Z', sessionid: session, data };
}

function allBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

describe('a data directory in a bad place', function () {
  this.timeout(60_000); // disks are slow, and these write durably, many times
  const folder = folderForEachTest();

  it('may have a path with spaces, Unicode and more than 250 characters', () => {
    const root = join(folder.path, 'with spaces', 'Größe ✓ 日本', 'x'.repeat(120), 'y'.repeat(120));
    assert.ok(root.length > 250);
    let store = openStore(root);
    store.write((batch) => batch.append([message('t', 't:a')]));
    store.seal({ everything: true });
    store.forget({ records: [], sessions: ['t:none'] });
    store.close();
    rmSync(join(root, 'daybook.db'));
    store = openStore(root);
    store.catchUp();
    assert.equal(store.queries.session('t:a')?.prompts, 1);
    store.close();
  });

  it('keeps everything inside, whatever names records bring', () => {
    const root = join(folder.path, 'data');
    const names = ['../../outside', '..', '.', '/etc/passwd', 'a\nb', 'a\\..\\..\\b', 'C:\\x', 'nul', 'z'.repeat(4_000), 'a/b/../../../../c', '\u202etxt', 'x\u0000y', ''];
    const store = openStore(root);
    for (const name of names) store.write((batch) => batch.append([message(name || 'empty', `${name}:s`), message('t', `t:${name}`)]));
    store.seal({ everything: true });
    for (const name of names) assert.throws(() => store.attachments.has(name), /is no name of an attachment/);
    assert.equal(store.stats().records, new Set(names.flatMap((name) => [`${name}:s`, `t:${name}`])).size);
    store.close();
    assert.deepEqual(readdirSync(folder.path), ['data']);
    for (const path of allBelow(root)) assert.match(path, /^[A-Za-z0-9._\-/\\]+$/, 'names on the disk are plain');
  });

  it('is readable by its owner alone, whatever the umask lets through: folders 0700, files 0600', function () {
    if (process.platform === 'win32') this.skip();
    const root = join(folder.path, 'data');
    const before = process.umask(0);
    try {
      const store = openStore(root);
      store.write((batch) => batch.append([message('t', 't:a'), message('t', 't:b')]));
      store.forget({ records: [], sessions: ['t:b'] });
      store.seal({ everything: true });
      const paths = ['', ...allBelow(root)];
      assert.ok(paths.includes('daybook.db-wal') && paths.includes('daybook.db-shm') && paths.includes('forgotten.key'), paths.join(' '));
      for (const path of paths) {
        const stat = lstatSync(join(root, path));
        assert.equal((stat.mode & 0o777).toString(8), stat.isDirectory() ? '700' : '600', path);
      }
      store.close();
    } finally {
      process.umask(before);
    }
  });

  it('that is full refuses with a sentence, keeps what was acknowledged, and goes on when there is room', function () {
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', disk], { stdio: 'ignore' });
    } catch {
      this.skip(); // only an administrator may mount a small disk, and only on Linux it goes like this
    }
    let store: Store | undefined;
    try {
      store = openStore(join(disk, 'data'));
      const acknowledged: string[] = [];
      const fill = (): unknown => {
        for (let number = acknowledged.length; number < 100_000; number++) {
          try {
            store?.write((batch) => batch.append([message('t', `t:${number % 20}`, number)]));
            acknowledged.push(`t:${number % 20}:${number}`);
          } catch (error) {
            return error;
          }
        }
        return undefined;
      };
      writeFileSync(join(disk, 'other'), Buffer.alloc(1 << 20));
      const refusal = fill();
      assert.ok(isTrouble(refusal), String(refusal));
      assert.match(refusal.message, /disk of .*daybook\.dataDirectory\.$/);
      assert.ok(acknowledged.length > 20);
      assert.throws(() => store?.tryWriting(), (error) => isTrouble(error));
      assert.equal(store.stats().records, acknowledged.length, 'what is there is found meanwhile');
      rmSync(join(disk, 'other'));
      assert.ok(statfsSync(disk).bavail > 0);
      store.tryWriting();
      const before = acknowledged.length;
      fill();
      assert.ok(acknowledged.length > before, 'recording goes on');
      assert.deepEqual([...store.queries.scan()].map(({ id }) => id).sort(), acknowledged.toSorted());
      assert.equal(existsSync(join(disk, 'data', `.try-${process.pid}`)), false);
    } finally {
      store?.close();
      execFileSync('umount', ['-l', disk], { stdio: 'ignore' });
    }
  });
});
