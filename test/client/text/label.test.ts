import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pickLabel, plainLabel, withoutIcons } from '../../../client/text/label.ts';

describe('client: labels', () => {
  it('are one line', () => {
    assert.equal(plainLabel('  fix\tthe\r\n login\u2028test '), 'fix the login test');
  });

  it('lose what reverses or hides text', () => {
    assert.equal(plainLabel('photo\u202egpj.exe'), 'photogpj.exe');
    assert.equal(plainLabel('a\u2066b\u2069c\u200bd\ufeff\u0007\u001b[31m'), 'abcd[31m');
    assert.equal(plainLabel('\u202e\u0000'), '');
  });

  it('end with an ellipsis where they are cut, between characters', () => {
    assert.equal(plainLabel('abcdef', 6), 'abcdef');
    assert.equal(plainLabel('abcdefg', 6), 'abcde…');
    assert.equal(plainLabel('🙂'.repeat(6), 6), '🙂'.repeat(6));
    assert.equal(plainLabel('🙂'.repeat(7), 6), '🙂🙂🙂🙂🙂…');
  });

  it('hold no icon for quick picks', () => {
    assert.doesNotMatch(pickLabel('run $(rm) $(sync~spin)'), /\$\(/);
    assert.equal(withoutIcons('costs $5 (about)'), 'costs $5 (about)');
  });

  it('are plain whatever the text is', () => {
    // Any UTF-16, halves of characters too; the library's own arbitrary for it takes seconds to make.
    const codeUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit));
    fc.assert(
      fc.property(fc.string({ unit: codeUnit }), fc.integer({ min: 1, max: 50 }), (text, maxLength) => {
        const label = plainLabel(text, maxLength);
        assert.ok(Array.from(label).length <= maxLength);
        assert.doesNotMatch(label, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
