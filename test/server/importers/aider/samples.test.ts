/** What real files hold, counted by a script that shares nothing with the importer: headings, `#### ` and `> Tokens:` lines. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { aider } from '../../../../server/importers/aider/index.ts';
import { claimedSamples, counts, header, readLines, sample, samples, type Counts } from '../importing.ts';

const rows: readonly (readonly [name: string, expected: Counts])[] = [
  ['aider/multi-turn.md', { sessions: 1, prompts: 3, replies: 3, toolCalls: 0, usage: [2358, 0, 0, 312] }],
  ['aider/partial-writes.md', { sessions: 1, prompts: 1, replies: 1, toolCalls: 0, usage: [2500, 0, 0, 1100] }],
];

describe('Aider: real files', () => {
  for (const [name, expected] of rows) {
    it(`counts ${name}`, function () {
      const text = sample(name);
      if (text === undefined) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
      const reading = readLines(aider, text, { path: `/x/${name}`, format: 'aider-markdown' });
      assert.deepEqual(counts(reading), expected);
      assert.equal(header(reading).agent?.version, '0.86.2');
    });
  }

  it('claims exactly its own among all samples', function () {
    if (!existsSync(samples)) return this.skip(); // As above.
    assert.deepEqual(claimedSamples(aider), rows.map(([name]) => name));
  });
});
