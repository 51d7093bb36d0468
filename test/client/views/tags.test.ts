import assert from 'node:assert/strict';
import { changedTags } from '../../../client/views/tags.ts';

describe('client: tags of several sessions', () => {
  it('change where all had them, and stay where one had them alone', () => {
    assert.deepEqual(changedTags(['a', 'own'], ['a'], ['b']), ['own', 'b']);
    assert.deepEqual(changedTags(['a', 'own'], ['a'], ['a', 'own']), ['a', 'own']);
    assert.deepEqual(changedTags([], [], ['b', 'b']), ['b']);
    assert.deepEqual(changedTags(['a'], ['a'], []), []);
  });
});
