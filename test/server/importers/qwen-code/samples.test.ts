import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { qwenCode } from '../../../../server/importers/qwen-code/index.ts';
import { claimed, count, header, message, partsOf, readPath, samples } from '../geminiReading.ts';

describe('Qwen Code: a file of a real release', function () {
  before(function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!existsSync(join(samples, 'qwen-code'))) this.skip();
  });

  it('reads session.jsonl', () => {
    const session = '69f0814a-8bfc-4c8e-93d3-05757f17b96f';
    const read = readPath(qwenCode, join(samples, 'qwen-code', 'session.jsonl'));
    assert.deepEqual(read.problems, []);
    assert.deepEqual([...new Set(read.records.map((record) => record.session))], [session]);
    // Counted in the file with a script that shares nothing with the importer.
    assert.deepEqual(count(read, session), { prompts: 1, replies: 2, toolCalls: 1, usage: [1050, 50, 25, 0] });
    assert.deepEqual(read.records.filter((record) => record.kind === 'unknown'), []);
    const { title, cwd, agent } = header(read, session);
    assert.deepEqual([title, cwd, agent], ['List the files here.', '/tmp/qwentest', { name: 'Qwen Code', version: '0.18.1' }]);
    assert.equal(message(read, 'c5a42b61-a532-4784-88a1-fb5f254241f9').durationMs, 47);
    assert.deepEqual(partsOf(message(read, '6f707088-7789-4729-ab24-90e8eaf14f09'), 'tool_call_response'), [
      { type: 'tool_call_response', id: 'call_1', response: 'Path must be absolute: .', status: 'failed', durationMs: 0 },
    ]);
  });

  it('is the only tool recognised among all samples', () => {
    assert.deepEqual(claimed(qwenCode), [join('qwen-code', 'session.jsonl')]);
  });
});
