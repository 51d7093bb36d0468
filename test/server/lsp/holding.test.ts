import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHolding, type Holding, type Room } from '../../../server/lsp/holding.ts';
import { ProblemError } from '../../../shared/problem.ts';
import type { ShortRecord } from '../../../shared/record.ts';

/** A disk that is full, or is not. */
function createDisk(room: Partial<Room> = {}): { readonly written: ShortRecord[]; readonly changes: (string | undefined)[]; isFull: boolean; attempts: number; readonly holding: Holding } {
  const written: ShortRecord[] = [];
  const changes: (string | undefined)[] = [];
  const disk = { isFull: false, attempts: 0, written, changes };
  const check = (): void => {
    disk.attempts++;
    if (disk.isFull) throw new ProblemError({ code: 'disk-full', message: 'There is no space left.' });
  };
  const holding = createHolding({
    async record(records) {
      await Promise.resolve();
      check();
      written.push(...records);
      return { accepted: records.length, duplicates: 0, rejected: [] };
    },
    tryWriting: check,
    onChange: () => changes.push(holding.trouble?.message),
    onTrouble: (message) => assert.fail(message),
    room: { records: 3, size: 10_000, firstMs: 0, longestMs: 60_000, ...room },
  });
  return Object.assign(disk, { holding });
}

const note = (text: string): ShortRecord => ({ family: 'events', kind: 'note', data: { text } });
const texts = (records: readonly ShortRecord[]): unknown[] => records.map(({ kind, data }) => (kind === 'note' ? (data as { text: string }).text : kind));

describe('holding', function () {
  this.timeout(60_000); // one waits for a timer, up to 20 seconds
  it('is out of the way while all is well', async () => {
    const { holding, written, changes } = createDisk();
    assert.deepEqual(await holding.take([note('a')], 'lsp'), { accepted: 1, duplicates: 0, rejected: [] });
    assert.deepEqual(await holding.offer([note('b')], 'vscode'), { accepted: 1, duplicates: 0, rejected: [] });
    assert.deepEqual([texts(written), changes, holding.trouble], [['a', 'b'], [], undefined]);
  });

  it('keeps what happens while nothing can be written, with its time and id, and writes it in order when that is possible', async () => {
    const disk = createDisk();
    const { holding, written, changes } = disk;
    disk.isFull = true;
    await holding.take([note('a')], 'lsp');
    const heldAt = new Date().toISOString();
    assert.deepEqual(changes, ['There is no space left.']);
    await sleep(5);
    disk.isFull = false;
    await holding.take([note('b')], 'lsp');
    assert.deepEqual(texts(written), ['a', 'b']);
    assert.deepEqual(changes, ['There is no space left.', undefined]);
    assert.ok((written[0]?.time ?? 'z') <= heldAt, 'it bears the time at which it happened');
    assert.equal(new Set(written.map(({ id }) => id)).size, 2);
  });

  it('keeps the order of what happens while something is being written that then cannot be', async () => {
    const written: ShortRecord[] = [];
    let busy = 1;
    const holding = createHolding({
      async record(records) {
        const isBusy = busy-- > 0;
        await sleep(isBusy ? 20 : 1);
        if (isBusy) throw new ProblemError({ code: 'database-busy', message: 'Another program has it.' });
        written.push(...records);
        return { accepted: records.length, duplicates: 0, rejected: [] };
      },
      tryWriting: () => undefined, onChange: () => undefined, onTrouble: (message) => assert.fail(message),
      room: { records: 10, size: 10_000, firstMs: 0, longestMs: 60_000 },
    });
    const results = await Promise.all(['a', 'b', 'c'].map((text) => holding.take([note(text)], 'lsp')));
    await holding.take([note('d')], 'lsp');
    assert.deepEqual(texts(written), ['a', 'b', 'c', 'd']);
    assert.deepEqual(results.map(({ accepted }) => accepted), [0, 0, 0]);
  });

  it('lets the others go on where one is at fault itself', async () => {
    const written: ShortRecord[] = [];
    const holding = createHolding({
      async record(records) {
        await Promise.resolve();
        if (texts(records).includes('bad')) throw new Error('It is no record.');
        written.push(...records);
        return { accepted: records.length, duplicates: 0, rejected: [] };
      },
      tryWriting: () => undefined, onChange: () => undefined, onTrouble: (message) => assert.fail(message),
    });
    const results = await Promise.allSettled(['a', 'bad', 'c'].map((text) => holding.take([note(text)], 'lsp')));
    assert.deepEqual(results.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled']);
    assert.deepEqual([texts(written), holding.trouble], [['a', 'c'], undefined]);
  });

  it('refuses what a client hands in, who keeps it, and is over with the first that can be written', async () => {
    const disk = createDisk();
    disk.isFull = true;
    await assert.rejects(disk.holding.offer([note('a')], 'vscode'), { message: 'There is no space left.' });
    await assert.rejects(disk.holding.offer([note('a')], 'vscode'), { message: 'There is no space left.' });
    disk.isFull = false;
    assert.equal((await disk.holding.offer([note('a')], 'vscode')).accepted, 1);
    assert.deepEqual([texts(disk.written), disk.holding.trouble], [['a'], undefined]);
  });

  it('counts what there was no room for, and records it as a gap', async () => {
    const disk = createDisk();
    disk.isFull = true;
    for (const text of ['a', 'b', 'c', 'd', 'e']) await disk.holding.take([note(text)], 'lsp');
    await disk.holding.take([note('x'.repeat(20_000))], 'lsp');
    disk.isFull = false;
    await disk.holding.take([note('f')], 'lsp');
    assert.deepEqual(texts(disk.written), ['a', 'b', 'c', 'source.gap']);
    // The last one found no room either: it came before anything could be written.
    assert.match((disk.written[3]?.data as { message: string }).message, /^4 records were lost: nothing could be written since 2/);
    await disk.holding.take([note('g')], 'lsp');
    assert.deepEqual(texts(disk.written).slice(4), ['g']);
  });

  it('does not try with each thing that happens', async () => {
    const disk = createDisk({ firstMs: 600_000, longestMs: 600_000, records: 1_000, size: 1 << 20 });
    disk.isFull = true;
    for (let at = 0; at < 100; at++) await disk.holding.take([note('a')], 'lsp');
    await assert.rejects(disk.holding.offer([note('a')], 'vscode'));
    assert.equal(disk.attempts, 1);
    disk.isFull = false;
    assert.equal(await disk.holding.close(), 0);
    assert.equal(disk.written.length, 100);
  });

  it('tries by itself when nothing happens', async () => {
    const disk = createDisk({ longestMs: 5 });
    disk.isFull = true;
    await disk.holding.take([note('a')], 'lsp');
    disk.isFull = false;
    for (const until = Date.now() + 20_000; disk.holding.trouble && Date.now() < until;) await sleep(5);
    assert.deepEqual(texts(disk.written), ['a']);
  });

  it('is closed when what waits for its turn is written', async () => {
    const { holding, written } = createDisk();
    void holding.take([note('a')], 'lsp');
    void holding.take([note('b')], 'lsp');
    assert.equal(await holding.close(), 0);
    assert.deepEqual(texts(written), ['a', 'b']);
  });

  it('says at the end how much could not be written', async () => {
    const disk = createDisk();
    disk.isFull = true;
    await disk.holding.take([note('a'), note('b')], 'lsp');
    assert.equal(await disk.holding.close(), 2);
  });
});
