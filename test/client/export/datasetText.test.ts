import assert from 'node:assert/strict';
import { datasetRemarks, isOfExamples, readShares, splitsText } from '../../../client/export/datasetText.ts';
import type { DatasetPreview, ExportFormat } from '../../../shared/exportResults.ts';
import { t } from '../translate.ts';

const format: ExportFormat = { name: 'openai', displayName: 'OpenAI', extension: 'jsonl', audience: 'models', unit: 'session', layouts: ['file'], loses: 'Times.', options: {} };
const preview: DatasetPreview = {
  format: 'openai', output: '/set', splits: [{ name: 'train', file: 'data/train.jsonl', examples: 1_200, sessions: 30, bytes: 10 }, { name: 'test', file: 'data/test.jsonl', examples: 3, sessions: 1, bytes: 5 }],
  sessions: { chosen: 40, filtered: 0, empty: 8, repeated: 1, taken: 31 }, duplicates: { exact: 1, near: 2 }, redactions: 1, redacted: ['x'], withheld: 2, ruleSet: 'r', files: 4, bytes: 2_500, sample: '',
};

describe('client: a dataset in words', () => {
  it('reads shares as people write them, and nothing else', () => {
    assert.deepEqual(['90, 5, 5', '80:10:10', '1,0,0'].map(readShares), [[90, 5, 5], [80, 10, 10], [1, 0, 0]]);
    assert.deepEqual(['', '90', '90,5', '0,5,5', '90,5,5,5', '90,5,x', '-1,5,5', '90.5,5,4.5'].map(readShares), Array(8).fill(undefined));
  });

  it('says what it would be, what is left out, and what to know', () => {
    assert.equal(splitsText(preview), `train ${(1_200).toLocaleString()}, test 3`);
    assert.deepEqual(datasetRemarks(t, preview, format), [
      `Examples: train ${(1_200).toLocaleString()}, test 3; 2.5 KB in all.`, 'They are of 31 sessions. 9 more give no example that is new.',
      'Left out because they were there before: 1 the same, 2 nearly the same.', '2 records leave without content, or not at all: their folders allow no more now.',
      '1 secret that only the rules of today know is redacted in the export.',
      'This format loses: Times.', 'It was recorded for you alone, and may hold words and code of others. Read it before you give it away.',
    ]);
    const clean = { ...preview, sessions: { chosen: 1, filtered: 0, empty: 0, repeated: 0, taken: 1 }, duplicates: { exact: 0, near: 0 }, redactions: 0, withheld: 0 };
    assert.deepEqual(datasetRemarks(t, clean, format).slice(1, 3), ['They are of 1 session.', 'This format loses: Times.']);
  });

  it('is made of formats of examples, one a line', () => {
    assert.deepEqual([format, { ...format, unit: 'record' as const }, { ...format, extension: 'json' }, { ...format, audience: 'people' as const }].map(isOfExamples), [true, false, false, false]);
  });
});
