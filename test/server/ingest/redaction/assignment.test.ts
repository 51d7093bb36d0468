import assert from 'node:assert/strict';
import { secretKind } from '../../../../server/ingest/redaction/names.ts';
import { redactWithOwnRules } from '../../../../server/ingest/redaction/texts.ts';
import { random } from './examples.ts';

const generated = random(24);
const word = 'hunter' + '2';
const phrase = ['correct', 'horse', 'battery', 'staple'].join('-');
const strong = 'S3cr' + '3t!pass';

const found: readonly string[] = [
  `DB_PASSWORD=${word}`,
  `db_password: ${word}`,
  `PGPASSWORD=${word} psql -h db`,
  `-e POSTGRES_PASSWORD=${word}`,
  `spring.datasource.password=${word}`,
  `Server=x;User Id=sa;Password=${strong};`,
  `Server=x; User Id=sa; Pwd=${strong}`,
  `<password>${strong}</password>`,
  `export API_KEY=${generated}`,
  `{"apiKey": "${generated}"}`,
  `{"password": "${word}", "user": "maria"}`,
  `{\\"password\\":\\"${word}\\"}`,
  `const apiKey = '${generated}';`,
  `const token: string = "${generated}";`,
  `$env:API_TOKEN = "${generated}"`,
  `os.environ["SERVICE_TOKEN"] = '${generated}'`,
  `headers.set('X-Api-Key', '${generated}')`,
  `process.env.TOKEN ?? '${generated}'`,
  `PRIVATE-TOKEN: ${generated}`,
  `login --password ${word}`,
  `login --password=${word}`,
  `login --token "${generated}"`,
  `https://a.test/?access_token=${generated}&page=2`,
  `:password => "${word}"`,
  `passphrase = "${strong}"`,
  `password: "${phrase}"`,
  `DATADOG_API_KEY=${random(32, 'hex')}`,
  `ENCRYPTION_KEY=${random(64, 'hex')}`,
];

const harmless: readonly string[] = [
  'password: string',
  'password?: string | undefined;',
  'token = getToken()',
  'key={item.id}',
  "import { token } from './secret/token-key.ts';",
  'apiKey: process.env.API_KEY,',
  'connect(user=user, password=password, token=self.token)',
  'API_KEY=your-api-key',
  'TOKEN=<token>',
  'PASSWORD=${PASSWORD}',
  'PASSWORD=$PASSWORD',
  'token: ${{ secrets.GITHUB_TOKEN }}',
  'password: changeme',
  'DB_PASSWORD=changeme',
  '"password": "required"',
  'password: xxxxxxxxxxxx',
  "password: 'Enter your password'",
  '<input type="password" name="password" autocomplete="current-password">',
  "new Set(['password', 'range', 'number'])",
  "readFile('/etc/passwd', 'utf8')",
  'const secret = crypto.randomBytes(32).toString("hex");',
  "privateKey: fs.readFileSync('key.pem', 'utf8'),",
  'token: CancellationToken,',
  'secret: Uint8Array;',
  'max_tokens: 4096',
  `nextPageToken: '${generated}'`,
  `"cacheKey": "${random(64, 'hex')}"`,
  'secretName: my-app-secret',
  'the --password option is required',
  'PASSWORD_MIN_LENGTH=12',
  "if (token.type === 'identifier') {",
  "credentials: 'same-origin'",
  'exports.createDefaultAzureCredential = createDefaultAzureCredential;',
  'const SIGN_IN_SUBMIT_PASSWORD = 100003;',
  'AUTH_TOKEN=/run/secrets/token',
  'https://login.test/reset?password=',
];

describe('redaction of assigned values', () => {
  for (const text of found) {
    it(`finds the value in ${text.replaceAll(/[A-Za-z0-9]{20,}/g, '…')}`, () => {
      const result = redactWithOwnRules(text);
      assert.equal(result.count, 1);
      for (const value of [generated, word, strong, phrase]) assert.ok(!result.text.includes(value));
      assert.match(result.text, /\[redacted:[a-z-]+\]/);
    });
  }

  for (const text of harmless) {
    it(`leaves ${text} alone`, () => assert.deepEqual(redactWithOwnRules(text), { text, count: 0 }));
  }

  it('replaces a value to its end, however long', () => {
    assert.equal(redactWithOwnRules(`API_SECRET=${random(9000)} next`).text, 'API_SECRET=[redacted:assigned-secret] next');
  });

  it('takes all of a value that has separators in it where it has a line to itself', () => {
    for (const separator of [';', '&', ',']) {
      const value = `x7${separator}${random(9)}`;
      assert.equal(redactWithOwnRules(`A=1\nDB_PASSWORD=${value}\nB=2`).text, 'A=1\nDB_PASSWORD=[redacted:assigned-secret]\nB=2');
      assert.equal(redactWithOwnRules(`db:\n  password: ${value}\n`).text, 'db:\n  password: [redacted:assigned-secret]\n');
    }
    assert.equal(redactWithOwnRules(`?token=${random(20)}&page=2`).text, '?token=[redacted:assigned-secret]&page=2');
  });

  it('reads names in every case style', () => {
    const kinds = ['dbPassword', 'DB_PASSWORD_2', 'db-passwd-prod', 'PGPASSWORD'].map(secretKind);
    assert.deepEqual(kinds, ['password', 'password', 'password', 'password']);
    assert.equal(secretKind('clientSecret'), 'secret');
    for (const name of ['AWSSecretAccessKey', 'x-api-key', 'SECRET_KEY_BASE', 'npm_token']) assert.equal(secretKind(name), 'token', name);
    for (const name of ['primaryKey', 'AWS_ACCESS_KEY_ID', 'tokenizer', 'hasPassword', 'passwordHash', 'page_token', 'key']) {
      assert.equal(secretKind(name), undefined, name);
    }
  });
});
