/** What real files hold, counted by hand: requests, requests with an answer, and tool calls as a person sees them. */

import assert from 'node:assert/strict';
import type { Counts } from './reading.ts';
import { counts, header, message, readDocument, readLines, sample } from './reading.ts';

type Row = readonly [name: string, format: string, expected: Counts];

const rows: readonly Row[] = [
  ['oplog-snapshot.jsonl', 'copilot-chat-oplog', { sessions: 1, prompts: 3, replies: 3, toolCalls: 2 }],
  // The tool that edits calls an internal one: three uses, of which the model asked for two.
  ['oplog-multiline.jsonl', 'copilot-chat-oplog', { sessions: 1, prompts: 2, replies: 2, toolCalls: 3 }],
  ['oplog-empty-then-patched.jsonl', 'copilot-chat-oplog', { sessions: 1, prompts: 1, replies: 1, toolCalls: 0 }],
  ['flat-v3.json', 'copilot-chat-json', { sessions: 1, prompts: 3, replies: 3, toolCalls: 2 }],
  ['export-mcp.json', 'copilot-chat-export', { sessions: 1, prompts: 1, replies: 1, toolCalls: 3 }],
  // The second request was stopped before anything was answered.
  ['export-cancelled.json', 'copilot-chat-export', { sessions: 1, prompts: 2, replies: 1, toolCalls: 0 }],
  ['transcript-events.jsonl', 'copilot-chat-transcript', { sessions: 1, prompts: 1, replies: 2, toolCalls: 2 }],
];

describe('copilot-chat: real files', () => {
  for (const [name, format, expected] of rows) {
    it(`counts ${name}`, function () {
      const text = sample(name);
      if (text === undefined) return this.skip();
      const read = name.endsWith('.json') ? readDocument(format, text) : readLines(format, text);
      assert.deepEqual(read.problems, []);
      assert.deepEqual(counts(read), expected);
      const parts = read.records.flatMap((record) => (record.kind === 'message' ? record.data.parts : []));
      assert.deepEqual(parts.filter((part) => part.type === 'unknown'), []);
    });
  }

  it('gives the same session and messages from the log and the document of one session', function () {
    const [log, document] = [sample('oplog-snapshot.jsonl'), sample('flat-v3.json')];
    if (log === undefined || document === undefined) return this.skip();
    const messages = [readLines('copilot-chat-oplog', log), readDocument('copilot-chat-json', document)].map((read) =>
      read.records.filter((record) => record.kind === 'message'));
    assert.deepEqual(messages[0], messages[1]);
  });

  it('reads details a person would look for', function () {
    const [log, cancelled] = [sample('oplog-multiline.jsonl'), sample('export-cancelled.json')];
    if (log === undefined || cancelled === undefined) return this.skip();
    const read = readLines('copilot-chat-oplog', log);
    assert.equal(header(read).title, 'Adding a joke to jokes.csv file');
    const reply = message(read, 'request_7a040c40-4542-4606-a202-7adbcb6c7738:reply');
    assert.deepEqual(reply.usage, { inputTokens: 9723, outputTokens: 33 });
    const calls = Array<string[]>(3).fill(['tool_call', 'tool_call_response']).flat();
    assert.deepEqual(reply.parts.map((part) => part.type), [...calls, 'edit', 'text']);
    const stopped = readDocument('copilot-chat-export', cancelled);
    assert.equal(message(stopped, 'request_70c4f858-06b8-4d4e-aeb2-41bd1d7fc442:prompt').outcome, 'cancelled');
    assert.ok(!JSON.stringify(stopped).includes('<instructions>'));
  });
});
