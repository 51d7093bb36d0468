import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filePath } from '../../shared/filePath.ts';

describe('the name of a file', () => {
  it('is the same however it was written', () => {
    for (const written of ['file:///home/ada/shop/src/a%20b.ts', '/home/ada/shop/src/a b.ts', '/home/ada//shop/./lib/../src/a b.ts', 'vscode-remote://wsl%2Bubuntu/home/ada/shop/src/a%20b.ts']) {
      assert.equal(filePath(written), '/home/ada/shop/src/a b.ts', written);
    }
    assert.equal(filePath('src/a.ts', 'file:///home/ada/shop'), '/home/ada/shop/src/a.ts');
    assert.equal(filePath('../a.ts', '/home/ada/shop/'), '/home/ada/a.ts');
    for (const written of ['C:\\shop\\a.ts', 'c:/shop/a.ts', 'file:///c%3A/shop/a.ts', 'file:///C:/shop/a.ts']) assert.equal(filePath(written), '/c:/shop/a.ts', written);
    assert.equal(filePath('src\\a.ts', 'file:///c%3A/shop'), '/c:/shop/src/a.ts');
    assert.equal(filePath('\\\\server\\share\\a.ts'), '//server/share/a.ts');
    assert.equal(filePath('file://server/share/a.ts'), '//server/share/a.ts');
  });

  it('is not guessed at', () => {
    for (const written of ['', 'src/a.ts', 'https://example.org/a.ts', 'untitled:Untitled-1', '~/a.ts', 'a\0b', `/${'x'.repeat(5_000)}`]) assert.equal(filePath(written), undefined, written);
    assert.equal(filePath('~/a.ts', '/home/ada'), undefined);
    assert.equal(filePath('src/a.ts', 'untitled:x'), undefined);
  });

  it('is the name of itself, and of nothing else a text may be', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const name = filePath(text, '/base');
      assert.equal(name === undefined ? undefined : filePath(name), name);
    }));
  });
});
