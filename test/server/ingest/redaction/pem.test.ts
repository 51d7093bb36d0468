import assert from 'node:assert/strict';
import { redactWithOwnRules } from '../../../../server/ingest/redaction/texts.ts';
import { keyLines, pemLines } from './examples.ts';

const redact = (text: string): string => redactWithOwnRules(text).text;

function assertNoKey(text: string): void {
  for (const line of keyLines) {
    for (let at = 0; at + 8 <= line.length; at++) {
      const run = line.slice(at, at + 8);
      assert.ok(!text.includes(run), `“${run}” is left in ${text}`);
    }
  }
}

describe('redaction of private keys', () => {
  for (const kind of ['', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED ', 'PGP ']) {
    const label = `${kind}PRIVATE KEY${kind === 'PGP ' ? ' BLOCK' : ''}`;
    it(`replaces a whole ${label}`, () => {
      assert.equal(redact(`before\n${pemLines(label).join('\n')}\nafter`), 'before\n[redacted:private-key]\nafter');
    });
  }

  const separators = { 'written-out line breaks': '\\n', 'line breaks written out twice': '\\\\n', CRLF: '\r\n', spaces: ' ', nothing: '' };
  for (const [name, separator] of Object.entries(separators)) {
    it(`finds one with ${name} between its lines`, () => {
      assert.equal(redact(`key="${pemLines().join(separator)}"`), 'key="[redacted:private-key]"');
    });
  }

  for (const prefix of ['+', '-', ' ', '> ', '# ', '    ', '// ']) {
    it(`finds one behind “${prefix}”`, () => {
      const result = redact(pemLines().map((line) => prefix + line).join('\n'));
      assertNoKey(result);
      assert.ok(result.endsWith('[redacted:private-key]'), result);
    });
  }

  it('finds one in the string literals of a program', () => {
    assertNoKey(redact(pemLines().map((line) => `  "${line}\\n" +`).join('\n')));
  });

  it('takes what there is of a key that was cut off', () => {
    for (let lines = 2; lines < pemLines().length; lines++) {
      const result = redact(`${pemLines().slice(0, lines).join('\n')}\nThat was the key.`);
      assert.equal(result, '[redacted:private-key]\nThat was the key.');
    }
    assertNoKey(redact(`${pemLines().join('\\n').slice(0, 120)}","next":"value"}`));
  });

  it('takes the end of a key whose beginning is missing', () => {
    const tail = pemLines().slice(2).join('\n');
    assert.equal(redact(`… 3 lines left out\n${tail}\nbye`), '… 3 lines left out\n[redacted:private-key-tail]\nbye');
  });

  it('takes the headers of older formats with it', () => {
    const [begin = '', ...rest] = pemLines('PGP PRIVATE KEY BLOCK');
    assert.equal(redact([begin, 'Version: GnuPG v2', 'Comment: mine', '', ...rest].join('\n')), '[redacted:private-key]');
  });

  it('leaves certificates, public keys and talk of keys alone', () => {
    const dashes = '-----';
    for (const text of [
      pemLines('CERTIFICATE').join('\n'),
      pemLines('PUBLIC KEY').join('\n'),
      `A key begins with ${dashes}BEGIN PRIVATE KEY${dashes} and ends with ${dashes}END PRIVATE KEY${dashes}.`,
      `${dashes}BEGIN PRIVATE KEY${dashes}\n...\n${dashes}END PRIVATE KEY${dashes}`,
    ]) {
      assert.equal(redact(text), text);
    }
  });
});
