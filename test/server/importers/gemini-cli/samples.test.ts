import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { geminiCli } from '../../../../server/importers/gemini-cli/index.ts';
import { claimed, count, header, messageIds, readPath, samples, type Counts } from '../geminiReading.ts';

// Counted in the files with a script that shares nothing with the importer: of each message the last version, rewound ones too;
// output with the thoughts.
const expected: Readonly<Record<string, { readonly session: string; readonly title: string; readonly counts: Counts }>> = {
  'session-rewind.jsonl': {
    session: 'ca28c1ad-71ff-409f-bd58-7f61ce1fc818',
    title: 'Reply with exactly the word: one',
    counts: { prompts: 3, replies: 7, toolCalls: 4, usage: [85372, 0, 2341, 2261] },
  },
  'session-task-list.jsonl': {
    session: '876f478d-1913-44d3-abac-76425bbd6e27',
    title: 'Use your write_todos tool to create exactly three todo items, in this order: \'read README\', \'summarize README\', \'reply…',
    counts: { prompts: 1, replies: 8, toolCalls: 8, usage: [41841, 60720, 936, 468] },
  },
};

describe('Gemini CLI: files of real releases', function () {
  before(function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!existsSync(join(samples, 'gemini-cli'))) this.skip();
  });

  for (const [file, { session, title, counts }] of Object.entries(expected)) {
    it(`reads ${file}`, () => {
      const read = readPath(geminiCli, join(samples, 'gemini-cli', file));
      assert.deepEqual(read.problems, []);
      assert.deepEqual([...new Set(read.records.map((record) => record.session))], [session]);
      assert.deepEqual(count(read, session), counts);
      assert.equal(header(read, session).title, title);
      assert.match(header(read, session).cwd ?? '', /\/cwd$/);
      assert.deepEqual(read.records.filter((record) => record.kind === 'unknown'), []);
    });
  }

  it('marks what was rewound, and nothing else', () => {
    const read = readPath(geminiCli, join(samples, 'gemini-cli', 'session-rewind.jsonl'));
    const gone = ['2ea7a312-297c-49e8-9c8e-4a21d834cb3b', 'b2b3eb9e-7dc0-4446-88bb-41f3bb803d45'];
    assert.deepEqual(messageIds(read, (data) => data.superseded === true), gone);
    assert.deepEqual(messageIds(read, (data) => data.synthetic === true), ['d04923d38bb0f6017037e74183378ef4']);
  });

  it('is the only tool recognised among all samples', () => {
    assert.deepEqual(claimed(geminiCli), Object.keys(expected).map((name) => join('gemini-cli', name)));
  });
});
