import assert from 'node:assert/strict';
import { dataDirectoryOf, userDirectoryOf } from '../../../client/connection/directories.ts';

describe('client: directories', () => {
  it('take an absolute data directory, and ~ for home', () => {
    assert.deepEqual(dataDirectoryOf(' /data/day ', '/home/me'), { path: '/data/day' });
    assert.deepEqual(dataDirectoryOf('~/day', '/home/me'), { path: '/home/me/day' });
    assert.deepEqual(dataDirectoryOf('~', '/home/me'), { path: '/home/me' });
    assert.deepEqual(dataDirectoryOf('  ', '/home/me'), {});
  });

  it('say what is wrong with a relative one', () => {
    for (const value of ['day', './day', '~other/day']) {
      const { path, problem } = dataDirectoryOf(value, '/home/me');
      assert.equal(path, undefined);
      assert.equal(problem?.where?.setting, 'daybook.dataDirectory');
      assert.ok(problem.message.includes(value));
    }
  });

  it('find the User directory of the editor, from a profile too', () => {
    assert.equal(userDirectoryOf('/c/Code/User/globalStorage/daybook.daybook'), '/c/Code/User');
    assert.equal(userDirectoryOf('/c/Code/User/profiles/-1a2b/globalStorage/daybook.daybook'), '/c/Code/User');
    assert.equal(userDirectoryOf('/c/elsewhere'), undefined);
  });
});
