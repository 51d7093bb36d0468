import assert from 'node:assert/strict';
import { exportsDone, exportsFound } from '../../../client/export/heldText.ts';
import { t } from '../translate.ts';

describe('client: exports that hold what is forgotten, in words', () => {
  it('says which lose lines, which stay, and which nobody can look into', () => {
    assert.deepEqual(exportsFound(t, { lines: [], documents: [], outOfReach: [] }), []);
    assert.deepEqual(exportsFound(t, { lines: [{ path: '/out/a.jsonl', lines: 3 }], documents: Array.from({ length: 7 }, (_, at) => `/out/${at}.md`), outOfReach: [{ path: '/disk/b.csv', reason: 'not reachable' }] }), [
      '1 export loses the lines that hold it: a.jsonl',
      '7 exported documents hold some of it, and stay unless you delete them: 0.md, 1.md, 2.md, 3.md, 4.md, and 2 more',
      '1 export could not be reached or looked into: b.csv',
    ]);
  });

  it('says what became of them', () => {
    assert.deepEqual(exportsDone(t, { rewritten: [], deleted: [], left: [], outOfReach: [] }), []);
    assert.deepEqual(exportsDone(t, { rewritten: [{ path: '/a', lines: 1 }, { path: '/b', lines: 1 }], deleted: ['/c'], left: ['/out/d.html'], outOfReach: [] }), [
      '2 exports lost the lines that held it.', '1 exported document is deleted.', '1 export still holds some of it: d.html',
    ]);
  });
});
