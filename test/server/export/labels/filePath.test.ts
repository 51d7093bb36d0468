import assert from 'node:assert/strict';
import { filePath, isWithin } from '../../../../server/export/labels/filePath.ts';

describe('one spelling for a file', () => {
  it('is the same for a URI, an absolute path and one below a folder, on every system', () => {
    for (const name of ['file:///w/a%20b/c%23.ts', '/w/a b/c#.ts', 'a b/c#.ts', './a b/../a b/c#.ts']) assert.equal(filePath(name, 'file:///w'), '/w/a b/c#.ts', name);
    for (const name of ['C:\\w\\a.ts', 'c:/w/a.ts', 'file:///c%3A/w/a.ts', 'file:///C:/w/a.ts', 'a.ts']) assert.equal(filePath(name, 'file:///c%3A/w'), '/C:/w/a.ts', name);
    assert.equal(filePath('100%.ts', 'file:///w'), '/w/100%.ts');
    assert.deepEqual([filePath('a.ts', null), filePath('file:///w/%zz', null)], [undefined, undefined]);
  });

  it('tells whether one folder lies in another', () => {
    assert.ok(isWithin('file:///w/app', 'file:///w') && isWithin('file:///w', 'file:///w/app/') && isWithin('file:///w', 'file:///w'));
    assert.ok(!isWithin('file:///w/app2', 'file:///w/app') && !isWithin(null, 'file:///w') && !isWithin(undefined, undefined));
  });
});
