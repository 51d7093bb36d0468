import assert from 'node:assert/strict';
import { mistakeLine } from '../../../client/search/mistake.ts';
import { t as english } from '../translate.ts';

describe('a mistake in a search', () => {
  it('says where it is and what may be meant', () => {
    const mistake = { code: 'unknown-filter', from: 2, to: 7, message: 'There is no filter sorce:, perhaps source: is meant.', suggestion: 'source' };
    assert.deepEqual(mistakeLine(english, 'a sorce:codex', mistake), {
      label: mistake.message, description: 'at "sorce"; Enter writes source', corrected: 'a source:codex',
    });
  });

  it('says only where it is when nobody can tell what is meant', () => {
    const mistake = { code: 'unopened-parenthesis', from: 1, to: 2, message: 'This parenthesis was never opened.' };
    assert.deepEqual(mistakeLine(english, 'a) b', mistake), { label: mistake.message, description: 'at ")"' });
  });
});
