import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { copilotCli } from '../../../../server/importers/copilot-cli/index.ts';
import { count, header, messages, partsOf, readPath, recognisedSamples, samples, sessionIds, unknowns } from '../lineFiles.ts';

const folder = join(samples, 'copilot-cli');

describe('Copilot CLI: files of real releases', function () {
  before(function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!existsSync(folder)) this.skip();
  });

  // Counted in the files by hand and with a script that shares nothing with the importer.
  it('reads subagent.jsonl', () => {
    const read = readPath(copilotCli, join(folder, 'subagent.jsonl'));
    const id = 'fcf48e4f-66a8-4157-a7ea-69ef91674c6e';
    const agent = `${id}:agent-call_wOCm9GnVqiwkxaCfoP8JD25O`;
    assert.deepEqual(sessionIds(read), [id, agent]);
    // The tool says: 91815 read, 60928 of it from the cache, 2133 written, 261 of it by the agent, 1600 of it reasoning.
    assert.deepEqual(count(read, id), { prompts: 1, replies: 4, toolCalls: 3, usage: [30_887, 60_928, 0, 1_872, 1_600] });
    assert.deepEqual(count(read, agent), { prompts: 0, replies: 1, toolCalls: 0, usage: [0, 0, 0, 261, 0] });
    assert.deepEqual([unknowns(read), read.problems], [[], []]);
    assert.equal(header(read, agent)?.title, 'Write two-sentence JSONL explanation');
    const { git, agent: tool, titleSource } = header(read, id) ?? {};
    assert.deepEqual([git?.branch, git?.remote, tool?.version, titleSource], [
      'feat/1256-copilot-adapter', 'https://github.com/ingo-eichhorst/Irrlicht', '1.0.78', 'first-prompt',
    ]);
    const answers = messages(read, id).flatMap((record) => partsOf(record.data, 'tool_call_response'));
    assert.deepEqual(answers.map((part) => [part.status, part.durationMs]), [['failed', 261], ['failed', 72], ['succeeded', 6865]]);
  });

  it('reads many-record-types.jsonl, from which all ids but the first ones were trimmed', () => {
    const read = readPath(copilotCli, join(folder, 'many-record-types.jsonl'));
    assert.deepEqual([unknowns(read), read.problems], [[], []]);
    assert.deepEqual(sessionIds(read), ['copilot_stage0_small']);
    assert.deepEqual(count(read, 'copilot_stage0_small'), { prompts: 2, replies: 5, toolCalls: 5, usage: [0, 0, 0, 15, 0] });
    const answers = messages(read).flatMap((record) => partsOf(record.data, 'tool_call_response'));
    assert.deepEqual(answers.map((part) => part.status), ['succeeded', 'failed', 'failed', 'failed']);
  });

  it('gives every record an id of its own', () => {
    for (const file of ['subagent.jsonl', 'many-record-types.jsonl']) {
      const ids = messages(readPath(copilotCli, join(folder, file))).map((record) => `${record.session} ${record.id}`);
      assert.equal(new Set(ids).size, ids.length, file);
    }
  });

  it('is the only tool recognised among all samples', () => {
    assert.deepEqual(recognisedSamples(copilotCli), ['copilot-cli/many-record-types.jsonl', 'copilot-cli/subagent.jsonl']);
  });
});
