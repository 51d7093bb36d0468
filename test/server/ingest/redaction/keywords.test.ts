import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createKeywordScan } from '../../../../server/ingest/redaction/keywords.ts';

const keywords = ['ab', 'abc', 'bca', 'c', '-a', 'aaa'] as const;
const scan = createKeywordScan(keywords.map((keyword) => [keyword, keyword] as const));

function found(text: string): string[] {
  const hits: string[] = [];
  scan(text, (at, keyword) => hits.push(`${at} ${keyword}`));
  return hits.sort();
}

function searched(text: string): string[] {
  const hits: string[] = [];
  for (const keyword of keywords) {
    for (let at = 0; at < text.length; at++) {
      if (text.slice(at, at + keyword.length).toLowerCase() === keyword) hits.push(`${at} ${keyword}`);
    }
  }
  return hits.sort();
}

describe('keyword scan', () => {
  it('finds what a plain search finds', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', 'B', '-', 'x', 'é', '漢', '😀') });
    fc.assert(fc.property(texts, (text) => assert.deepEqual(found(text), searched(text))));
  });
});
