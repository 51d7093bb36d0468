import assert from 'node:assert/strict';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { openDatabase } from '../../../server/store/database.ts';
import { keyOf } from '../../../server/store/key.ts';
import { openSealedKeys, type SealedKeys } from '../../../server/store/sealedKeys.ts';
import { folderForEachTest } from '../../support/folder.ts';

const pageLines = 8;
const rowLines = 512;

describe('sealedKeys', function () {
  this.timeout(30_000);
  const folder = folderForEachTest();

  function withKeys(test: (keys: SealedKeys, rows: () => number) => void): void {
    const database = openDatabase(join(folder.path, 'daybook.db'));
    try {
      const count = database.prepare<[], number>('SELECT count(*) FROM sealed_keys').pluck();
      test(openSealedKeys(database, pageLines), () => count.get() ?? 0);
    } finally {
      database.close();
    }
  }

  const found = (keys: SealedKeys, id: string): number[] => keys.find(keyOf(id));

  it('says where each record is, of sessions, of live ones and of names without a session', () => {
    withKeys((keys) => {
      const live = Array.from({ length: 60 }, () => uuidv7());
      const said = Array.from({ length: 60 }, (_, at) => `claude-code:0199-a-session:${at}`);
      const named = Array.from({ length: 60 }, (_, at) => `build-${at}`);
      const first = 2_500 * 65_536;
      for (const [at, ids] of [live, said, named].entries()) keys.add(first + at * 38, ids);
      for (const [at, ids] of [live, said, named].entries()) {
        for (const [line, id] of ids.entries()) assert.deepEqual(found(keys, id), [(first + at * 38) * pageLines + line]);
      }
      assert.deepEqual(found(keys, uuidv7()), []);
      assert.deepEqual(found(keys, 'claude-code:0199-a-session:60'), []);
    });
  });

  it('holds a session in few rows, and a block with more lines than a row can name', () => {
    withKeys((keys, rows) => {
      const ids = Array.from({ length: 3 * rowLines }, (_, at) => `claude-code:0199-a-session:${at}`);
      keys.add(4_294_900_000, ids);
      assert.equal(rows(), 3);
      for (const line of [0, rowLines - 1, rowLines, ids.length - 1]) assert.deepEqual(found(keys, ids[line] ?? ''), [4_294_900_000 * pageLines + line]);
    });
  });

  it('names a record twice that is there twice, and passes over lines that are none', () => {
    withKeys((keys) => {
      keys.add(100, [undefined, 'claude-code:session:a', undefined]);
      keys.add(7, ['claude-code:session:a']);
      assert.deepEqual(found(keys, 'claude-code:session:a'), [7 * pageLines, 100 * pageLines + 1]);
    });
  });

  it('takes back what was added, and nothing else', () => {
    withKeys((keys, rows) => {
      const ids = Array.from({ length: rowLines + 1 }, (_, at) => `claude-code:session:${at}`);
      keys.add(100, ids);
      keys.add(300, ['claude-code:session:later']);
      keys.remove(100, ids);
      assert.equal(rows(), 1);
      assert.deepEqual(found(keys, 'claude-code:session:0'), []);
      assert.deepEqual(found(keys, 'claude-code:session:later'), [300 * pageLines]);
    });
  });
});
