import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redactWithOwnRules } from '../../../../server/ingest/redaction/texts.ts';
import { views } from '../../../../server/ingest/redaction/views.ts';
import { random } from './examples.ts';

const secret = ['gh', 'p_', random(36)].join('');
const half = 17;
const joined = (between: string): string => `a ${secret.slice(0, half)}${between}${secret.slice(half)} b`;

describe('other readings of a string', () => {
  for (const [name, text] of [
    ['a colour change', joined('\u001b[0;32m')],
    ['a title sequence', joined('\u001b]0;title\u0007')],
    ['a zero-width space', joined('\u200b')],
    ['a line separator', joined('\u2028')],
    ['a zero byte', joined('\u0000')],
    ['a soft hyphen', joined('\u00ad')],
    ['a continued line', joined('\\\n')],
    ['an escaped letter', `a \\u0067${secret.slice(1)} b`],
    ['an escaped letter, escaped again', `a \\\\u0067${secret.slice(1)} b`],
    ['zero bytes everywhere', `a ${secret.split('').join('\u0000')} b`],
  ] as const) {
    it(`find a secret with ${name} inside`, () => assert.equal(redactWithOwnRules(text).text, 'a [redacted:github-token] b'));
  }

  it('find a secret whose slashes are escaped', () => {
    const key = `${random(10)}/${random(14)}/${random(14)}`;
    const json = JSON.stringify({ aws_secret_access_key: key }).replaceAll('/', '\\/');
    assert.equal(redactWithOwnRules(json).text, '{"aws_secret_access_key":"[redacted:aws-secret-access-key]"}');
  });

  it('are none for plain text', () => {
    assert.equal(views('const plain = "text";\r\n\tand more é 漢字').length, 1);
  });

  it('lead back to the original', () => {
    const pieces = fc.constantFrom('a', 'bc', '\\n', '\\u0041', '\\\\', '\u001b[1m', '\u200b', '漢', '\\"', '/');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        for (const view of views(text)) {
          for (let at = 0; at < view.text.length; at++) {
            const { start, end } = view.original({ start: at, end: at + 1 });
            assert.ok(start >= 0 && end > start && end <= text.length);
            if (end === start + 1) assert.equal(text.charAt(start), view.text.charAt(at));
          }
          const whole = view.original({ start: 0, end: view.text.length });
          assert.ok(view.text === '' || text.slice(whole.start, whole.end).length >= view.text.length);
        }
      }),
    );
  });
});
