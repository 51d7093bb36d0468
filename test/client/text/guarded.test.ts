import assert from 'node:assert/strict';
import fc from 'fast-check';
import { guarded } from '../../../client/text/guarded.ts';

describe('client: what it says in the output channel', () => {
  it('has nothing in it that may be a secret', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    assert.equal(guarded(`it is ${token}.`), 'it is [left out].');
    assert.equal(guarded('cannot reach https://ada:lovelace@git.test/r'), 'cannot reach https://[left out]@git.test/r');
    assert.equal(guarded('password: hunter2, and "token":"x y"'), 'password: [left out], and "token":"[left out] y"');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => !guarded(`${before} ${token} ${after}`).includes(token)));
  });

  it('says what it said otherwise', () => {
    for (const message of [
      'The server stopped. It ended with 1.', 'The session claude-code:5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11 is gone.',
      'ENOENT: no such file or directory, open /home/ada/.local/share/daybook/journal/events/2026-11-20.jsonl', 'internationalisation-of-everything', '12345678901234567890',
    ]) assert.equal(guarded(message), message);
  });

  it('is bounded, and made in linear time', () => {
    const started = process.cpuUsage();
    for (const text of ['a1'.repeat(5e6), '://'.repeat(3e6), 'token='.repeat(2e6), '-'.repeat(1e7)]) assert.ok(guarded(text).length < 8_000);
    const { user } = process.cpuUsage(started);
    assert.ok(user < 1e6, `${user / 1e3} ms`);
  });
});
