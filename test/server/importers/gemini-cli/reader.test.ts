import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { geminiCli } from '../../../../server/importers/gemini-cli/index.ts';
import { count, fixtures, header, message, messageIds, partsOf, readLines, readPath, type Read } from '../geminiReading.ts';

const chats = join(fixtures, 'gemini-cli', 'tmp', 'site', 'chats');
const login = '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11';
const loginPath = join(chats, 'session-2026-03-02T09-00-5d0a1c52.jsonl');
const metadata = { sessionId: 's', projectHash: 'h', startTime: '2026-03-02T09:00:00.000Z', kind: 'main' };

function native(type: string, more: object): object {
  return { id: 'm', timestamp: '2026-03-02T09:00:01.000Z', type, ...more };
}

describe('Gemini CLI: a session file', () => {
  let read: Read;
  before(() => {
    read = readPath(geminiCli, loginPath);
  });

  it('has the prompts, replies, tool calls and tokens that were counted by hand', () => {
    assert.deepEqual(read.problems, []);
    assert.deepEqual(count(read, login), { prompts: 4, replies: 6, toolCalls: 6, usage: [3550, 3700, 118, 33] });
  });

  it('says what the session is', () => {
    assert.deepEqual(header(read, login), {
      title: 'Fixes the flaky login test',
      titleSource: 'ai',
      cwd: '/home/ada/site',
      agent: { name: 'Gemini CLI' },
      fidelity: 'full',
      format: 'gemini-cli-jsonl',
      origin: loginPath,
    });
    const [first] = read.records;
    assert.equal(first?.workspace, 'file:///home/ada/site');
    assert.equal(read.records.find((record) => record.kind === 'session')?.time, '2026-03-02T09:00:00.000Z');
  });

  it('keeps what a person wrote and what the tool added apart', () => {
    assert.deepEqual(message(read, 'u1'), { role: 'user', parts: [{ type: 'text', content: 'Fix the flaky login test\nSee @login.ts' }] });
    assert.equal(message(read, 'u1#context').synthetic, true);
    assert.match(JSON.stringify(message(read, 'u1#context').parts), /sleep\(1\);/);
    assert.deepEqual(message(read, 'u2').parts.map((part) => part.type), ['text', 'blob']);
    assert.deepEqual(message(read, 'u2#context').parts, [{ type: 'text', content: '<hook_context>Be brief.</hook_context>' }]);
    assert.deepEqual(messageIds(read, (data) => data.synthetic === true), [
      'ctx0', 'u1#context', 'u2#context', 'f3#context', 'i1', 'e1', 'sum1', 'ack1',
    ]);
    const actors = read.records.flatMap((record) => (record.kind === 'message' && record.actor === 'user' ? [record.id] : []));
    assert.deepEqual(actors, ['u1', 'u2', 'u3', 'u4']);
  });

  it('joins the versions of a reply, and the answers to its calls', () => {
    assert.deepEqual(message(read, 'g1'), {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Reading\nLook at the test first.' },
        { type: 'tool_call', id: 'read_file__1', name: 'read_file', arguments: { file_path: 'login.ts' } },
        { type: 'tool_call_response', id: 'read_file__1', response: 'sleep(1);', status: 'succeeded' },
      ],
      responseId: 'g1',
      model: 'gemini-3-flash',
      usage: { inputTokens: 700, cacheReadTokens: 300, outputTokens: 50, reasoningTokens: 30 },
    });
    assert.deepEqual(message(read, 'g2').usage, { inputTokens: 350, cacheReadTokens: 900, outputTokens: 10, reasoningTokens: 0 });
    for (const id of ['f1', 'f2', 'f3']) assert.ok(!messageIds(read).includes(id), id);
  });

  it('tells success, failure and refusal of tools apart', () => {
    const [shell] = partsOf(message(read, 'g2'), 'tool_call_response');
    assert.deepEqual([shell?.status, shell?.exitCode], ['failed', 3]);
    const answers = partsOf(message(read, 'g3'), 'tool_call_response');
    assert.deepEqual(answers.map(({ id, status }) => [id, status]), [
      ['replace__3', 'succeeded'], ['shell__4', 'denied'], ['fetch__5', 'failed'],
    ]);
    assert.deepEqual(partsOf(message(read, 'g3'), 'edit'), [
      { type: 'edit', uri: 'file:///home/ada/site/login.ts', edits: '-sleep(1);\n+await ready();' },
    ]);
    assert.deepEqual(message(read, 'f6').parts, [
      { type: 'tool_call_response', id: 'lost__9', response: { output: 'Nobody asked.', pages: 2 }, status: 'succeeded' },
    ]);
  });

  it('keeps no signature and no bytes', () => {
    const text = JSON.stringify(read.records);
    assert.ok(!text.includes('c2lnbmVk') && !text.includes('iVBORw0'));
    assert.deepEqual(message(read, 'g6').parts.map((part) => part.type), ['reasoning', 'tool_call']);
    assert.deepEqual(message(read, 'g4').parts, [{ type: 'text', content: 'All done.' }]);
  });

  it('marks what was taken back', () => {
    assert.deepEqual(messageIds(read, (data) => data.superseded === true), ['u3', 'g5']);
  });

  it('leaves remarks of the tool out of the conversation', () => {
    assert.deepEqual(message(read, 'i1'), {
      role: 'system', parts: [{ type: 'notice', content: 'Request cancelled.' }], synthetic: true, outcome: 'cancelled',
    });
    assert.equal(message(read, 'e1').outcome, 'failed');
  });

  it('keeps what it does not know', () => {
    const unknown = read.records.flatMap((record) => (record.kind === 'unknown' ? [record.data] : []));
    const hologram = { id: 'h1', timestamp: '2026-03-02T09:00:40.280Z', type: 'hologram', content: '?', angle: 42 };
    assert.deepEqual(unknown, [{ nativeType: 'hologram', raw: hologram }, { nativeType: '$set/mood', raw: 'calm' }]);
  });
});

describe('Gemini CLI: other files', () => {
  it('makes an agent a session of its own, without a person in it', () => {
    const agent = 'a1b2c3d4-0000-4000-8000-000000000001';
    const read = readPath(geminiCli, join(chats, login, `${agent}.jsonl`));
    assert.deepEqual(count(read, agent), { prompts: 0, replies: 1, toolCalls: 0, usage: [70, 0, 4, 0] });
    const { title, parent, relation, cwd } = header(read, agent);
    const expected = ['Find all sleeps in the tests.', `gemini-cli:${login}`, 'subagent', '/home/ada/site'];
    assert.deepEqual([title, parent, relation, cwd], expected);
  });

  it('reads the document of an old release, and finds its folder by the hash', () => {
    const folder = '98cead7489dd4249e1e4a47dc8426ccad3a6f2fed4dd2558ecc7ec1aa7984518';
    const session = '0b9f7d1e-33aa-4d2c-8f60-6c1b2a3d4e33';
    const read = readPath(geminiCli, join(fixtures, 'gemini-cli', 'tmp', folder, 'chats', 'session-2025-09-01T10-00-0b9f7d1e.json'));
    assert.deepEqual(read.problems, []);
    assert.deepEqual(header(read, session).cwd, '/home/ada/old');
    assert.deepEqual(header(read, session).format, 'gemini-cli-json');
    assert.deepEqual(partsOf(message(read, 'o2'), 'tool_call_response'), [
      { type: 'tool_call_response', id: 'glob-1', response: 'Three lamps.', status: 'succeeded' },
    ]);
    assert.deepEqual(count(read, session), { prompts: 1, replies: 2, toolCalls: 2, usage: [50, 40, 10, 4] });
  });

  it('says what is wrong with a document that is not whole', () => {
    const text = readFileSync(loginPath, 'utf8').slice(0, 100);
    const reader = geminiCli.open({ path: '/x.json', format: 'gemini-cli-json', modifiedAt: '', neighbour: () => undefined });
    reader.push({ text, line: 1, offset: 0 });
    const { records, problems } = reader.take();
    assert.deepEqual(records, []);
    assert.deepEqual(problems.map(({ code, where }) => [code, where]), [['malformed-document', { file: '/x.json', line: 1, offset: 0 }]]);
  });
});

describe('Gemini CLI: lines', () => {
  it('says where a line is that cannot be read, and that the session is not complete', () => {
    const read = readLines(geminiCli, [metadata, ['no object'], native('user', { content: 'hi' })]);
    const offset = JSON.stringify(metadata).length + 1;
    assert.deepEqual(read.problems.map(({ code, where }) => [code, where]), [
      ['malformed-line', { file: '/home/ada/x/chats/s.jsonl', line: 2, offset }],
    ]);
    const { fidelity, fidelityReason } = header(read, 's');
    assert.deepEqual([fidelity, fidelityReason], ['partial', 'One line of the file could not be read.']);
  });

  it('takes the folder from what the tool tells the model where nothing else tells', () => {
    const context = (text: string): Read => readLines(geminiCli, [metadata, native('user', { content: [{ text }] })]);
    const text = '<session_context>\n- **Workspace Directories:**\n  - /home/ada/site\n  - /tmp\n</session_context>';
    assert.equal(header(context(text), 's').cwd, '/home/ada/site');
    assert.equal(context(text).records[0]?.workspace, 'file:///home/ada/site');
    const start = 'This is the Gemini CLI. We are setting up the context for our chat.';
    const old = `${start}\n  I'm currently working in the directory: C:\\site\n`;
    assert.equal(header(context(old), 's').cwd, 'C:\\site');
    assert.equal(header(context(`Say:\n${text}`), 's').cwd, undefined);
  });

  it('counts a message once however often it is written, and takes the last', () => {
    const read = readLines(geminiCli, [
      metadata, native('user', { content: 'one' }), native('user', { content: 'two' }), native('user', { content: 'two' }),
    ]);
    assert.deepEqual(messageIds(read), ['m']);
    assert.deepEqual(message(read, 'm').parts, [{ type: 'text', content: 'two' }]);
  });

  it('keeps what was recorded when the model\'s history is masked', () => {
    const call = { id: 'c', name: 'x', args: {}, status: 'success' };
    const full = native('gemini', { model: 'g', content: '', toolCalls: [{ ...call, result: 'All of it.' }] });
    const masked = native('gemini', { model: 'g', content: '', toolCalls: [{ ...call, result: '(masked)' }] });
    const read = readLines(geminiCli, [metadata, full, { $set: { messages: [masked] } }]);
    assert.equal(partsOf(message(read, 'm'), 'tool_call_response')[0]?.response, 'All of it.');
  });

  it('takes back only what is there, and brings back what is written again', () => {
    const prompt = native('user', { content: 'one' });
    const gone = readLines(geminiCli, [metadata, prompt, { $rewindTo: 'm' }]);
    assert.equal(message(gone, 'm').superseded, true);
    const back = readLines(geminiCli, [metadata, prompt, { $rewindTo: 'm' }, { $set: { messages: [prompt] } }]);
    assert.equal(message(back, 'm').superseded, undefined);
    const nowhere = readLines(geminiCli, [metadata, prompt, { $rewindTo: 'x' }]);
    assert.equal(message(nowhere, 'm').superseded, undefined);
    assert.deepEqual(nowhere.problems.map(({ code }) => code), ['unknown-message']);
    const twice = readLines(geminiCli, [metadata, prompt, { $rewindTo: 'm' }, { $rewindTo: 'm' }]);
    assert.deepEqual(twice.problems.map(({ code }) => code), ['unknown-message']);
  });

  it('empties an answer that the tool call says after all', () => {
    const answer = (id: string): object => ({ functionResponse: { id, name: 'x', response: { output: 'ok' } } });
    const early = { ...native('user', { content: [answer('c')] }), id: 'f' };
    const call = native('gemini', { model: 'g', toolCalls: [{ id: 'c', name: 'x', args: {}, status: 'success', result: [answer('c')] }] });
    const read = readLines(geminiCli, [metadata, early, call, early]);
    assert.deepEqual(message(read, 'f'), { role: 'tool', parts: [], synthetic: true });
  });

  it('knows that a tool carries on a conversation by itself', () => {
    const isSynthetic = (content: string): boolean | undefined =>
      message(readLines(geminiCli, [metadata, native('user', { content })]), 'm').synthetic;
    for (const content of ['Please continue.', '<state_snapshot>x', 'Here is the user\'s editor context as a JSON object.']) {
      assert.equal(isSynthetic(content), true, content);
    }
    assert.equal(isSynthetic('Please continue. And hurry.'), undefined);
  });

  it('takes a message for made up that only the model\'s history names', () => {
    const listed = readLines(geminiCli, [metadata, { $set: { messages: [native('user', { content: 'plain' })] } }]);
    assert.equal(message(listed, 'm').synthetic, true);
  });

  it('begins when the first line says, and gives a message without a time that of the one before', () => {
    const read = readLines(geminiCli, [metadata, native('user', { content: 'one' }), { id: 'n', type: 'user', content: 'two' }]);
    assert.deepEqual(read.records.map(({ time }) => time.slice(11)), ['09:00:01.000Z', '09:00:01.000Z', '09:00:00.000Z']);
  });

  it('keeps a message apart from what was written under its id before', () => {
    const read = readLines(geminiCli, [metadata, native('hologram', {}), native('user', { content: 'one' })]);
    assert.deepEqual(read.records.map((record) => (record.kind === 'session' ? 's' : record.id)), ['m', 'm#unknown', 's']);
  });

  it('takes the answer to a call whatever it is called there, with the pictures in it', () => {
    const picture = { inlineData: { mimeType: 'image/png', data: 'AAEC' } };
    const result = [{ functionResponse: { id: 'other', name: 'x', response: { output: 'Exit\nExit Code: 3' }, parts: [picture] } }];
    const toolCalls = [{ id: 'c', name: 'x', args: {}, status: 'success', result }];
    const read = readLines(geminiCli, [metadata, native('gemini', { model: 'g', toolCalls })]);
    // Only a shell's last line is an exit code.
    assert.deepEqual(partsOf(message(read, 'm'), 'tool_call_response'), [
      { type: 'tool_call_response', id: 'c', response: 'Exit\nExit Code: 3', status: 'succeeded' },
    ]);
    assert.deepEqual(partsOf(message(read, 'm'), 'blob').map(({ bytes }) => bytes), [3]);
  });

  it('hands over nothing twice', () => {
    const reader = geminiCli.open({ path: '/x/chats/s.jsonl', format: 'gemini-cli-jsonl', modifiedAt: '', neighbour: () => undefined });
    for (const value of [metadata, native('user', { content: 'one' })]) reader.push({ text: JSON.stringify(value), line: 1, offset: 0 });
    assert.equal(reader.take().records.length, 2);
    assert.deepEqual(reader.take(), { records: [], problems: [] });
    reader.push({ text: JSON.stringify(native('user', { content: 'one' })), line: 2, offset: 99 });
    assert.deepEqual(reader.take(), { records: [], problems: [] });
  });

  it('cuts a long title at a word', () => {
    const read = readLines(geminiCli, [metadata, native('user', { content: `\n${'word '.repeat(60)}` })]);
    assert.ok((header(read, 's').title ?? '').length <= 120);
    assert.match(header(read, 's').title ?? '', /word…$/);
  });
});
