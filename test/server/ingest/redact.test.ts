import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor, redactRecords, ruleSetVersion } from '../../../server/ingest/redact.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { examples, keyLines, pemLines, random } from './redaction/examples.ts';

const redactor = createRedactor();
const token = ['gh', 'p_', random(36)].join('');
const otherToken = ['gh', 'p_', random(35), 'Q'].join('');
const gone = '[redacted:github-token]';
const assigned = '[redacted:assigned-secret]';

async function redact<T>(value: T): Promise<{ value: T; count: number }> {
  const [result] = await redactor.values([value]);
  assert.ok(result);
  return result;
}

describe('redactor', () => {
  it('names its rule set', () => assert.match(ruleSetVersion, /^1\.[0-9a-f]{8}\+secretlint\.\d+\.\d+\.\d+$/));

  it('replaces every secret of a text and counts them', async () => {
    assert.deepEqual(await redactor.text(`one ${token}, two ${token}`), { text: `one ${gone}, two ${gone}`, count: 2 });
    assert.deepEqual(await redactor.text(''), { text: '', count: 0 });
  });

  it('names overlapping findings by the most certain rule', async () => {
    assert.equal((await redactor.text(`PASSWORD="${token}"`)).text, `PASSWORD="${gone}"`);
  });

  it('redacts what only the preset of secretlint finds', async () => {
    const webhook = 'https://hooks.slack.' + 'com/services/T1/B1/x';
    assert.deepEqual(await redactor.text(`to ${webhook} and ${token}`), { text: `to [redacted:secretlint-slack] and ${gone}`, count: 2 });
  });

  it('finds the same after it gave back what it remembers', async () => {
    const value = { note: 'nothing here', line: `export API_TOKEN_OF_THE_HOUSE=${token}` };
    const before = [await redact(value), await redact(value)];
    redactor.rest();
    assert.deepEqual([await redact(value), await redact(value)], before);
    assert.equal(before[1]?.count, 1);
  });

  it('leaves only the password of a URL out', async () => {
    const { text } = await redactor.text(`https://maria:${random(12)}%40${random(6)}@git.test/r.git?x=1`);
    assert.equal(text, 'https://maria:[redacted:url-password]@git.test/r.git?x=1');
  });

  it('is idempotent for its examples', async () => {
    for (const { secret, text = secret } of Object.values(examples)) {
      const once = await redactor.text(`${text} and "${text}"`);
      assert.deepEqual(await redactor.text(once.text), { text: once.text, count: 0 });
    }
  });

  it('is idempotent for whatever is made of pieces of secrets', async () => {
    const secrets = Object.values(examples).map(({ secret, text = secret }) => text);
    const piece = fc.oneof(
      fc.constantFrom(...secrets),
      fc.constantFrom(...secrets).chain((secret) => fc.nat({ max: secret.length }).map((length) => secret.slice(0, length))),
      fc.constantFrom('password=', '"token": "', '://', ':', '@', ' ', '\n', '\\n', '\\u0041', '"', '-----'),
      fc.constantFrom(gone, '[redacted:', ']', '\u001b[1m', '\u200b'),
      fc.string({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const once = await redactor.text(pieces.join(''));
        assert.deepEqual(await redactor.text(once.text), { text: once.text, count: 0 });
      }),
      { numRuns: 300 },
    );
  });
});

describe('redaction of values', () => {
  it('reaches strings and keys at any depth and keeps the structure', async () => {
    const value = { a: [1, null, true, { [token]: `x ${token}`, n: { m: [[token]] } }], b: 'plain' };
    const expected = { a: [1, null, true, { [gone]: `x ${gone}`, n: { m: [[gone]] } }], b: 'plain' };
    assert.deepEqual(await redact(value), { value: expected, count: 3 });
  });

  it('returns the same reference where nothing changes', async () => {
    const untouched = { a: ['b', { c: 1 }] };
    const both = { untouched, token };
    assert.equal((await redact(untouched)).value, untouched);
    const { value } = await redact(both);
    assert.notEqual(value, both);
    assert.equal(value.untouched, untouched);
    assert.equal(both.token, token);
  });

  it('counts for each value of a batch', async () => {
    const results = await redactor.values([token, 'plain', { a: token, b: `${token} ${token}` }]);
    assert.deepEqual(results.map(({ count }) => count), [1, 0, 3]);
  });

  it('keeps keys apart that become the same', async () => {
    const other = ['gh', 'p_', random(36)].join('');
    assert.deepEqual((await redact({ [token]: 1, [other]: 2 })).value, { [gone]: 1, [`${gone} 2`]: 2 });
  });

  it('keeps __proto__ an own key and pollutes nothing', async () => {
    const { value } = await redact(JSON.parse(`{"__proto__": {"polluted": "${token}"}, "constructor": 1}`) as object);
    assert.equal(JSON.stringify(value), `{"__proto__":{"polluted":"${gone}"},"constructor":1}`);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal('polluted' in {}, false);
  });

  it('understands names around a string', async () => {
    const password = 'correct-horse' + '-battery';
    const settings = { password, user: 'maria', env: { API_KEY: random(24) } };
    assert.deepEqual((await redact(settings)).value, { password: assigned, user: 'maria', env: { API_KEY: assigned } });
    assert.deepEqual((await redact(['login', '--password', password])).value, ['login', '--password', assigned]);
    assert.deepEqual((await redact([{ name: 'API_TOKEN', value: random(24) }])).value, [{ name: 'API_TOKEN', value: assigned }]);
    assert.deepEqual((await redact(['Authorization', `Token ${random(24)}`])).value, ['Authorization', assigned]);
    const harmless = { password: '${PASSWORD}', token: 'next', type: 'password', inputTokens: 7, secretName: 'app', key: 'ctrl+shift+p' };
    assert.equal((await redact(harmless)).value, harmless);
  });

  it('is idempotent for values', async () => {
    const once = await redact({ password: `my ${token} 9x!`, list: ['--token', random(24)], [token]: pemLines() });
    assert.deepEqual(await redact(once.value), { value: once.value, count: 0 });
  });

  it('finds a key whose lines are the elements of an array', async () => {
    const lines = ['@@ -1 +1,6 @@', ...pemLines().map((line) => `+${line}`), ' end'];
    const { value, count } = await redact({ lines });
    assert.equal(count, 1);
    assert.equal(value.lines.length, lines.length);
    for (const line of keyLines) assert.ok(!JSON.stringify(value).includes(line.slice(4, 12)));
    assert.deepEqual([value.lines[0], value.lines.at(-1)], ['@@ -1 +1,6 @@', ' end']);
  });

  it('sees what an object would be in JSON', async () => {
    const { value } = await redact<unknown>({ at: new URL(`https://maria:${random(12)}@a.test/`) });
    assert.deepEqual(value, { at: 'https://maria:[redacted:url-password]@a.test/' });
  });

  it('walks deep values', async () => {
    let value: unknown = token;
    for (let depth = 0; depth < 1000; depth++) value = [value];
    assert.equal((await redact(value)).count, 1);
  });
});

describe('redaction of records', () => {
  const record: DaybookRecord = {
    specversion: '1.0',
    id: 'x:1',
    source: 'cli',
    type: 'dev.daybook.event.note',
    time: '2026-11-20T10:00:00.000Z',
    data: { text: 'plain' },
  };

  it('sets the number of redactions and adds to it', async () => {
    const secret = { ...record, subject: `echo ${token}`, data: { text: token } };
    const [plain, first, second] = await redactRecords(redactor, [record, secret, { ...secret, redactions: 3 }]);
    assert.equal(plain, record);
    assert.deepEqual(first, { ...record, subject: `echo ${gone}`, data: { text: gone }, redactions: 2 });
    assert.equal(second?.redactions, 5);
    assert.ok(first);
    assert.deepEqual(await redactRecords(redactor, [first]), [first]);
  });

  it('redacts workspace and session', async () => {
    const [result] = await redactRecords(redactor, [{ ...record, workspace: `file:///${token}`, sessionid: `cli:${token}` }]);
    assert.deepEqual(result, { ...record, workspace: `file:///${gone}`, sessionid: `cli:${gone}`, redactions: 2 });
  });

  it('redacts ids, and lets no two of them become one', async () => {
    const ids = [`a:${token}`, `a:${token}`, `a:${otherToken}`];
    const results = await redactRecords(redactor, ids.map((id) => ({ ...record, id })));
    assert.ok(results.every(({ id }) => id.startsWith(`a:${gone}-`)));
    assert.equal(results[0]?.id, results[1]?.id);
    assert.notEqual(results[0]?.id, results[2]?.id);
  });
});
