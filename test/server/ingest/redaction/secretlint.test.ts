import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findWithPreset, mayBeginPreset, mayMatch, presetKeywords, presetRuleIds, presetVersion } from '../../../../server/ingest/redaction/secretlint.ts';
import { random } from './examples.ts';

const presetFile = fileURLToPath(import.meta.resolve('@secretlint/secretlint-rule-preset-recommend'));
const token = ['gh', 'p_', random(36)].join('');

describe('the preset of secretlint', () => {
  it('is the one whose rules were read for the quick look before it', () => {
    const digest = createHash('sha256').update(readFileSync(presetFile)).digest('hex').slice(0, 16);
    assert.equal(digest, 'd46c26921666d54d', 'Read the rules of the new preset, adapt mayMatch in secretlint.ts, then note its digest here.');
    const manifest: unknown = JSON.parse(readFileSync(presetFile.replace(/module[\\/]index\.js$/, 'package.json'), 'utf8'));
    assert.equal((manifest as { version: string }).version, presetVersion);
    assert.equal(presetRuleIds.length, 24);
  });

  it('is asked about every text in which it may find something', () => {
    fc.assert(fc.property(fc.stringMatching(mayMatch), fc.string(), fc.string(), (match, before, after) => {
      const text = before + match + after;
      const lower = text.toLowerCase();
      return presetKeywords.some((keyword) => Array.from(lower, (_, at) => at).some((at) => lower.startsWith(keyword, at) && mayBeginPreset(text, at)));
    }), { numRuns: 3_000 });
  });

  it('finds secrets in many texts at once and says where', async () => {
    const texts = ['nothing', `a ${token} b`, '', token, 'AKI', ['AK', 'IA', random(16, 'upper')].join('')];
    const found = await findWithPreset(texts);
    assert.deepEqual(found.map((findings) => findings.map(({ start, end, rule }) => `${start}-${end} ${rule}`)), [
      [],
      ['2-42 secretlint-github'],
      [],
      ['0-40 secretlint-github'],
      [],
      ['0-20 secretlint-aws'],
    ]);
  });

  it('does not join what stands in two texts', async () => {
    assert.deepEqual(await findWithPreset([token.slice(0, 20), token.slice(20), 'mongodb://a', ':word@host.test/x']), [[], [], [], []]);
  });

  it('does not listen to comments in the text', async () => {
    const [findings] = await findWithPreset([`// secretlint-disable\n${token}`]);
    assert.equal(findings?.length, 1);
  });

  it('leaves account numbers alone', async () => {
    assert.deepEqual(await findWithPreset(['aws_account_id: 123456789012']), [[]]);
  });
});
