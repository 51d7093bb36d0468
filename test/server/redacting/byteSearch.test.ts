import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createByteSearch } from '../../../server/redacting/byteSearch.ts';
import { fileHolds } from '../../../server/redacting/files.ts';
import { folderForEachTest } from '../../support/folder.ts';

describe('searching bytes for many values', () => {
  const at = folderForEachTest();
  const long = Array.from({ length: 40 }, (_, line) => `line ${line} of a "key"`).join('\n');
  const search = createByteSearch(['quincezanzibar', 'größe-äöü', 'short', long, 'quincezanzibar']);

  it('finds each wherever it stands, as it is and as it stands in JSON, and nothing else', () => {
    assert.deepEqual([search.values, search.tooShort], [3, 1]);
    for (const text of ['quincezanzibar', 'a quincezanzibar b', `x${long}y`, JSON.stringify({ key: long }), '…größe-äöü']) assert.ok(search.holds(Buffer.from(text)), text);
    for (const text of ['', 'short', 'quincezanziba', 'Quincezanzibar', 'quincezanzibaz', long.slice(0, 100), 'grosse-äöü']) assert.ok(!search.holds(Buffer.from(text)), text);
    assert.ok(!createByteSearch([]).holds(Buffer.from('anything')));
  });

  it('finds what lies across the pieces in which a file is read', async () => {
    const path = join(at.path, 'large');
    for (const start of [(4 << 20) - 7, (4 << 20) - 1, 0]) {
      writeFileSync(path, Buffer.concat([Buffer.alloc(start, 'x'), Buffer.from('quincezanzibar'), Buffer.alloc(100, 'y')]));
      assert.ok(await fileHolds(path, search), String(start));
    }
    writeFileSync(path, Buffer.alloc((4 << 20) + 100, 'x'));
    assert.ok(!await fileHolds(path, search));
    assert.ok(!await fileHolds(join(at.path, 'gone'), search));
  });
});
