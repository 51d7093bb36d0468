import assert from 'node:assert/strict';

import { claudeCode } from '../../../../server/importers/claude-code/index.ts';
import { count, header, message, messages, readLines, readText, sessionIds, sourceFile, unitsOf, type Read } from './reading.ts';

const first = '2026-03-02T09:00:00.000Z';
const second = '2026-03-02T09:00:05.000Z';
const envelope = { sessionId: 's', cwd: '/home/ada', version: '2.1.90', isSidechain: false, parentUuid: null };

function user(uuid: string, content: unknown, more: object = {}): object {
  return { ...envelope, type: 'user', uuid, timestamp: first, message: { role: 'user', content }, ...more };
}

function answer(uuid: string, content: unknown, more: object = {}): object {
  const message = { id: `msg_${uuid}`, role: 'assistant', model: 'claude-sonnet-4-6', content };
  return { ...envelope, type: 'assistant', uuid, timestamp: second, message, ...more };
}

function result(content: unknown, more: object = {}, line: object = {}): object {
  return user('r', [{ type: 'tool_result', tool_use_id: 't1', content, ...more }], line);
}

/** The response part of a line with one tool result. */
function responseOf(line: object): object {
  const [part] = message(readLines([line]), 'r').data.parts;
  return part ?? {};
}

function bySynthetic(read: Read): string[] {
  return messages(read).map((record) => `${record.id} ${record.data.synthetic ? 'synthetic' : 'said'}`);
}

describe('Claude Code: who wrote a user line', () => {
  it('cuts reminders and editor context off the words of a person, at both ends only', () => {
    const before = '<ide_opened_file>a.ts</ide_opened_file>\n';
    const after = '\n<system-reminder>Be brief.</system-reminder>\n';
    const read = readLines([user('u', `${before}What does <system-reminder> mean?${after}`)]);
    assert.deepEqual(message(read, 'u').data.parts, [{ type: 'text', content: 'What does <system-reminder> mean?' }]);
    assert.deepEqual(bySynthetic(read), ['u said', 'u#1 synthetic', 'u#2 synthetic']);
  });

  for (const text of [
    '<local-command-stdout>Set model to opus</local-command-stdout>', '<task-notification>done</task-notification>',
    '<local-command-caveat>Caveat: …</local-command-caveat>', '[Request interrupted by user]', '<bash-input>ls</bash-input>',
    '<bash-stdout>a.ts</bash-stdout><bash-stderr></bash-stderr>',
    'This session is being continued from a previous conversation that ran out of context. …',
    '<command-name>/clear</command-name>', '<command-name>model</command-name>\n<command-args>opus</command-args>',
  ]) {
    it(`does not take for a prompt: ${text.slice(0, 40)}`, () => {
      assert.equal(count(readLines([user('u', text)]), 's').prompts, 0);
    });
  }

  for (const text of [
    '/clear', 'Caveat emptor', '<b>bold</b>', '[Request interrupted by user] what does that mean?', '<command-name>unfinished',
  ]) {
    it(`takes for a prompt: ${text}`, () => {
      const read = readLines([user('u', text)]);
      assert.equal(count(read, 's').prompts, 1);
      assert.deepEqual(message(read, 'u').data.parts, [{ type: 'text', content: text }]);
    });
  }

  it('believes what the line says of itself', () => {
    assert.deepEqual(bySynthetic(readLines([
      user('a', 'one', { isMeta: true }), user('b', 'two', { isCompactSummary: true }), user('c', 'three', { promptSource: 'system' }),
      user('d', 'four', { origin: { kind: 'peer', from: 'x' } }), user('e', 'five', { origin: { kind: 'human' }, promptSource: 'typed' }),
    ])), ['a synthetic', 'b synthetic', 'c synthetic', 'd synthetic', 'e said']);
  });

  it('puts answers of tools before the words of the same line', () => {
    const read = readLines([user('u', [{ type: 'text', text: 'Go on' }, { type: 'tool_result', tool_use_id: 't', content: 'ok' }])]);
    assert.deepEqual(messages(read).map((record) => [record.id, record.data.role]), [['u', 'tool'], ['u#1', 'user']]);
  });
});

describe('Claude Code: what the model said', () => {
  it('does not take for a reply what the tool wrote in the model\'s place', () => {
    const written = { id: 'x', role: 'assistant', model: '<synthetic>', content: 'No response requested.', usage: { output_tokens: 0 } };
    const read = readLines([user('u', 'Hello'), answer('a', [], { message: written })]);
    assert.equal(count(read, 's').replies, 0);
    assert.deepEqual(message(read, 'a').data, {
      role: 'assistant', parts: [{ type: 'text', content: 'No response requested.' }], responseId: 'x', synthetic: true,
    });
  });

  it('names a tool call without an id after its line', () => {
    const read = readLines([answer('a', [{ type: 'tool_use', name: 'Bash' }, { type: 'tool_use', name: 'Read', input: {} }])]);
    assert.deepEqual(message(read, 'a').data.parts, [
      { type: 'tool_call', id: 'a#0', name: 'Bash' }, { type: 'tool_call', id: 'a#1', name: 'Read', arguments: {} },
    ]);
  });

  it('keeps what the model\'s own tools found', () => {
    const found = { type: 'web_search_tool_result', tool_use_id: 't', content: [{ type: 'web_search_result', url: 'https://example.org' }] };
    assert.deepEqual(message(readLines([answer('a', [found])]), 'a').data.parts, [
      { type: 'tool_call_response', id: 't', response: [{ type: 'web_search_result', url: 'https://example.org' }], status: 'succeeded' },
    ]);
  });
});

describe('Claude Code: how a tool call ended', () => {
  it('knows exit codes', () => {
    assert.deepEqual(responseOf(result('Error: Exit code 127\nnot found', { is_error: true })), {
      type: 'tool_call_response', id: 't1', response: 'Error: Exit code 127\nnot found', status: 'failed', exitCode: 127,
    });
    const told = result('ok', {}, { toolUseResult: { stdout: 'ok', stderr: '', exitCode: 0 } });
    assert.deepEqual(responseOf(told), { type: 'tool_call_response', id: 't1', response: 'ok', status: 'succeeded', exitCode: 0 });
  });

  it('knows refusals and interruptions', () => {
    const status = (line: object): unknown => Object.entries(responseOf(line)).find(([key]) => key === 'status')?.[1];
    assert.equal(status(result('The user doesn\'t want to proceed with this tool use.', { is_error: true })), 'denied');
    assert.equal(status(result('Claude requested permissions to write to a.ts, but …', { is_error: true })), 'denied');
    assert.equal(status(result('no', { is_error: true }, { toolUseResult: 'User rejected tool use' })), 'denied');
    assert.equal(status(result('no', { is_error: true }, { toolDenialKind: 'user-rejected' })), 'denied');
    assert.equal(status(result('no', { is_error: true }, { toolDenialKind: 'interrupted' })), 'cancelled');
    assert.equal(status(result('[Request interrupted by user for tool use]', { is_error: true })), 'cancelled');
    assert.equal(status(result('', {}, { toolUseResult: { stdout: '', interrupted: true } })), 'cancelled');
    assert.equal(status(result('File not found', { is_error: true })), 'failed');
    assert.equal(status(result('The user doesn\'t want to see this text, says the file.')), 'succeeded');
  });

  it('keeps images of an answer as blobs', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
    const read = readLines([result([{ type: 'text', text: 'a' }, image, { type: 'text', text: 'b' }])]);
    const [response, blob] = message(read, 'r').data.parts;
    assert.deepEqual(response, { type: 'tool_call_response', id: 't1', response: 'a\nb', status: 'succeeded' });
    assert.equal(blob?.type === 'blob' && blob.bytes, 3);
  });
});

describe('Claude Code: time, titles and bad lines', () => {
  it('gives a line without a time that of the line before', () => {
    const read = readLines([user('a', 'one'), answer('b', 'two'), { type: 'hologram' }, { ...user('c', 'three'), timestamp: 'soon' }]);
    assert.deepEqual(read.records.map((record) => record.time), [first, second, second, second, first]);
  });

  it('holds unknown lines back until it knows session and time, and is not resumable meanwhile', () => {
    const file = sourceFile('/x/projects/p/notes.jsonl');
    const reader = claudeCode.open(file);
    const [unknown, known] = unitsOf(`${JSON.stringify({ type: 'hologram', angle: 1 })}\n${JSON.stringify(user('u', 'Hello'))}\n`);
    assert.ok(unknown && known);
    reader.push(unknown);
    assert.deepEqual(reader.take().records, []);
    assert.equal(reader.state(), undefined);
    reader.push(known);
    assert.notEqual(reader.state(), undefined);
    assert.deepEqual(reader.take().records.map((record) => [record.kind, record.session, record.time]), [
      ['unknown', 's', first], ['message', 's', first], ['session', 's', first],
    ]);
  });

  it('hands the header over again only when it changed', () => {
    const reader = claudeCode.open(sourceFile('/x/projects/p/s.jsonl'));
    const lines = [user('a', 'one'), answer('b', 'two'), { type: 'ai-title', aiTitle: 'Counting', sessionId: 's' }, answer('c', 'three')];
    const titles = unitsOf(lines.map((line) => JSON.stringify(line)).join('\n') + '\n').map((unit) => {
      reader.push(unit);
      const headers = reader.take().records.filter((record) => record.kind === 'session');
      return headers.map((record) => `${record.data.titleSource} ${record.data.title}`);
    });
    assert.deepEqual(titles, [['first-prompt one'], [], ['ai Counting'], []]);
  });

  it('prefers the title a person gave, and does not believe a summary of another conversation', () => {
    const conversation = [user('u', 'First\nsecond'), answer('a', 'x')];
    const titled = (...lines: object[]): string | undefined => header(readLines([...conversation, ...lines]), 's')?.title;
    const byModel = { type: 'ai-title', aiTitle: 'New', sessionId: 's' };
    assert.equal(titled(), 'First');
    assert.equal(titled({ type: 'summary', summary: 'Elsewhere', leafUuid: 'other' }), 'First');
    assert.equal(titled({ type: 'summary', summary: 'Here', leafUuid: 'a' }), 'Here');
    assert.equal(titled(byModel, { type: 'summary', summary: 'Here', leafUuid: 'a' }), 'New');
    assert.equal(titled({ type: 'agent-name', agentName: 'Mine', sessionId: 's' }, byModel), 'Mine');
    assert.equal(titled({ type: 'custom-title', customTitle: 'Other', sessionId: 'another' }), 'First');
  });

  it('cuts a long first prompt at a word', () => {
    const title = header(readLines([user('u', `\n${'lamp '.repeat(60)}`)]), 's')?.title ?? '';
    assert.ok(title.length <= 120 && title.endsWith('lamp…'), title);
  });

  it('reports a bad line, goes on, and says that the session is not complete', () => {
    const read = readLines([user('a', 'one'), '{"type":"user",', '[1,2]', answer('b', 'two')]);
    assert.deepEqual(read.problems.map((problem) => [problem.code, problem.where?.line]), [['malformed-line', 2], ['malformed-line', 3]]);
    assert.equal(read.problems[0]?.where?.offset, Buffer.byteLength(JSON.stringify(user('a', 'one'))) + 1);
    assert.match(read.problems[0]?.message ?? '', /^Line 2 of \/home\/ada\/.*s\.jsonl is not a JSON object and was skipped\.$/);
    assert.deepEqual([count(read, 's').prompts, count(read, 's').replies], [1, 1]);
    assert.equal(header(read, 's')?.fidelity, 'partial');
    assert.equal(header(read, 's')?.fidelityReason, '2 lines of the file could not be read.');
  });

  it('makes no session of a file that only has settings', () => {
    const progress = { ...envelope, type: 'progress', uuid: 'p', timestamp: first };
    assert.deepEqual(readLines([{ type: 'mode', mode: 'normal', sessionId: 's' }, progress]).records, []);
  });

  it('takes the session from the file name when lines say so later, else from the first line', () => {
    const name = '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11';
    const lines = [user('a', 'one', { sessionId: 'old' }), user('b', 'two', { sessionId: name })];
    const texts = lines.map((line) => `${JSON.stringify(line)}\n`);
    const open = (text: string): Read => readText(text, { ...sourceFile(`/x/projects/p/${name}.jsonl`), neighbour: () => text });
    const resumed = open(texts.join(''));
    assert.deepEqual(sessionIds(resumed), [name]);
    assert.deepEqual(messages(resumed).map((record) => record.data.copied ?? false), [true, false]);
    const renamed = open(texts[0] ?? '');
    assert.deepEqual(sessionIds(renamed), ['old']);
    assert.equal(count(renamed, 'old').prompts, 1);
  });

  it('keeps a message of a shape it does not know, without the bytes in it', () => {
    const read = readLines([user('a', 'one'), user('b', { image: 'A'.repeat(5000) })]);
    const [unknown] = read.records.filter((record) => record.kind === 'unknown');
    assert.equal(unknown?.id, 'b');
    assert.match(JSON.stringify(unknown.data.raw), /"image":"\(5000 characters of base64 left out\)"/);
  });

  it('says why a request failed, however deep the reason is', () => {
    const notice = (error: unknown): unknown => {
      const read = readLines([{ ...envelope, type: 'system', subtype: 'api_error', uuid: 'e', timestamp: first, error }]);
      return messages(read)[0]?.data.parts[0] ?? read.records[0]?.kind;
    };
    assert.deepEqual(notice({ message: 'Overloaded' }), { type: 'notice', content: 'Overloaded' });
    assert.deepEqual(notice({ status: 401, error: { error: { message: 'Bad key' } } }), { type: 'notice', content: 'Bad key' });
    assert.deepEqual(notice({ status: 529, error: {} }), { type: 'notice', content: 'API error 529' });
    assert.deepEqual(notice({}), 'unknown');
  });
});
