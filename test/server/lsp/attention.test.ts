import assert from 'node:assert/strict';
import { createAttention } from '../../../server/lsp/attention.ts';

describe('attention', () => {
  it('is the latest thing whose cause is still there', () => {
    let changes = 0;
    const attention = createAttention(() => changes++);
    assert.equal(attention.message, undefined);
    attention.raise('sources', 'A tool could not be read.');
    attention.raise('recording', 'An edit was lost.');
    assert.equal(attention.message, 'An edit was lost.');
    attention.clear('recording');
    assert.equal(attention.message, 'A tool could not be read.');
    attention.raise('sources', 'Another tool could not be read.');
    attention.clear('sources');
    assert.deepEqual([attention.message, changes], [undefined, 5]);
  });

  it('tells of changes only', () => {
    let changes = 0;
    const attention = createAttention(() => changes++);
    attention.clear('sources');
    attention.raise('sources', 'Once.');
    attention.raise('sources', 'Once.');
    assert.equal(changes, 1);
  });
});
