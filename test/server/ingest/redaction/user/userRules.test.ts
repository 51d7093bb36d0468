import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor, redactRecords, ruleSetVersion, type UsersRedactor } from '../../../../../server/ingest/redact.ts';
import { personalRules } from '../../../../../server/ingest/redaction/user/personal.ts';
import { compileUserRules } from '../../../../../server/ingest/redaction/user/userRules.ts';
import { noChoice, type RedactionChoice } from '../../../../../shared/userRules.ts';

const employee = { name: 'employee-number', pattern: 'EMP-\\d{6}', example: 'EMP-123456', counterExample: 'EMP-12' };
const home = '/home/ada.lovelace';

function redactor(choice: Partial<RedactionChoice>): UsersRedactor {
  const { rules, problems } = compileUserRules({ ...noChoice, ...choice }, home);
  assert.deepEqual(problems, []);
  return createRedactor(rules);
}

function problems(choice: Partial<RedactionChoice>): string {
  return compileUserRules({ ...noChoice, ...choice }, home).problems.map(({ message, where }) => `${where?.setting ?? ''}: ${message}`).join('\n');
}

/** Put together here, so that no such text stands in a file. */
const githubToken = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const pem = ['-----BEGIN RSA', 'KEY-----\nMIIEpAIBAAKCAQEAx7Rt0q2Wm9Kz4Vb8\nYc1Nf6Hs3Jd5Lg7PQwErTyUi0pAsDfGh\n-----END RSA', 'KEY-----'].join(' PRIVATE ');

const unicodeEscaped = (text: string): string => Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

const placeholder = '[redacted:employee-number]';

/** How a secret comes; and what is left where that is not the same with the placeholder in its place. */
const carriers: Readonly<Record<string, readonly [carry: (secret: string) => unknown, left?: string]>> = {
  'a text': [(secret) => `before ${secret} after`],
  'a key': [(secret) => ({ [secret]: 1 })],
  'JSON in JSON in JSON': [(secret) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify([secret]) }) })],
  'written-out escapes': [(secret) => `x ${unicodeEscaped(secret)} y`, `x ${placeholder} y`],
  'terminal colours': [(secret) => `a \u001b[31m${secret.slice(0, 3)}\u001b[0m${secret.slice(3, 5)}\u001b[1;32m${secret.slice(5)}\u001b[0m b`, `a \u001b[31m${placeholder}\u001b[0m b`],
  'invisible characters': [(secret) => Array.from(secret).join('\u200b'), placeholder],
  'a long text': [(secret) => `${'lorem ipsum '.repeat(3_000)}${secret}${' dolor'.repeat(3_000)}`],
  'lines of an array': [(secret) => ['first', `then ${secret}`, ['deeper', { text: secret }]]],
  'another secret beside it': [(secret) => `see ${githubToken} ${secret} ${githubToken}`, `see [redacted:github-token] ${placeholder} [redacted:github-token]`],
};

describe('rules of a person\'s own', () => {
  for (const [name, [carry, left]] of Object.entries(carriers)) {
    it(`find their text in ${name}, leave the rest, and find nothing a second time`, async () => {
      const rules = redactor({ rules: [employee] });
      await fc.assert(fc.asyncProperty(fc.integer({ min: 100_000, max: 999_999 }), async (number) => {
        const [result] = await rules.values([carry(`EMP-${number}`)]);
        assert.deepEqual(result?.value, left ?? carry(placeholder));
        assert.deepEqual(await rules.values([result?.value]), [{ value: result?.value, count: 0 }]);
      }), { numRuns: 4 });
    });
  }

  it('are applied to every record of a batch, whatever stands in the one before', async () => {
    const rules = redactor({ rules: [employee] });
    const record = (id: string, text: string) => ({ specversion: '1.0' as const, id, source: 'cli', type: 'dev.daybook.event.note', time: '2026-11-20T10:00:00.000Z', data: { text } });
    const records = await redactRecords(rules, [record('1', 'EMP-'), record('2', '123456'), record('EMP-123456', 'EMP-654321')]);
    assert.deepEqual(records.map(({ data }) => data), [{ text: 'EMP-' }, { text: '123456' }, { text: '[redacted:employee-number]' }]);
    assert.match(records[2]?.id ?? '', /^\[redacted:employee-number\]-[0-9a-f]{16}$/);
  });

  it('name the rule set, and none leaves it as it was', () => {
    assert.equal(redactor({}).ruleSet, ruleSetVersion);
    const sets = [redactor({ rules: [employee] }), redactor({ rules: [{ ...employee, ignoreCase: true }] }), redactor({ allow: ['x'] }), redactor({ personal: ['ip'] })].map(({ ruleSet }) => ruleSet);
    assert.equal(new Set([...sets, ruleSetVersion]).size, 5);
    for (const set of sets) assert.match(set, /\+user\.[0-9a-f]{8}$/);
  });

  it('change while a redactor is used, short texts that it knows included', async () => {
    const rules = createRedactor();
    const look = async (): Promise<unknown> => (await rules.values(['EMP-123456']))[0]?.value;
    assert.equal(await look(), 'EMP-123456');
    rules.use(compileUserRules({ ...noChoice, rules: [employee] }, home).rules);
    assert.equal(await look(), '[redacted:employee-number]');
    assert.equal(rules.now('is EMP-123456'), 'is [redacted:employee-number]');
  });

  it('that are bad cost only themselves, with the setting, the entry and the reason', async () => {
    const bad = [{ ...employee, name: 'looking', pattern: '(?=x)y' }, 'text', { ...employee, name: 'Not A Name' }, { ...employee, name: 'wrong-example', example: 'nothing' }, { name: 'greedy', pattern: '\\w+', example: 'x' },
      { ...employee, name: 'counter', counterExample: 'EMP-999999' }, { ...employee, colour: 'red' }];
    const said = problems({ rules: [...bad, employee] });
    for (const part of [/number 1 \(looking\) looks around/, /number 2 is not of the form/, /number 3 has a name/, /number 4 \(wrong-example\) does not match its own example/, /number 5 \(greedy\) matches ordinary text/,
      /number 6 \(counter\) matches its counter-example/, /number 7 \(employee-number\) has a/]) assert.match(said, part);
    assert.equal(said.split('\n').every((line) => line.startsWith('daybook.redaction.rules: The setting daybook.redaction.rules has an entry')), true);
    const rules = createRedactor(compileUserRules({ ...noChoice, rules: [...bad, employee] }, home).rules);
    assert.equal((await rules.text('EMP-123456')).text, '[redacted:employee-number]');
    assert.match(problems({ allow: [5, { pattern: ')|(' }], personal: ['shoe-size'] }), /allow.*number 1[^]*allow.*number 2[^]*personal.*number 1/);
  });

  it('take time that grows with the text, whatever the pattern', async () => {
    const rules = redactor({ rules: [{ name: 'slow', pattern: '(?:x+x+)+y', example: 'xxy' }] });
    assert.equal((await rules.text('x'.repeat(20_000))).count, 0);
  });
});

describe('what is allowed', () => {
  it('stays, by text and by pattern, whichever rule finds it', async () => {
    const exact = redactor({ allow: [githubToken] });
    assert.equal((await exact.text(`a ${githubToken} b`)).text, `a ${githubToken} b`);
    assert.equal((await exact.text(`a ${githubToken.replace('a1', 'b2')} b`)).text, 'a [redacted:github-token] b');
    const byPattern = redactor({ rules: [employee], allow: [{ pattern: 'EMP-00\\d+' }] });
    assert.equal((await byPattern.text('EMP-001234 EMP-123456')).text, 'EMP-001234 [redacted:employee-number]');
    const [sample, other] = [['Tr0ub4dor', '3xYz'].join('&'), ['Zx9Kq2', 'Lm4'].join('!')];
    const [named] = await redactor({ allow: [sample] }).values([{ password: sample, dbPassword: other }]);
    assert.deepEqual(named?.value, { password: sample, dbPassword: '[redacted:assigned-secret]' });
  });

  it('is never a private key', async () => {
    const { text } = await redactor({ allow: [{ pattern: '[^\\u0000]+' }, pem] }).text(`a ${pem} b`);
    assert.equal(text, 'a [redacted:private-key] b');
  });
});

describe('personal data', () => {
  it('is redacted where somebody wants it, and not otherwise', async () => {
    const text = 'Ada Lovelace <ada.lovelace@example.org>, +49 30 1234567, 203.0.113.7, /home/ada.lovelace/x';
    assert.equal((await createRedactor().text(text)).text, text);
    assert.equal((await redactor({ personal: ['email', 'phone', 'ip', 'owner'] }).text(text)).text,
      '[redacted:owner-name] [redacted:owner-name] <[redacted:email-address]>, [redacted:phone-number], [redacted:ip-address], /home/[redacted:owner-name]/x');
    assert.equal((await redactor({ personal: ['ip'] }).text(text)).text, text.replace('203.0.113.7', '[redacted:ip-address]'));
  });

  for (const { name, of, example, counterExample } of personalRules) {
    it(`has an example and a counter-example of ${name}: ${example}`, async () => {
      const rules = redactor({ personal: [of] });
      assert.equal((await rules.text(`so ${example}, then`)).text, `so [redacted:${name}], then`);
      assert.equal((await rules.text(`so ${counterExample} then`)).count, 0);
    });
  }

  it('of an owner whom nobody can tell by name is said', () => {
    assert.match(compileUserRules({ ...noChoice, personal: ['owner'] }, '/root').problems[0]?.message ?? '', /the home directory has no name/);
  });
});
