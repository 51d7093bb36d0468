import assert from 'node:assert/strict';
import { copilotCli } from '../../../../server/importers/copilot-cli/index.ts';
import { count, header, message, messages, partsOf, readText, sessionIds, sourceFile, unitsOf, type Read } from '../lineFiles.ts';

let made = 0;

function event(type: string, data: object, more: object = {}): object {
  made += 1;
  return { type, data, id: `e${made}`, timestamp: '2026-08-05T09:00:00.000Z', parentId: null, ...more };
}

const start = event('session.start', { sessionId: 's', copilotVersion: '1.0.78', context: { cwd: '/home/ada' } });

function reply(messageId: string, outputTokens: number, more: object = {}): object {
  return event('assistant.message', { messageId, model: 'm', content: 'x', toolRequests: [], outputTokens, ...more });
}

function shutdown(inputTokens: number, outputTokens: number, model = 'm'): object {
  const usage = { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 };
  return event('session.shutdown', { modelMetrics: { [model]: { requests: { count: 1 }, usage } } });
}

function textOf(lines: readonly unknown[]): string {
  return lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n') + '\n';
}

function read(lines: readonly unknown[], path = '/x/session-state/s/events.jsonl', yaml?: string): Read {
  return readText(copilotCli, textOf(lines), sourceFile(path, (name) => (name === 'workspace.yaml' ? yaml : undefined)));
}

/** Replies, input and output tokens of the session `s`. */
function spent(...lines: object[]): readonly number[] {
  const { replies, usage } = count(read([start, ...lines]), 's');
  return [replies, usage[0], usage[3]];
}

describe('Copilot CLI: tokens', () => {
  it('are counted once, however often the tool adds them up', () => {
    assert.deepEqual(spent(reply('a', 10), shutdown(100, 10)), [1, 100, 10]);
    assert.deepEqual(spent(reply('a', 10), shutdown(100, 10), shutdown(100, 10)), [1, 100, 10]);
    assert.deepEqual(spent(reply('a', 10), shutdown(100, 10), reply('b', 5), shutdown(160, 15)), [2, 160, 15]);
    assert.deepEqual(spent(reply('a', 10), shutdown(100, 10), shutdown(130, 12)), [1, 130, 12]);
  });

  it('begin again when a rewind sets the sums back', () => {
    assert.deepEqual(spent(reply('a', 10), shutdown(100, 10), reply('b', 5), shutdown(60, 5)), [2, 160, 15]);
  });

  it('of a response in several messages are those of one', () => {
    const chunk = (id: string, chunkIndex: number): object => reply(id, 10, { apiCallId: 'call', chunkIndex, chunkCount: 2 });
    assert.deepEqual(spent(chunk('a', 0), chunk('b', 1), shutdown(100, 12)), [1, 100, 12]);
  });

  it('of a model without a reply go to the last reply there is', () => {
    assert.deepEqual(spent(reply('a', 10), shutdown(100, 7, 'other')), [1, 100, 17]);
    assert.deepEqual(spent(reply('a', 10), shutdown(100, 7, 'other'), shutdown(50, 13, 'm')), [1, 150, 20]);
    assert.deepEqual(spent(shutdown(100, 7)), [1, 100, 7]);
    assert.deepEqual(spent(shutdown(0, 0)), [0, 0, 0]);
  });

  it('of one session are not those of the next in the same file', () => {
    const next = event('session.start', { sessionId: 't' });
    const both = read([start, reply('a', 10), shutdown(100, 10), next, reply('b', 20), shutdown(150, 20)]);
    assert.deepEqual(sessionIds(both), ['s', 't']);
    assert.deepEqual([count(both, 's').usage[0], count(both, 't').usage[0]], [100, 150]);
  });

  it('that are no counts are none', () => {
    const modelMetrics = { m: { usage: { inputTokens: -5, outputTokens: 'x' } }, n: null, o: { requests: 2 } };
    const odd = event('session.shutdown', { modelMetrics });
    assert.deepEqual(spent(reply('a', 10), odd), [1, 0, 10]);
    assert.deepEqual(spent(event('assistant.message', { messageId: 'a', content: 'x', outputTokens: 1.5 })), [1, 0, 0]);
  });
});

describe('Copilot CLI: who wrote a prompt', () => {
  const by = (data: object): unknown => {
    const [prompt] = messages(read([start, event('user.message', { content: 'Hello', ...data })]));
    return prompt?.data.synthetic ?? 'a person';
  };

  it('is what its source says', () => {
    assert.equal(by({}), 'a person');
    assert.equal(by({ source: 'user' }), 'a person');
    assert.equal(by({ source: 'command-review' }), 'a person');
    for (const source of ['skill-pdf', 'agent-7', 'schedule-1', 'system']) assert.equal(by({ source }), true, source);
    assert.equal(by({ isAutopilotContinuation: true }), true);
    const task = event('user.message', { content: 'Find it' }, { agentId: 'c' });
    assert.equal(messages(read([start, task]))[0]?.data.synthetic, true);
  });
});

describe('Copilot CLI: how a tool call ended', () => {
  const answer = (data: object): object => {
    const found = messages(read([start, event('tool.execution_complete', { toolCallId: 'c', ...data })]))[0];
    const [part] = found ? partsOf(found.data, 'tool_call_response') : [];
    return part ?? {};
  };

  it('knows exit codes', () => {
    const block = { type: 'shell_exit', shellId: '0', exitCode: 3 };
    assert.deepEqual(answer({ success: true, result: { content: 'x', contents: [block] } }), {
      type: 'tool_call_response', id: 'c', response: 'x', status: 'failed', exitCode: 3,
    });
    assert.deepEqual(answer({ success: true, result: { content: 'x\n<exited with exit code 0>' } }), {
      type: 'tool_call_response', id: 'c', response: 'x\n<exited with exit code 0>', status: 'succeeded', exitCode: 0,
    });
    assert.equal('exitCode' in answer({ success: true, result: { content: 'I saw <exited with exit code 1> here.' } }), false);
  });

  it('knows refusals, interruptions and failures', () => {
    const status = (data: object): unknown => Object.entries(answer(data)).find(([key]) => key === 'status')?.[1];
    const failed = (code: string): object => ({ success: false, error: { message: 'No.', code } });
    assert.equal(status(failed('denied')), 'denied');
    assert.equal(status(failed('rejected')), 'denied');
    assert.equal(status(failed('cancelled')), 'cancelled');
    assert.equal(status(failed('failure')), 'failed');
    assert.equal(status({ success: false }), 'failed');
    assert.equal(status({}), 'unknown');
  });

  it('keeps what was told to the model and what was shown', () => {
    const response = (content: string, detailedContent: string | null): unknown =>
      Object.entries(answer({ success: true, result: { content, detailedContent } })).find(([key]) => key === 'response')?.[1];
    assert.equal(response('a', 'a'), 'a');
    assert.equal(response('a', null), 'a');
    assert.equal(response('done', '+ line'), 'done\n\n+ line');
    assert.equal(response('cut', 'not cut'), 'not cut');
    assert.deepEqual(answer({ success: true, result: { content: '', structuredContent: { lamps: 3 } } }), {
      type: 'tool_call_response', id: 'c', response: { lamps: 3 }, status: 'succeeded',
    });
  });

  it('measures bytes that were kept elsewhere', () => {
    const result = { content: 'x', binaryResultsForLlm: [{ type: 'image', mimeType: 'image/png', assetId: 'sha256:1', byteLength: 9 }] };
    const parts = messages(read([start, event('tool.execution_complete', { toolCallId: 'c', success: true, result })]))[0]?.data.parts;
    assert.deepEqual(parts?.[1], { type: 'blob', mimeType: 'image/png', bytes: 9 });
  });

  it('keeps a call that nobody asked for before it ran, once', () => {
    const run = event('tool.execution_start', { toolCallId: 'c', toolName: 'bash', arguments: 'not JSON' });
    const asked = reply('a', 1, { toolRequests: [{ toolCallId: 'd', name: 'view' }] });
    const some = read([start, run, asked, event('tool.execution_start', { toolCallId: 'd', toolName: 'view' })]);
    assert.deepEqual(messages(some).flatMap((record) => partsOf(record.data, 'tool_call')), [
      { type: 'tool_call', id: 'c', name: 'bash', arguments: 'not JSON' }, { type: 'tool_call', id: 'd', name: 'view' },
    ]);
  });
});

describe('Copilot CLI: what it remembers', () => {
  const remembered = (...lines: object[]): number => {
    const reader = copilotCli.open(sourceFile('/x/session-state/s/events.jsonl', () => undefined));
    for (const unit of unitsOf(textOf([start, ...lines]))) reader.push(unit);
    return JSON.stringify(reader.state()).length;
  };
  const runs = Array.from({ length: 1000 }, (_, index) => event('tool.execution_start', { toolCallId: `c${index}`, toolName: 'bash' }));
  const ends = runs.map((_, index) => event('tool.execution_complete', { toolCallId: `c${index}`, success: true }));

  it('is no call that was answered, and not too many that were not', () => {
    assert.ok(remembered(...runs, ...ends) < 500);
    assert.ok(remembered(...runs) < 10_000);
  });
});

describe('Copilot CLI: sessions, titles and bad lines', () => {
  it('takes the name from the file beside the events', () => {
    const prompt = event('user.message', { content: 'First\nsecond' });
    const title = (yaml: string | undefined, path?: string): unknown[] => {
      const found = header(read([start, prompt], path, yaml), 's');
      return [found?.title, found?.titleSource];
    };
    assert.deepEqual(title(undefined), ['First', 'first-prompt']);
    assert.deepEqual(title('id: s\nname: Mine\nuser_named: true\n'), ['Mine', 'user']);
    assert.deepEqual(title('id: s\nname: \'It\'\'s done\'\nuser_named: false\r\n'), ['It\'s done', 'ai']);
    assert.deepEqual(title('id: s\nname: |-\n  Two\n  lines\nsummary: "Not \\"this\\""\n'), ['Two', 'ai']);
    assert.deepEqual(title('id: s\nsummary: "Count \\"lamps\\""\n'), ['Count "lamps"', 'ai']);
    assert.deepEqual(title('id: another\nname: Not mine\n'), ['First', 'first-prompt']);
    assert.deepEqual(title('name: Not mine\n', '/x/session-state/s.jsonl'), ['First', 'first-prompt']);
    assert.equal(String(title(`name: ${'lamp '.repeat(60)}`)[0]).length <= 120, true);
  });

  it('follows the branch and stays in its folder', () => {
    const moved = event('session.context_changed', { cwd: '/tmp', branch: 'b2', repository: 'lamps' });
    const found = header(read([start, event('user.message', { content: 'Hi' }), moved]), 's');
    assert.deepEqual([found?.cwd, found?.git], ['/home/ada', { branch: 'b2', remote: 'lamps' }]);
  });

  it('says which session a background run continues', () => {
    const run = event('session.start', { sessionId: 's', detachedFromSpawningParentSessionId: 'p' });
    const found = header(read([run, event('user.message', { content: 'Hi' })]), 's');
    assert.deepEqual([found?.parent, found?.relation], ['copilot-cli:p', 'continuation']);
  });

  it('knows the model of older replies from the events around them', () => {
    const older = event('assistant.message', { messageId: 'a', content: 'x' });
    const models = (...before: object[]): unknown => messages(read([start, ...before, older]))[0]?.data.model;
    assert.equal(models(), undefined);
    assert.equal(models(event('session.model_change', { newModel: 'gpt-5' })), 'gpt-5');
    const resolved = event('session.auto_mode_resolved', { chosenModel: 'gpt-5' });
    assert.equal(models(resolved, event('session.model_change', { newModel: 'auto' })), 'gpt-5');
  });

  it('takes the session from the path when the file lost its beginning', () => {
    const line = event('user.message', { content: 'Hi' });
    assert.deepEqual(sessionIds(read([line], '/x/session-state/7c1d/events.jsonl')), ['7c1d']);
    assert.deepEqual(sessionIds(read([line], 'C:\\x\\session-state\\0d9c.jsonl')), ['0d9c']);
  });

  it('gives an event without a time or an id those that are sure', () => {
    const some = read([start, { type: 'user.message', data: { content: 'Hi' }, id: '[trimmed]', timestamp: 'soon' }]);
    const offset = Buffer.byteLength(JSON.stringify(start)) + 1;
    assert.deepEqual(messages(some).map(({ id, time }) => [id, time]), [[`line-${offset}`, '2026-08-05T09:00:00.000Z']]);
    assert.equal(messages(read([{ type: 'abort', data: {} }]))[0]?.time, '2026-10-01T00:00:00.000Z');
  });

  it('hands the header over again only when it changed', () => {
    const reader = copilotCli.open(sourceFile('/x/session-state/s/events.jsonl', () => undefined));
    const moved = event('session.context_changed', { cwd: '/', branch: 'b' });
    const lines = [start, event('user.message', { content: 'Hi' }), reply('a', 1), moved, reply('b', 1)];
    const headers = unitsOf(textOf(lines)).map((unit) => {
      reader.push(unit);
      return reader.take().records.filter((record) => record.kind === 'session').length;
    });
    assert.deepEqual(headers, [0, 1, 0, 1, 0]);
  });

  it('reports a bad line, goes on, and says that the session is not complete', () => {
    const prompt = event('user.message', { content: 'Hi' });
    const some = read([prompt, '{"type":"user.message",', '[1,2]', reply('a', 1)]);
    assert.deepEqual(some.problems.map((problem) => [problem.code, problem.where?.line]), [['malformed-line', 2], ['malformed-line', 3]]);
    assert.equal(some.problems[0]?.where?.offset, Buffer.byteLength(JSON.stringify(prompt)) + 1);
    assert.match(some.problems[0]?.message ?? '', /^Line 2 of \/x\/.*events\.jsonl is not a JSON object and was skipped\.$/);
    assert.equal(header(some, 's')?.fidelity, 'partial');
    assert.equal(header(some, 's')?.fidelityReason, '2 lines of the file could not be read.');
  });

  it('makes no session of a file that only has settings', () => {
    assert.deepEqual(read([start, event('session.permissions_changed', {}), event('hook.start', {})]).records, []);
  });

  it('says when a compaction failed, and keeps an unknown event without what is encrypted', () => {
    const failed = event('session.compaction_complete', { success: false, error: 'Too long.' });
    const some = read([start, failed, event('lamp', { encryptedContent: 'x', reasoningOpaque: 'y', lit: true })]);
    assert.deepEqual(messages(some)[0]?.data.parts, [{ type: 'notice', content: 'Too long.' }]);
    const [unknown] = some.records.filter((record) => record.kind === 'unknown');
    const { timestamp, parentId } = { timestamp: '2026-08-05T09:00:00.000Z', parentId: null };
    assert.deepEqual(unknown?.data.raw, { type: 'lamp', data: { lit: true }, id: unknown?.id, timestamp, parentId });
  });

  it('does not repeat reasoning that has an event of its own, before or after the reply', () => {
    const thought = event('assistant.reasoning', { reasoningId: 't', content: 'Hm.' });
    const said = reply('a', 1, { reasoningText: 'Hm.' });
    for (const lines of [[thought, said], [said, thought]]) {
      const some = read([start, ...lines]);
      assert.equal(count(some, 's').replies, 1);
      assert.deepEqual(messages(some).flatMap((record) => partsOf(record.data, 'reasoning')), [{ type: 'reasoning', content: 'Hm.' }]);
    }
    assert.throws(() => message(read([start]), 'none'));
  });
});
