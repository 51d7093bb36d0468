import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Core } from '../../server/core.ts';
import { folderForEachTest } from '../support/folder.ts';
import { openCore } from '../support/core.ts';
import { samples } from '../support/places.ts';

/** Real files of the tools, counted by hand and by an independent script: the sums over the tables of the importers' own tests. */
const expected = {
  aider: { files: 2, sessions: 2, prompts: 4, replies: 4, toolExecutions: 0, problems: 0 },
  'claude-code': { files: 9, sessions: 10, prompts: 10, replies: 36, toolExecutions: 40, problems: 0 },
  cline: { files: 1, sessions: 1, prompts: 5, replies: 16, toolExecutions: 11, problems: 0 },
  codex: { files: 5, sessions: 8, prompts: 12, replies: 34, toolExecutions: 51, problems: 0 },
  continue: { files: 1, sessions: 1, prompts: 1, replies: 3, toolExecutions: 2, problems: 0 },
  'copilot-cli': { files: 2, sessions: 3, prompts: 3, replies: 10, toolExecutions: 8, problems: 0 },
  cursor: { files: 1, sessions: 1, prompts: 1, replies: 10, toolExecutions: 10, problems: 0 },
  'gemini-cli': { files: 2, sessions: 2, prompts: 4, replies: 15, toolExecutions: 12, problems: 0 },
  'kiro-cli': { files: 1, sessions: 1, prompts: 1, replies: 11, toolExecutions: 10, problems: 0 },
  opencode: { files: 1, sessions: 1, prompts: 1, replies: 1, toolExecutions: 1, problems: 0 },
  'qwen-code': { files: 1, sessions: 1, prompts: 1, replies: 2, toolExecutions: 1, problems: 0 },
  'copilot-chat': { files: 7, sessions: 6, prompts: 10, replies: 10, toolExecutions: 10, problems: 0 },
};

describe('real session files', function () {
  this.timeout(30_000);
  const folder = folderForEachTest();
  before(function () {
    if (!existsSync(samples)) this.skip();
  });

  const withCore = async <T>(work: (core: Core) => Promise<T> | T): Promise<T> => {
    const core = openCore(join(folder.path, 'data'), folder.path);
    try {
      return await work(core);
    } finally {
      await core.close();
    }
  };

  it('are all read, no message counted twice, and a second run adds nothing', async () => {
    const first = await withCore((core) => core.import({ from: [samples] }));
    for (const [source, counts] of Object.entries(expected)) {
      const { newRecords, usage, ...rest } = first.sources[source] ?? { newRecords: 0, usage: {} };
      assert.deepEqual(rest, counts, source);
      assert.deepEqual([newRecords > 0, Object.keys(usage).length], [true, 5]);
      assert.ok(!first.unrecognised.some((path) => path.includes(`${sep}${source}${sep}`)), `a sample of ${source} was not recognised`);
    }
    assert.ok(first.unrecognised.some((path) => path.endsWith('README.md')));
    const second = await withCore((core) => core.import({ from: [samples] }));
    for (const [source, counts] of Object.entries(second.sources)) assert.deepEqual(counts, { ...first.sources[source], newRecords: 0 }, source);
  });

  it('give the same answers when the database is deleted and made again', async () => {
    const answers = (core: Core): unknown => [
      ...['the', 'file', 'hello world', '"add a comment"', 'conso*', 'sleep -subagent', 'комм* OR test'].map((query) => core.search({ query, limit: 50 })),
      core.sessions({ limit: 1_000 }).sessions.map(({ id }) => core.session(id)),
      { ...core.stats(), databaseBytes: 0 },
    ];
    const before = await withCore(async (core) => {
      await core.import({ from: [samples] });
      return answers(core);
    });
    rmSync(join(folder.path, 'data/daybook.db'));
    const after = await withCore((core) => {
      core.rebuild();
      return answers(core);
    });
    assert.deepEqual(after, before);
  });

  it('are not read again when nothing changed, and read whole when the database is lost', async () => {
    await withCore((core) => core.import({ from: [samples] }));
    rmSync(join(folder.path, 'data/daybook.db'));
    const again = await withCore(async (core) => {
      core.catchUp();
      return core.import({ from: [samples] });
    });
    for (const [source, { newRecords }] of Object.entries(again.sources)) assert.equal(newRecords, 0, source);
  });
});
