import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileCursor, Followed } from '../../../server/importers/fileCursor.ts';
import { createFollower, type Follower } from '../../../server/importers/follow.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { note, notesImporter, type NotesImporter } from './notes.ts';

describe('follow', () => {
  const at = folderForEachTest();
  let path: string;
  let importer: NotesImporter;
  let follower: Follower;
  let cursor: FileCursor | undefined;
  let seconds: number;

  beforeEach(() => {
    path = join(at.path, 'a.notes');
    restart(notesImporter(at.path));
    cursor = undefined;
    seconds = 0;
  });

  const restart = (next: NotesImporter): void => {
    [importer, follower] = [next, createFollower(() => undefined)];
  };

  /** Writes so that nobody has written for a while, each time at another moment. */
  function quietly(write: () => void): void {
    write();
    const when = Date.now() / 1000 - 3_600 + seconds++;
    utimesSync(path, when, when);
  }

  /** Reads what is new: what came of it, and the notes and codes of problems handed over. */
  async function read(): Promise<[Followed, ...string[]]> {
    const got: string[] = [];
    const followed = await follower.follow(path, importer, cursor, (reading, next) => {
      got.push(...reading.records.map((record) => (record.kind === 'message' ? record.id : record.kind)), ...reading.problems.map(({ code }) => `!${code}`));
      cursor = next;
      return Promise.resolve();
    });
    return [followed, ...got];
  }

  const write = (...texts: string[]): void => quietly(() => writeFileSync(path, texts.join('')));
  const append = (text: string): void => quietly(() => appendFileSync(path, text));

  it('reads what a file grew by, and does not open it when it did not', async () => {
    write(note('1'), note('2'));
    assert.deepEqual(await read(), ['read', '1', '2']);
    append(note('3'));
    assert.deepEqual(await read(), ['read', '3']);
    assert.deepEqual(await read(), ['unchanged']);
    assert.deepEqual(importer.opened, ['new', 'resumed']);
    assert.equal(cursor?.line, 4);
  });

  const rewritten: readonly (readonly [string, () => void, readonly string[]])[] = [
    ['was cut', () => quietly(() => truncateSync(path, note('1').length)), ['1']],
    ['was replaced by a longer one', () => quietly(() => {
      writeFileSync(`${path}.tmp`, note('1') + note('2') + note('3') + note('4'));
      renameSync(`${path}.tmp`, path);
    }), ['1', '2', '3', '4']],
    ['was written again at the same length', () => write(note('7'), note('8'), note('9')), ['7', '8', '9']],
    ['was written again with another middle', () => write(note('1'), note('8'), note('3')), ['1', '8', '3']],
    ['was written again and grew', () => write(note('7'), note('8'), note('9'), note('10')), ['7', '8', '9', '10']],
    ['was emptied and filled', () => write(note('5')), ['5']],
  ];
  for (const [what, change, notes] of rewritten) {
    it(`reads a file from the beginning that ${what}`, async () => {
      write(note('1'), note('2'), note('3'));
      await read();
      change();
      assert.deepEqual(await read(), ['read', ...notes]);
      assert.deepEqual(await read(), ['unchanged']);
      assert.deepEqual(importer.opened, ['new', 'new']);
    });
  }

  it('notices another tail behind the same long head', async () => {
    const head = note('1', 'x'.repeat(20_000));
    write(head, note('2'));
    await read();
    write(head, note('3'));
    assert.deepEqual(await read(), ['read', '1', '3']);
  });

  it('waits for the end of a last line, and takes it without one when nobody writes any more', async () => {
    write(note('1'));
    await read();
    appendFileSync(path, note('2').trimEnd());
    assert.deepEqual(await read(), ['unsettled']);
    quietly(() => undefined);
    assert.deepEqual(await read(), ['read', '2']);
    append(`\n${note('3')}`);
    assert.deepEqual(await read(), ['read', '3']);
  });

  it('says that a last line is torn, and reads it when its rest comes', async () => {
    write(note('1'), note('2').slice(0, 10));
    assert.deepEqual(await read(), ['read', '1', '!torn-line']);
    append(note('2').slice(10));
    assert.deepEqual(await read(), ['read', '2']);
    assert.deepEqual(importer.opened, ['new', 'resumed']);
  });

  it('takes the last line of prose without a line break after a day only, and reads it again when it went on all the same', async () => {
    const rest = (): void => utimesSync(path, Date.now() / 1000 - 90_000, Date.now() / 1000 - 90_000);
    write(note('1'), 'some pro');
    assert.deepEqual(await read(), ['read', '1', '!torn-line']);
    rest();
    assert.deepEqual(await read(), ['read', '!malformed-line']);
    assert.deepEqual(await read(), ['unchanged']);
    append(`se\n${note('3')}`);
    assert.deepEqual(await read(), ['read', '3', '!malformed-line']);
    assert.deepEqual(importer.opened, ['new', 'resumed', 'resumed']);
  });

  it('waits for a document that is being written, and reads it whole each time', async () => {
    writeFileSync(path, '{"notes":[{"note":"1"}');
    assert.deepEqual(await read(), ['unsettled']);
    write('{"notes":[{"note":"1"},{"note":"2"}]}');
    assert.deepEqual(await read(), ['read', '1', '2']);
    assert.deepEqual(await read(), ['unchanged']);
    write('{"notes":[{"note":"1"');
    assert.deepEqual(await read(), ['read', '!malformed-line']);
  });

  it('keeps a reader that cannot go on from a saved state, and begins anew when it is lost', async () => {
    restart(notesImporter(at.path, false));
    write(note('1'));
    await read();
    append(note('2'));
    assert.deepEqual(await read(), ['read', '2']);
    restart(notesImporter(at.path, false));
    append(note('3'));
    assert.deepEqual(await read(), ['read', '1', '2', '3']);
  });

  it('keeps no reader of a file that nobody wrote for a day, and no more than a few', async () => {
    restart(notesImporter(at.path, false));
    const old = Date.now() / 1_000 - 100_000;
    write(note('1'));
    utimesSync(path, old, old);
    await read();
    append(note('2'));
    assert.deepEqual(await read(), ['read', '1', '2']);
    append(note('3'));
    assert.deepEqual(await read(), ['read', '3']);

    const [first, known] = [path, cursor];
    for (let other = 0; other < 16; other++) {
      [path, cursor] = [join(at.path, `${other}.notes`), undefined];
      write(note('x'));
      await read();
    }
    [path, cursor] = [first, known];
    append(note('4'));
    assert.deepEqual(await read(), ['read', '1', '2', '3', '4']);
  });

  it('hands over again what could not be written', async () => {
    restart(notesImporter(at.path, false));
    write(note('1'));
    await read();
    append(note('2'));
    await assert.rejects(follower.follow(path, importer, cursor, () => Promise.reject(new Error('disk full'))), /disk full/);
    assert.deepEqual(await read(), ['read', '1', '2']);
  });

  it('leaves alone what is gone, empty, no file or of no known format', async () => {
    assert.deepEqual(await read(), ['gone']);
    write('');
    assert.deepEqual(await read(), ['unchanged']);
    write('something else\n');
    assert.deepEqual(await read(), ['unrecognised']);
    writeFileSync(path, '{"no');
    assert.deepEqual(await read(), ['unsettled']);
    rmSync(path);
    assert.deepEqual(await read(), ['gone']);
    path = at.path;
    assert.deepEqual(await read(), ['gone']);
  });
});
