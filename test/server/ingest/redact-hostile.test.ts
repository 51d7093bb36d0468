import assert from 'node:assert/strict';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { ownRules } from '../../../server/ingest/redaction/rules.ts';
import { examples } from './redaction/examples.ts';
import { thoroughly } from '../../support/thorough.ts';

const redactor = createRedactor();
const size = thoroughly(300_000, 1_000_000);
/** Milliseconds of processor time for a megabyte on a slow machine; quadratic time would be minutes. */
const bound = 20_000;

async function assertQuick(text: string): Promise<{ text: string; count: number }> {
  const before = process.cpuUsage();
  const result = await redactor.text(text);
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1000 < bound);
  return result;
}

const dashes = '-'.repeat(5);
const begin = `${dashes}BEGIN RSA PRIVATE KEY${dashes}`;
const units: readonly string[] = [
  ...['a', '=', '-', ' ', '\\', '"', '\n', 'A', '0', '+', '/', '.', ':', '@'],
  ...['\u0000', '\u001b[', '\u001b]', '\\u0041', '\\\\n'],
  ...['-----BEGIN ', '-----END ', begin, begin.replace('BEGIN', 'END'), `${begin}\n`, `${begin}${'A'.repeat(64)}\n`],
  ...['eyJ', 'eyJaaaaaaaa.', '-eyJ', '://', '://a:', '://a:b', '://a:b@', 'https://', 'mongodb://'],
  ...['password', 'password=', 'password="', "password: '", 'token=token', 'token_', '--token ', 'secret_access_key', 'api_key = '],
  ...['_authToken=', '_auth=', 'Authorization: Bearer ', 'authorization:', 'authorization=a', 'cookie: a=bbbbbbb;', 'Basic ', 'curl -u '],
  ...['sig=', 'X-Amz-Signature=', 'SG.a.', 'xoxb-1-', 'sk-', 'ghp_', 'AKIA', 'ops_ey', '[redacted:', '[redacted:a]', 'secretlint-disable '],
];

describe('redaction of hostile text', function () {
  this.timeout(10 * bound);

  for (const unit of units) {
    it(`takes much of ${JSON.stringify(unit).slice(0, 60)} in its stride`, async () => {
      await assertQuick(unit.repeat(Math.ceil(size / unit.length)));
    });
  }

  it('takes much of every keyword', async () => {
    const words = ownRules.flatMap((rule) => rule.keywords);
    for (const page of [words.join(''), words.join(' = "')]) await assertQuick(page.repeat(Math.ceil(size / page.length)));
  });

  it('takes much of secrets', async () => {
    const texts = Object.values(examples).map(({ secret, text = secret }) => text);
    const page = texts.join('\n');
    const { count } = await assertQuick(`${page}\n`.repeat(Math.ceil(size / page.length)));
    assert.ok(count > texts.length * 10);
  });

  it('finds the one secret at the end of many megabytes', async () => {
    const secret = examples['github-token']?.secret ?? '';
    const { text, count } = await redactor.text(`${'The quick brown fox jumps over it.\n'.repeat(150_000)}${secret}`);
    assert.equal(count, 1);
    assert.ok(text.endsWith('\n[redacted:github-token]'));
  });
});
