import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { codex } from '../../../server/importers/codex/index.ts';
import { openCore } from '../../support/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { following, headers, promptsIn, said, type Following } from './contract/following.ts';
import { layHome, machineAt } from './contract/home.ts';
import { discover } from '../../../server/importers/discover.ts';

const name = '.codex/sessions/2026/03/02/rollout-2026-03-02T10-00-00-019cadc6-9a80-7a01-8b01-0000000000a1.jsonl';

describe('a compressed session of Codex', () => {
  const at = folderForEachTest();
  beforeEach(() => layHome(at.path));
  const plain = (): string => join(at.path, name);
  const cold = (): string => `${plain()}.zst`;
  const text = (): Buffer => readFileSync(plain());

  async function read(path: string, content: Uint8Array): Promise<Following> {
    const file = following(path, codex);
    file.write(content);
    await file.read();
    return file;
  }

  it('gives what it gave before it was compressed, and is not read again', async () => {
    const before = await read(plain(), text());
    const after = await read(cold(), zstdCompressSync(text()));
    assert.deepEqual([said(after), after.problems], [said(before), []]);
    assert.deepEqual([...headers(after).keys()], [...headers(before).keys()]);
    assert.equal(await after.read(), 'unchanged');
    const found = await discover([codex], machineAt(at.path));
    assert.ok(found.some(({ path }) => path === cold()));
  });

  it('is read whole when it is made of several frames, and has no line break at its end', async () => {
    const before = await read(plain(), text());
    const middle = Math.floor(text().length / 3);
    const frames = [text().subarray(0, middle), text().subarray(middle, text().length - 1)].map((piece) => zstdCompressSync(piece));
    assert.deepEqual(said(await read(cold(), Buffer.concat(frames))), said(before));
  });

  it('that ends too early is read as far as it goes, and says so', async () => {
    const noise = `${JSON.stringify({ timestamp: '2026-03-02T11:00:00.000Z', type: 'event_msg', payload: { type: 'user_message', message: randomBytes(400_000).toString('hex') } })}\n`;
    const whole = zstdCompressSync(Buffer.concat([text(), Buffer.from(noise)]));
    const file = await read(cold(), whole.subarray(0, whole.length - 10));
    assert.deepEqual(file.problems.map(({ code }) => code), ['damaged-file']);
    assert.ok(promptsIn(file).length > 1);
    file.append(whole.subarray(whole.length - 10));
    assert.equal(await file.read(), 'read');
    assert.ok(promptsIn(file).some((prompt) => prompt.length === 800_000));
    const writing = following(cold(), codex);
    writing.append(new Uint8Array(1), false);
    assert.equal(await writing.read(), 'unsettled');
  });

  it('passes over a line that is too long to be held', async () => {
    const [first = '', ...rest] = text().toString().split('\n');
    const file = await read(cold(), zstdCompressSync(Buffer.concat([Buffer.from(`${first}\n`), Buffer.alloc(100_000_000), Buffer.from(`\n${rest.join('\n')}`)])));
    assert.deepEqual(file.problems.map(({ code }) => code), ['line-too-long']);
    assert.ok(promptsIn(file).length > 1);
  });

  it('is the session it was: nothing is counted twice, and nothing is gone', async () => {
    const core = openCore(join(at.path, 'data'), at.path);
    try {
      const before = (await core.import({ sources: ['codex'] })).sources['codex'];
      const content = text();
      writeFileSync(`${cold()}.new`, zstdCompressSync(content));
      renameSync(`${cold()}.new`, cold());
      utimesSync(cold(), 1_790_000_000, 1_790_000_000);
      rmSync(plain());
      const after = (await core.import({ sources: ['codex'] })).sources['codex'];
      assert.deepEqual({ ...after, newRecords: 0 }, { ...before, newRecords: 0 });
      assert.equal(after?.newRecords, 1); // the header, which says where the session lies
      assert.ok((await core.health()).sources.every(({ keptSessions }) => keptSessions === 0));
    } finally {
      await core.close();
    }
  });
});
