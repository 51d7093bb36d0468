import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { claudeCode } from '../../../../server/importers/claude-code/index.ts';
import { count, header, messages, partsOf, readPath, samples, sessionIds, type Counts } from './reading.ts';

// Counted in the files by hand and with a script that shares nothing with the importer.
const expected: Readonly<Record<string, { readonly session: string; readonly title: string; readonly counts: Counts }>> = {
  'compaction-2.1.143.jsonl': {
    session: '727af0e3-f50e-40ad-a592-82db36a13c4c',
    title: 'Acknowledge request confirmation',
    counts: { prompts: 2, replies: 2, toolCalls: 0, usage: [6, 25506, 15018, 10] },
  },
  'with-thinking.jsonl': {
    session: 'dac34307-159f-4fcd-9c21-35210246ad38',
    // The summary at its top is of a conversation that is not in the file.
    title: 'add another hello world console log to @index.ts',
    counts: { prompts: 1, replies: 2, toolCalls: 1, usage: [18, 32612, 7461, 484] },
  },
  'projects/-sample/30530d66-37fb-4f3b-aa5f-d92b6a8afae2.jsonl': {
    session: '30530d66-37fb-4f3b-aa5f-d92b6a8afae2',
    title: '/init',
    counts: { prompts: 2, replies: 15, toolCalls: 25, usage: [802193, 0, 0, 4756] },
  },
  'projects/-sample/4c289ca8-f8bb-4588-8400-88b78beb784d.jsonl': {
    session: '4c289ca8-f8bb-4588-8400-88b78beb784d',
    title: 'Add a small comment to ClaudeAgentManager',
    counts: { prompts: 2, replies: 5, toolCalls: 5, usage: [29, 78476, 7775, 538] },
  },
  'projects/-sample/50a7220d-7250-46f3-b38e-b716ce25032e.jsonl': {
    session: '50a7220d-7250-46f3-b38e-b716ce25032e',
    title: 'use a subagent to run \'sleep 10\'. just a test',
    counts: { prompts: 1, replies: 2, toolCalls: 1, usage: [22, 15962, 16233, 4] },
  },
  'projects/-sample/50a7220d-7250-46f3-b38e-b716ce25032e/subagents/agent-a21e2f5.jsonl': {
    session: '50a7220d-7250-46f3-b38e-b716ce25032e:agent-a21e2f5',
    title: 'Run the command: sleep 10',
    counts: { prompts: 0, replies: 2, toolCalls: 1, usage: [24, 4418, 4563, 6] },
  },
  'projects/-sample/b3a7bd3c-5a10-4e7b-8ff0-7fc0cd6d1093.jsonl': {
    session: 'b3a7bd3c-5a10-4e7b-8ff0-7fc0cd6d1093',
    title: 'Run 4 subagents in parallel that just run the sleep commands with 1, 2, 3, 4 respectively, just a test',
    counts: { prompts: 1, replies: 2, toolCalls: 4, usage: [24, 15973, 16832, 4] },
  },
  'projects/-sample/b3a7bd3c-5a10-4e7b-8ff0-7fc0cd6d1093/subagents/agent-a775a67.jsonl': {
    session: 'b3a7bd3c-5a10-4e7b-8ff0-7fc0cd6d1093:agent-a775a67',
    title: 'Run: sleep 1',
    counts: { prompts: 0, replies: 2, toolCalls: 1, usage: [24, 4410, 4558, 11] },
  },
};

describe('Claude Code: files of real releases', function () {
  before(function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!existsSync(join(samples, 'claude-code'))) this.skip();
  });

  for (const [file, { session, title, counts }] of Object.entries(expected)) {
    it(`reads ${file}`, () => {
      const read = readPath(join(samples, 'claude-code', file));
      assert.deepEqual(read.problems, []);
      assert.deepEqual(sessionIds(read), [session]);
      assert.deepEqual(count(read, session), counts);
      assert.equal(header(read, session)?.title, title);
      assert.deepEqual(read.records.filter((record) => record.kind === 'unknown'), []);
    });
  }

  it('reads many-record-types.jsonl, whose lines were put together from many sessions', () => {
    const read = readPath(join(samples, 'claude-code', 'many-record-types.jsonl'));
    assert.deepEqual(read.problems, []);
    assert.deepEqual(read.records.filter((record) => record.kind === 'unknown'), []);
    assert.deepEqual(sessionIds(read), ['ses_stage0_small', 'ses_stage0_small:sidechain']);
    // The prompt was queued while the agent worked. 48 lines say another session and are copies.
    assert.deepEqual(count(read, 'ses_stage0_small'), { prompts: 1, replies: 1, toolCalls: 1, usage: [10, 0, 0, 5] });
    assert.deepEqual(count(read, 'ses_stage0_small:sidechain'), { prompts: 0, replies: 3, toolCalls: 1, usage: [0, 0, 0, 0] });
    const responses = messages(read).flatMap((record) => partsOf(record.data, 'tool_call_response'));
    assert.deepEqual(responses.map((part) => part.status), ['succeeded', 'denied', 'succeeded']);
    assert.equal(header(read, 'ses_stage0_small')?.title, 'Stage0 small fixture');
  });

  it('gives every record an id of its own', () => {
    for (const file of Object.keys(expected)) {
      const ids = messages(readPath(join(samples, 'claude-code', file))).map((record) => record.id);
      assert.equal(new Set(ids).size, ids.length, file);
    }
  });

  it('is the only tool recognised among all samples', () => {
    const files = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const recognised = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => {
      return claudeCode.recognise({ path, head: readFileSync(path).subarray(0, 64 * 1024).toString('utf8') }) !== undefined;
    });
    const names = recognised.map((path) => relative(join(samples, 'claude-code'), path).split(sep).join('/')).sort();
    assert.deepEqual(names, [...Object.keys(expected), 'many-record-types.jsonl'].sort());
  });
});
