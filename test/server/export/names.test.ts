import assert from 'node:assert/strict';
import { basename, join, normalize } from 'node:path';
import fc from 'fast-check';
import { fileName, sessionFileName, uniqueNames } from '../../../server/export/names.ts';

describe('names of exported files', () => {
  it('keep what is readable', () => {
    assert.equal(fileName('Fix the login, 世界 (again)'), 'Fix the login, 世界 (again)');
    assert.equal(sessionFileName({ startedAt: '2026-11-20T10:00:00.000Z', source: 'codex', title: 'a/b: c?' }), '2026-11-20 codex a b c');
  });

  it('never lead out of their folder, and are taken by every file system', () => {
    const nasty = ['../../etc/passwd', '..\\..\\x', '/abs', 'C:\\x', '.', '..', '...', '', ' ', '\0', 'a\nb', '\u202egpj.exe', 'x'.repeat(1_000), '👩‍👩‍👧'.repeat(100), '\ud83d', 'trailing. . '];
    const reserved = ['con', 'NUL', 'aux.txt', 'COM1', 'lpt9.tar.gz', 'PRN ', 'com¹', 'CONIN$'];
    for (const text of [...nasty, ...reserved]) isFit(fileName(text), text);
    for (const text of reserved) assert.ok(fileName(text).startsWith('_'), text);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => isFit(fileName(text), text)), { seed: 5, numRuns: 2_000 });
  });

  function isFit(name: string, text: string): void {
    assert.equal(basename(normalize(join('/folder', name))), name, JSON.stringify(text));
    assert.doesNotMatch(name, /[/\\<>:"|?*\p{Cc}\u202a-\u202e]|^[. ]|[. ]$/u, JSON.stringify(text));
    assert.ok(name !== '' && Buffer.byteLength(name) <= 121, JSON.stringify(text));
    assert.ok(name.isWellFormed());
  }

  it('are never given twice, not even where large and small letters are one', () => {
    const unique = uniqueNames();
    assert.deepEqual(['A', 'a', 'a', 'a (2)', 'A (2)', 'ﬁ', 'fi'].map((name) => unique(name, 'md')), ['A.md', 'a (2).md', 'a (3).md', 'a (2) (2).md', 'A (2) (3).md', 'ﬁ.md', 'fi (2).md']);
    const many = uniqueNames();
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'A', 'a (2)', 'b')), (names) => {
      const given = names.map((name) => many(name, 'x').toLowerCase());
      assert.equal(new Set(given).size, given.length);
    }), { seed: 5 });
  });
});
