import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addressOf, fileName, parseAddress } from '../../../client/panels/address.ts';

describe('client: addresses of documents', () => {
  it('carry the id, whatever it holds, and a name for the tab', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (id, name) => {
        for (const kind of ['record', 'page'] as const) assert.deepEqual(parseAddress(addressOf(kind, id, name)), { kind, id });
      }),
    );
    assert.deepEqual(addressOf('page', 'recorded', 'Fix: a/b?'), { path: '/page/Fix a b.md', query: 'recorded' });
    assert.equal(addressOf('page', 'x', '///').path, '/page/page.md');
  });

  it('are told from others', () => {
    assert.equal(parseAddress({ path: '/other/x.md', query: 'id' }), undefined);
    assert.equal(parseAddress({ path: '/page/x.md', query: '' }), undefined);
  });
});

describe('client: file names', () => {
  it('are taken by every file system', () => {
    assert.equal(fileName('a<b>:c"d|e?f*g\\h/i'), 'a b c d e f g h i');
    assert.equal(fileName('../../etc/passwd'), 'etc passwd');
    assert.equal(fileName('ends with dots...'), 'ends with dots');
    assert.equal(fileName('\u202e\n'), '');
    assert.ok(fileName('x'.repeat(500)).length <= 80);
  });
});
