import assert from 'node:assert/strict';
import { isReload } from '../../../client/connection/reload.ts';

describe('client: a file that is read anew', () => {
  it('is no typing, no undo, and no news of a save', () => {
    const contentChanges = ['text'];
    assert.equal(isReload({ document: { isDirty: false }, contentChanges }), true);
    assert.equal(isReload({ document: { isDirty: true }, contentChanges }), false);
    assert.equal(isReload({ document: { isDirty: false }, contentChanges, reason: 1 }), false);
    assert.equal(isReload({ document: { isDirty: false }, contentChanges: [] }), false);
  });
});
