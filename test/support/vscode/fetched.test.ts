import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchOnce } from './fetched.ts';

describe('what is fetched once', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'daybook-fetched-'));
  });

  afterEach(() => rm(parent, { recursive: true }));

  it('is built once, by one of two that ask at the same time', async () => {
    let builds = 0;
    const build = async (folder: string): Promise<void> => {
      builds += 1;
      await sleep(20);
      await writeFile(join(folder, 'thing'), 'whole');
    };
    const [first, second] = await Promise.all([fetchOnce(parent, 'a', build), fetchOnce(parent, 'a', build)]);
    assert.equal(first, second);
    assert.equal(builds, 1);
    assert.equal(await readFile(join(first, 'thing'), 'utf8'), 'whole');
    assert.deepEqual(await readdir(parent), ['a']);
  });

  it('is not there when it could not be built, and is built the next time', async () => {
    const broken = async (folder: string): Promise<void> => {
      await writeFile(join(folder, 'thing'), 'half');
      throw new Error('no network');
    };
    await assert.rejects(fetchOnce(parent, 'a', broken), /no network/);
    assert.deepEqual(await readdir(parent), []);
    await fetchOnce(parent, 'a', (folder) => writeFile(join(folder, 'thing'), 'whole'));
    assert.deepEqual(await readdir(join(parent, 'a')), ['thing']);
  });

  it('is not held up by the lock and the half-built folder of a process that is gone', async () => {
    const noProcess = 2 ** 22 + 1;
    await writeFile(join(parent, 'a.lock'), String(noProcess));
    await mkdtemp(join(parent, '.a-'));
    await fetchOnce(parent, 'a', (folder) => writeFile(join(folder, 'thing'), 'whole'));
    assert.deepEqual(await readdir(parent), ['a']);
  });
});
