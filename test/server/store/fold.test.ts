import assert from 'node:assert/strict';
import { fold } from '../../../server/store/fold.ts';
import { seeded } from '../durability/random.ts';

/** The whole text at once. */
const slowly = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '').normalize('NFC');
const pieces = ['a', 'E', ' ', '<', '\n', '\u0301', '\u0338', '\u1100', '\u1161', '\u11a8', 'é', 'İ', 'Σ', '→', '👩', '\u200d', '\u3099', 'か', '\ud800', '\u0f71'];

describe('fold', () => {
  it('is without case and marks', () => {
    assert.equal(fold('Größe CAFÉ cafe\u0301 → İ'), 'große cafe cafe → i');
  });

  it('folds a piece of a text as the whole of it', () => {
    const random = seeded(11);
    for (let round = 0; round < 5_000; round++) {
      const text = Array.from({ length: 12 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      assert.equal(fold(text), slowly(text), JSON.stringify(text));
    }
  });
});
