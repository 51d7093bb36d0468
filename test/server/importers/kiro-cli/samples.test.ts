import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kiroCli } from '../../../../server/importers/kiro-cli/index.ts';
import { count, header, messages, partsOf, readPath, recognisedSamples, samples, sessionIds, unknowns } from '../lineFiles.ts';

const file = join(samples, 'kiro-cli', 'session.jsonl');

describe('Kiro CLI: files of real releases', function () {
  before(function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!existsSync(file)) this.skip();
  });

  // Counted in the file by hand and with a script that shares nothing with the importer.
  it('reads session.jsonl, which is not named after its session', () => {
    const read = readPath(kiroCli, file);
    const id = 'c43a4f71-5710-45cf-b5fc-8072af1fa3c2';
    assert.deepEqual(sessionIds(read), [id]);
    assert.deepEqual(count(read, id), { prompts: 1, replies: 11, toolCalls: 10, usage: [0, 0, 0, 0, 0] });
    assert.deepEqual([unknowns(read), read.problems], [[], []]);
    const answers = messages(read).flatMap((record) => partsOf(record.data, 'tool_call_response'));
    assert.deepEqual(answers.map((part) => [part.status, part.exitCode]), Array.from({ length: 10 }, () => ['succeeded', 0]));
    assert.equal(header(read, id)?.title?.slice(0, 44), 'Do all of the following in THIS single turn,');
    assert.equal(header(read, id)?.time, '2026-06-05T01:10:16.000Z');
    const ids = messages(read).map((record) => record.id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is the only tool recognised among all samples', () => {
    assert.deepEqual(recognisedSamples(kiroCli), ['kiro-cli/session.jsonl']);
  });
});
