import assert from 'node:assert/strict';
import { applyOp, parseOp } from '../../../../server/importers/copilot-chat/oplog.ts';
import type { JsonObject } from '../../../../server/importers/formats/json.ts';
import { counts, fixture, header, latest, message, readDocument, readLines } from './reading.ts';

const oplog = 'copilot-chat-oplog';
const json = 'copilot-chat-json';
const workspaceJson = JSON.stringify({ folder: 'file:///home/ada/my%20shop' });

function replayed(text: string): JsonObject {
  let document: JsonObject | undefined;
  for (const line of text.trimEnd().split('\n')) {
    const op = parseOp(line);
    if (op.kind !== 'fault') document = applyOp(document, op).document;
  }
  return document ?? {};
}

describe('copilot-chat: op-logs and documents', () => {
  const read = readLines(oplog, fixture('oplog.jsonl'), { neighbours: { '../workspace.json': workspaceJson } });

  it('reads every line, and counts each thing once', () => {
    assert.deepEqual(read.problems, []);
    // Requests one, two and three are of a person, four is of the tool; one and two were answered, three failed with a remark.
    assert.deepEqual(counts(read), { sessions: 1, prompts: 3, replies: 3, toolCalls: 3 });
  });

  it('says of the session what the document says', () => {
    assert.deepEqual(header(read), {
      title: 'Flaky login test',
      titleSource: 'ai',
      agent: { name: 'Copilot Chat', version: '0.50.1' },
      fidelity: 'full',
      format: oplog,
      origin: '/data/chatSessions/stem.jsonl',
      cwd: '/home/ada/my shop',
      git: { branch: 'fix/login', commit: '0123abc', remote: 'https://example.com/ada/shop.git' },
    });
    const record = read.records[0];
    assert.equal(record?.session, '11111111-aaaa-4bbb-8ccc-000000000001');
    assert.equal(record.time, '2026-05-28T20:26:40.000Z');
    assert.equal(record.workspace, 'file:///home/ada/my%20shop');
  });

  it('keeps the prompt with what was attached, and leaves hidden instructions out', () => {
    assert.deepEqual(message(read, 'request_one:prompt'), {
      role: 'user',
      parts: [
        { type: 'text', content: 'Why does the login test fail?\nIt is flaky.' },
        { type: 'uri', uri: 'file:///home/ada/shop/src/login.ts', name: 'login.ts', range: { start: 3, end: 9 } },
        { type: 'blob', mimeType: 'image/png', bytes: 4, sha256: '0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543' },
        { type: 'text', content: 'expect(user).toBeDefined()' },
        { type: 'unknown', nativeType: 'hologram', raw: { kind: 'hologram', id: 'd', name: 'new thing', value: 7 } },
      ],
    });
  });

  it('tells the reply in the order of the response, each tool call once', () => {
    const edit = { text: 'await ready();', range: { startLineNumber: 4, startColumn: 1, endLineNumber: 4, endColumn: 1 } };
    assert.deepEqual(message(read, 'request_one:reply').parts, [
      { type: 'reasoning', content: 'Look at the test first.' },
      { type: 'text', content: "I'll look at [login test.ts](file:///home/ada/shop/src/login%20test.ts) first." },
      { type: 'tool_call', id: 'call_read', name: 'read_file', arguments: { filePath: '/home/ada/shop/src/login.ts' } },
      { type: 'tool_call_response', id: 'call_read', response: 'line one\nline two', status: 'succeeded' },
      {
        type: 'tool_call',
        id: 'call_run',
        name: 'run_in_terminal',
        arguments: { command: 'npm test -- login', explanation: 'Run the tests' },
      },
      { type: 'tool_call_response', id: 'call_run', response: '1 failing', status: 'failed', exitCode: 1, durationMs: 1200 },
      { type: 'edit', uri: 'file:///home/ada/shop/src/login.ts', edits: [edit] },
      { type: 'notice', content: 'The file changed on disk.' },
      { type: 'unknown', nativeType: 'sparkles', raw: { kind: 'sparkles', amount: 3 } },
      { type: 'tool_call', id: 'call_todo', name: 'manage_todo_list', arguments: 'not json' },
      { type: 'tool_call_response', id: 'call_todo', response: '2 tasks', status: 'succeeded' },
      { type: 'text', content: 'It waits for the user now.' },
    ]);
  });

  it('gives the reply its model, tokens, duration, outcome and time', () => {
    const { parts, ...rest } = message(read, 'request_one:reply');
    assert.ok(parts.length > 0);
    assert.deepEqual(rest, {
      role: 'assistant',
      responseId: 'response_one',
      model: 'gpt-5-mini-2026-04',
      usage: { inputTokens: 650, cacheReadTokens: 400, outputTokens: 65 },
      outcome: 'completed',
      durationMs: 9000,
    });
    assert.equal(latest(read).get('11111111-aaaa-4bbb-8ccc-000000000001 request_one:reply')?.time, '2026-05-28T20:26:51.000Z');
  });

  it('keeps a request that was taken back, marked', () => {
    assert.equal(message(read, 'request_two:prompt').superseded, true);
    assert.deepEqual(message(read, 'request_two:reply').parts, [{ type: 'text', content: 'A first try.' }]);
    assert.equal(message(read, 'request_two:reply').superseded, true);
    assert.equal(message(read, 'request_one:prompt').superseded, undefined);
  });

  it('says how a request failed or was stopped', () => {
    const failed = message(read, 'request_three:reply');
    assert.equal(failed.outcome, 'failed');
    assert.deepEqual(failed.parts, [{ type: 'notice', content: 'The model is overloaded.' }]);
    const stopped = message(read, 'request_four:prompt');
    assert.equal(stopped.outcome, 'cancelled');
    assert.equal(stopped.synthetic, true);
    assert.throws(() => message(read, 'request_four:reply'));
  });

  it('never keeps drafts or hidden prompts', () => {
    const text = JSON.stringify(read.records);
    for (const hidden of ['draft', 'hidden prompt', 'hidden layout', 'hidden instructions']) assert.ok(!text.includes(hidden), hidden);
  });

  it('gives the same messages for the same session as a flat document', () => {
    const document = JSON.stringify(replayed(fixture('oplog.jsonl')));
    const flat = readDocument(json, document, { neighbours: { '../workspace.json': workspaceJson } });
    const messages = [...latest(flat)].filter(([, record]) => record.kind === 'message');
    // Two of each for the requests one and three, the prompt of four; request two is no longer in the document.
    assert.equal(messages.length, 5);
    for (const [id, record] of messages) assert.deepEqual(record, latest(read).get(id), id);
  });

  it('has no records for a session without requests', () => {
    assert.deepEqual(readLines(oplog, `${fixture('oplog.jsonl').split('\n').slice(0, 2).join('\n')}\n`), { records: [], problems: [] });
  });

  it('takes the file name for the session where the document has no id', () => {
    const line = JSON.stringify({ kind: 0, v: { version: 3, creationDate: 1, requests: [{ requestId: 'r', message: 'Hi' }] } });
    assert.equal(readLines(oplog, line, { path: '/data/chatSessions/22222222.jsonl' }).records[0]?.session, '22222222');
  });

  it('reads a flat document of version 1', () => {
    const flat = readDocument(json, fixture('flat-v1.json'));
    assert.deepEqual(flat.problems, []);
    assert.deepEqual(counts(flat), { sessions: 1, prompts: 2, replies: 2, toolCalls: 0 });
    assert.equal(header(flat).title, 'What is a monad?');
    assert.equal(header(flat).titleSource, 'first-prompt');
    assert.deepEqual(message(flat, 'request-1:reply').parts, [{ type: 'text', content: 'A monoid in the category of endofunctors.' }]);
    assert.deepEqual(message(flat, 'request-2:reply').parts, [{ type: 'text', content: 'A pattern.' }]);
  });

  it('reads an export, joining calls by name where the ids do not fit', () => {
    const exported = readDocument('copilot-chat-export', fixture('export.json'), { path: '/home/ada/chat.json' });
    assert.match(exported.records[0]?.session ?? '', /^export-[0-9a-f]{32}$/);
    assert.equal(header(exported).fidelity, 'partial');
    assert.equal(header(exported).fidelityReason, 'The export carries no session id or dates.');
    assert.deepEqual(message(exported, 'request_exported:reply').usage, { inputTokens: 30, outputTokens: 4 });
    const ids = [1, 2, 3].map((digit) => `0c0ffee0-0000-4000-8000-00000000000${digit}`);
    assert.deepEqual(message(exported, 'request_exported:reply').parts, [
      { type: 'reasoning', content: 'Search before renaming.' },
      { type: 'tool_call', id: ids[0], name: 'grep_search', arguments: { query: 'basket' } },
      { type: 'tool_call_response', id: ids[0], response: 'file:///home/ada/shop/a.ts#L7', status: 'succeeded' },
      { type: 'tool_call', id: ids[1], name: 'mcp_shop_rename', arguments: { to: 'cart' } },
      { type: 'tool_call_response', id: ids[1], status: 'denied' },
      { type: 'tool_call', id: ids[2], name: 'mcp_shop_check', arguments: {} },
      { type: 'tool_call_response', id: ids[2], response: 'no such module', status: 'failed' },
      { type: 'tool_call', id: 'toolu_2', name: 'list_dir', arguments: { path: '/home/ada/shop' } },
      { type: 'tool_call_response', id: 'toolu_2', response: 'a.ts', status: 'succeeded' },
      { type: 'text', content: 'Renamed.' },
    ]);
  });

  it('says where a line or document cannot be read, and goes on', () => {
    const [first = '', ...rest] = fixture('oplog.jsonl').split('\n');
    const broken = readLines(oplog, [first, '{"kind":1,', ...rest].join('\n'));
    assert.deepEqual(broken.problems.map(({ code, where }) => ({ code, where })), [
      { code: 'malformed-line', where: { file: '/data/chatSessions/stem.jsonl', line: 2, offset: Buffer.byteLength(first) + 1 } },
    ]);
    assert.deepEqual(counts(broken), counts(read));
    assert.equal(readDocument(json, '{"requests": [').problems[0]?.code, 'malformed-document');
    assert.equal(readLines(oplog, '{"kind":9}').problems[0]?.code, 'unknown-record');
  });
});
