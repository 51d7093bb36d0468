import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { createRedactor } from '../../../server/ingest/redact.ts';

const root = new URL('../../../', import.meta.url);
const redactor = createRedactor();

/** Files that are about secrets may hold what looks like one. */
const aboutSecrets = /redact/;

function sources(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: root }).filter((file) => !aboutSecrets.test(file)).sort();
}

async function changed(files: readonly string[]): Promise<readonly string[]> {
  const results = await redactor.values(files.map((file) => readFileSync(new URL(file.replaceAll('\\', '/'), root), 'utf8')));
  return files.flatMap((file, index) => {
    const result = results[index];
    return result && result.count > 0 ? [`${file}: ${/.{0,60}\[redacted:[a-z0-9-]+\].{0,20}/.exec(result.value)?.[0]}`] : [];
  });
}

describe('redaction of harmless text', function () {
  this.timeout(60_000);

  for (const pattern of ['{shared,server,client,media}/**/*.ts', 'package.json', 'package-lock.json', '{tsconfig,.mocharc}.json']) {
    it(`changes nothing in ${pattern}`, async () => {
      const files = sources(pattern);
      assert.ok(files.length > 0);
      assert.deepEqual(await changed(files), []);
    });
  }

  it('changes nothing in prose about secrets', async () => {
    const prose = [
      '# Setting up\n\nSet `API_KEY` to your key, or pass `--token <token>`. The password is read from the terminal and never stored.',
      'The server answers 401 when the Authorization header is missing. Use a bearer token; the token is valid for an hour.',
      'Secrets: we never log them. Credentials: see the vault. Key: the first column. Password: at least twelve characters.',
      'commit 5a1f0c3e9b7d2468ace013579bdf02468ace1357\nAuthor: Maria <maria@example.com>\nDate: Fri Nov 20 10:00:00 2026 +0000',
      '      "integrity": "sha512-q3ZgQm9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQsIGNvbnNlY3RldHVyIGFkaXBpc2NpbmcgZWxpdCwgc2VkIGRvIGVpdXNtb2Q==",',
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'declare function isCommaToken(token: CommentOrToken): token is CommaToken$1;\nvar buffer = Buffer.from(password, \'utf16le\');',
      'const accessToken = parseHTTPHeaderFromXMLHttpRequestURL2; token: "getUserNameFromOAuth2TokenResponse"',
      'toolu_01AbCdEfGhIjKlMnOpQrStUv msg_01XFDUDYJgAACzvnptvVoYEL 550e8400-e29b-41d4-a716-446655440000 v1.2.3-beta.4',
    ];
    for (const text of prose) assert.deepEqual(await redactor.text(text), { text, count: 0 });
  });
});
