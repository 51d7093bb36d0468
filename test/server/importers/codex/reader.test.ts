import assert from 'node:assert/strict';

import { codex } from '../../../../server/importers/codex/index.ts';
import { count, header, messages, partsOf, readLines, readText, sessionIds, sourceFile, unitsOf, type Read } from './reading.ts';

const first = '2026-03-02T09:00:00.000Z';
const meta = line('session_meta', { id: 's', timestamp: first, cwd: '/home/ada', cli_version: '0.118.0', source: 'cli' });
const start = event('task_started', { turn_id: 't' });

function line(type: string, payload: object, timestamp = first): object {
  return { timestamp, type, payload };
}

function event(type: string, more: object = {}, timestamp = first): object {
  return line('event_msg', { type, ...more }, timestamp);
}

function item(type: string, more: object = {}): object {
  return line('response_item', { type, ...more });
}

function said(text: string): object {
  return item('message', { role: 'user', content: [{ type: 'input_text', text }] });
}

function asked(message: string, timestamp = first): object {
  return event('user_message', { message, images: [] }, timestamp);
}

function answer(text: string): object {
  return item('message', { role: 'assistant', content: [{ type: 'output_text', text }] });
}

function counted(total: number, last?: number): object {
  const counts = (input: number): object => ({ input_tokens: input, cached_input_tokens: 0, output_tokens: 0, total_tokens: input });
  return event('token_count', { info: { total_token_usage: counts(total), ...(last === undefined ? {} : { last_token_usage: counts(last) }) } });
}

function inputs(read: Read): unknown[] {
  return messages(read).filter((record) => record.data.role === 'assistant').map((record) => record.data.usage?.inputTokens);
}

/** The answer to one call, its end told before it where there is one. */
function answered(output: unknown, end?: object): unknown {
  const lines = [item('function_call', { name: 'x', arguments: '{}', call_id: 'c' }), ...(end ? [event('exec_command_end', { call_id: 'c', ...end })] : [])];
  const read = readLines([meta, ...lines, item('function_call_output', { call_id: 'c', output })]);
  const [part] = messages(read).flatMap((record) => partsOf(record.data, 'tool_call_response'));
  return [part?.status, part?.exitCode, part?.durationMs];
}

describe('Codex: who wrote a user message', () => {
  it('takes words that are said twice once, in either order', () => {
    for (const lines of [[said('Hello'), asked('Hello')], [asked('Hello'), start, said('Hello')], [asked('Hello')], [said('Hello')]]) {
      assert.equal(messages(readLines([meta, ...lines])).length, 1);
      assert.equal(count(readLines([meta, ...lines]), 's').prompts, 1);
    }
  });

  it('takes the same words said again for another prompt', () => {
    const lines = [said('ls'), asked('ls'), answer('a'), said('ls'), asked('ls')];
    assert.equal(count(readLines([meta, ...lines]), 's').prompts, 2);
  });

  it('measures a picture that only the event has, and points to one on disk', () => {
    const pictures = event('user_message', { message: '', images: ['data:image/png;base64,AAAA'], local_images: ['/home/ada/lamp.png'] });
    assert.deepEqual(messages(readLines([meta, pictures])).map((record) => record.data.parts.map((part) => part.type)), [['blob', 'uri']]);
  });

  it('takes words for said again once the model answered', () => {
    assert.equal(count(readLines([meta, asked('ls'), answer('a'), said('ls')]), 's').prompts, 2);
  });

  it('does not mistake other words for the ones before', () => {
    const read = readLines([meta, said('Hello'), asked('Hello'), said('and more'), asked('and more')]);
    assert.deepEqual(messages(read).map((record) => record.data.parts), [
      [{ type: 'text', content: 'Hello' }], [{ type: 'text', content: 'and more' }],
    ]);
  });

  for (const text of [
    '# AGENTS.md instructions for /x', '<environment_context>\n</environment_context>', '<user_instructions>x</user_instructions>',
    '<subagent_notification>x</subagent_notification>', '<brand_new_thing>x</brand_new_thing>\n',
  ]) {
    it(`does not take for a prompt: ${text.slice(0, 40)}`, () => {
      assert.equal(count(readLines([meta, said(text)]), 's').prompts, 0);
    });
  }

  for (const text of ['<b>bold</b>', '/review', '<brand_new_thing>unfinished', 'What is <environment_context>?']) {
    it(`takes for a prompt: ${text}`, () => {
      assert.equal(count(readLines([meta, said(text)]), 's').prompts, 1);
    });
  }
});

describe('Codex: what a response cost', () => {
  it('counts a repeated total once', () => {
    assert.deepEqual(inputs(readLines([meta, answer('a'), counted(10, 10), counted(10, 10), answer('b'), counted(10, 10), counted(25, 15)])), [10, 15]);
  });

  it('begins another response where tokens were counted', () => {
    assert.equal(count(readLines([meta, answer('a'), answer('b'), counted(10, 10), answer('c'), counted(25, 15)]), 's').replies, 2);
  });

  it('counts what a total grew by when a count is missing', () => {
    assert.deepEqual(inputs(readLines([meta, answer('a'), counted(10, 10), answer('b'), answer('c'), counted(40, 20)])), [10, undefined, 30]);
  });

  it('believes the last count when totals begin anew or come from a parent', () => {
    assert.deepEqual(inputs(readLines([meta, answer('a'), counted(1000, 7), answer('b'), counted(5, 5)])), [7, 5]);
  });

  it('leaves cache reads and writes out of the input', () => {
    const counts = { input_tokens: 100, cached_input_tokens: 60, cache_write_input_tokens: 30, output_tokens: 5, reasoning_output_tokens: 2 };
    const read = readLines([meta, answer('a'), event('token_count', { info: { total_token_usage: counts } })]);
    assert.deepEqual(messages(read)[0]?.data.usage, {
      inputTokens: 10, cacheReadTokens: 60, cacheWriteTokens: 30, outputTokens: 5, reasoningTokens: 2,
    });
  });

  it('keeps a count whose response left nothing else', () => {
    const read = readLines([meta, counted(12, 12), event('task_complete', { turn_id: 't' })]);
    assert.deepEqual(messages(read).map(({ data }) => [data.role, data.parts, data.usage?.inputTokens]), [['assistant', [], 12]]);
  });
});

describe('Codex: how a tool call ended', () => {
  it('knows from the answer', () => {
    assert.deepEqual(answered('Exit code: 2\nWall time: 0.5 seconds\nOutput:\nno'), ['failed', 2, 500]);
    assert.deepEqual(answered('Wall time: 3.0 seconds\naborted by user'), ['cancelled', undefined, 3000]);
    assert.deepEqual(answered('aborted by user after 3.0s'), ['cancelled', undefined, undefined]);
    assert.deepEqual(answered('patch rejected by user'), ['denied', undefined, undefined]);
    assert.deepEqual(answered('Chunk ID: a\nProcess running with session ID 7\nOutput:\n'), ['unknown', undefined, undefined]);
    assert.deepEqual(answered('Plan updated'), ['succeeded', undefined, undefined]);
    assert.deepEqual(answered('apply_patch verification failed: no such file'), ['failed', undefined, undefined]);
    assert.deepEqual(answered({ content: 'no', success: false }), ['failed', undefined, undefined]);
  });

  it('does not believe what the output of a command says', () => {
    assert.deepEqual(answered('The log:\nProcess exited with code 9'), ['succeeded', undefined, undefined]);
    assert.deepEqual(answered('Exit code: 0\nOutput:\nExit code: 9'), ['succeeded', 0, undefined]);
  });

  it('believes the event more', () => {
    const duration = { secs: 2, nanos: 0 };
    assert.deepEqual(answered('x', { status: 'failed', exit_code: 4, duration }), ['failed', 4, 2000]);
    assert.deepEqual(answered('x', { status: 'declined', exit_code: -1, duration }), ['denied', undefined, 2000]);
  });

  it('does not make a second call of one that ran on', () => {
    const read = readLines([
      meta, item('function_call', { name: 'exec_command', arguments: '{}', call_id: 'c' }),
      item('function_call_output', { call_id: 'c', output: 'Chunk ID: a\nProcess running with session ID 7\nOutput:\n' }),
      event('exec_command_end', { call_id: 'c', exit_code: 0, status: 'completed' }),
    ]);
    assert.deepEqual(messages(read).map((record) => record.data.role), ['assistant', 'tool']);
  });

  it('knows a command that a person typed', () => {
    const read = readLines([meta, event('exec_command_end', { call_id: 'u', command: ['ls'], source: 'user_shell', exit_code: 0, status: 'completed' })]);
    assert.deepEqual(count(read, 's'), { prompts: 0, replies: 0, toolCalls: 1, usage: [0, 0, 0, 0] });
  });
});

describe('Codex: what was taken back', () => {
  const turn = (name: string): object[] => [start, said(name), asked(name), answer(`${name}!`)];
  const taken = (read: Read): string[] => messages(read).filter((record) => record.data.superseded).map(({ data }) => partsOf(data, 'text')[0]?.content ?? '');

  it('counts turns from the last, and those taken back before no more', () => {
    const lines = [meta, ...turn('a'), ...turn('b'), event('thread_rolled_back', { num_turns: 1 }), ...turn('c'), event('thread_rolled_back', { num_turns: 2 })];
    assert.deepEqual(taken(readLines(lines)), ['a', 'a!', 'b', 'b!', 'c', 'c!']);
  });

  it('takes back no more than there is', () => {
    assert.deepEqual(taken(readLines([meta, ...turn('a'), event('thread_rolled_back', { num_turns: 9 })])), ['a', 'a!']);
    assert.deepEqual(taken(readLines([meta, ...turn('a'), event('thread_rolled_back', { num_turns: 0 }), event('thread_rolled_back')])), []);
  });

  it('says so when the turns cannot be read again', () => {
    const text = [meta, ...turn('a'), event('task_complete'), event('thread_rolled_back', { num_turns: 1 })].map((value) => `${JSON.stringify(value)}\n`).join('');
    const file = { ...sourceFile('/x/rollout.jsonl', text), neighbour: () => undefined };
    const units = unitsOf(text);
    const reader = codex.open(file);
    for (const unit of units.slice(0, -1)) reader.push(unit);
    const later = codex.open(file, reader.state());
    for (const unit of units.slice(-1)) later.push(unit);
    const { problems } = later.take();
    assert.deepEqual(problems.map(({ code, where }) => [code, where?.line]), [['rewind-not-marked', 7]]);
  });
});

describe('Codex: where a session comes from', () => {
  const parent = '019cadc6-9a80-7a01-8b01-0000000000a1';
  const child = '019cadcb-2e60-7a01-8b01-0000000000f0';
  const path = `/x/sessions/2026/03/02/rollout-2026-03-02T10-05-00-${child}.jsonl`;
  const fork = line('session_meta', { id: child, forked_from_id: parent, cwd: '/home/ada' });

  it('knows copies of old releases, whose turns have no ids, by the time between them', () => {
    const later = '2026-03-02T09:00:30.000Z';
    const read = readLines([fork, line('session_meta', { id: parent }), asked('old'), answer('x'), asked('new', later)], path);
    assert.deepEqual(messages(read).map((record) => record.data.copied ?? false), [true, true, false]);
  });

  it('knows copies when no header of the parent stands before them', () => {
    const read = readLines([fork, event('task_started', { turn_id: '019cadc6-9e68-7a01-8b01-000000000001' }), asked('old'), answer('x')], path);
    assert.deepEqual(messages(read).map((record) => record.data.copied ?? false), [true, true]);
  });

  it('does not take over the name of its parent', () => {
    const read = readLines([fork, line('session_meta', { id: parent }), asked('old'), event('thread_name_updated', { thread_name: 'Theirs' })], path);
    assert.equal(header(read, child)?.title, 'old');
  });

  it('does not begin again when a header of an ancestor follows later', () => {
    const own = '019cadcb-2e61-7a01-8b01-000000000001';
    const read = readLines([fork, event('task_started', { turn_id: own }), asked('mine'), line('session_meta', { id: parent }), answer('x')], path);
    assert.deepEqual(sessionIds(read), [child]);
    assert.deepEqual(messages(read).map((record) => record.data.copied ?? false), [false, false]);
  });

  it('knows the parent of a fork of a fork', () => {
    const grandparent = line('session_meta', { id: 'g' });
    const middle = line('session_meta', { id: parent, forked_from_id: 'g' });
    const read = readLines([fork, middle, grandparent, asked('old')], '/x/copy.jsonl');
    assert.deepEqual(sessionIds(read), [child]);
    assert.equal(header(read, child)?.parent, `codex:${parent}`);
    assert.equal(messages(read)[0]?.data.copied, true);
  });

  it('takes a resumed session for the same', () => {
    const read = readLines([meta, asked('a'), answer('b'), meta, asked('c')]);
    assert.deepEqual([sessionIds(read), count(read, 's').prompts], [['s'], 2]);
  });

  it('keeps no password of the address a repository was cloned from', () => {
    const address = ['https://', 'ada', ':', 'lamp', '@example.org/site.git'].join('');
    const read = readLines([line('session_meta', { id: 's', git: { repository_url: address } }), asked('a')]);
    assert.equal(header(read, 's')?.git?.remote, 'https://example.org/site.git');
  });
});

describe('Codex: bad lines, titles and headers', () => {
  it('reports a bad line, goes on, and says that the session is not complete', () => {
    const read = readLines([meta, '{"type":"event_msg",', '[1,2]', asked('a')]);
    assert.deepEqual(read.problems.map((problem) => [problem.code, problem.where?.line]), [['malformed-line', 2], ['malformed-line', 3]]);
    assert.equal(read.problems[0]?.where?.offset, Buffer.byteLength(JSON.stringify(meta)) + 1);
    assert.match(read.problems[0]?.message ?? '', /^Line 2 of \/home\/ada\/.*\.jsonl is not a JSON object and was skipped\.$/);
    assert.equal(header(read, 's')?.fidelityReason, '2 lines of the file could not be read.');
  });

  it('hands the header over again only when it changed', () => {
    const reader = codex.open(sourceFile('/x/rollout.jsonl', ''));
    const lines = [meta, asked('one'), answer('two'), event('thread_name_updated', { thread_name: 'Counting' }), answer('three')];
    const titles = unitsOf(lines.map((value) => `${JSON.stringify(value)}\n`).join('')).map((unit) => {
      reader.push(unit);
      return reader.take().records.flatMap((record) => (record.kind === 'session' ? [`${record.data.titleSource} ${record.data.title}`] : []));
    });
    assert.deepEqual(titles, [[], ['first-prompt one'], [], ['user Counting'], []]);
  });

  it('cuts a long first prompt at a word', () => {
    const title = header(readLines([meta, asked(`\n${'lamp '.repeat(60)}`)]), 's')?.title ?? '';
    assert.ok(title.length <= 120 && title.endsWith('lamp…'), title);
  });

  it('makes no session of a file that only has settings', () => {
    assert.deepEqual(readLines([meta, start, line('turn_context', { model: 'x' }), line('world_state', {})]).records, []);
  });

  it('takes the session from the name of a file whose header cannot be read', () => {
    const id = '019cadcb-2e60-7a01-8b01-0000000000f0';
    assert.deepEqual(sessionIds(readLines(['{"torn', asked('a')], `/x/rollout-2026-03-02T10-05-00-${id}.jsonl`)), [id]);
  });

  it('is not resumable while a response waits for its tokens', () => {
    const reader = codex.open(sourceFile('/x/rollout.jsonl', ''));
    const states = unitsOf([meta, answer('a'), counted(10), asked('b')].map((value) => `${JSON.stringify(value)}\n`).join('')).map((unit) => {
      reader.push(unit);
      return reader.state() !== undefined;
    });
    assert.deepEqual(states, [true, false, true, true]);
  });

  it('shows the lines of an unfinished file', () => {
    const text = `${JSON.stringify(meta)}\n${JSON.stringify(answer('a'))}\n`;
    assert.equal(count(readText(text, sourceFile('/x/rollout.jsonl', text)), 's').replies, 1);
  });
});
