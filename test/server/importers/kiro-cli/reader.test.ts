import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { kiroCli } from '../../../../server/importers/kiro-cli/index.ts';
import { header, messages, readText, sessionIds, sourceFile, unitsOf, type Read } from '../lineFiles.ts';

const uuid = 'c0ffee00-1111-4222-8333-444455556666';

function line(kind: string, data: object): object {
  return { version: 'v1', kind, data };
}

function prompt(id: string, text: string, seconds?: number): object {
  const meta = seconds === undefined ? {} : { meta: { timestamp: seconds } };
  return line('Prompt', { message_id: id, content: [{ kind: 'text', data: text }], ...meta });
}

function textOf(lines: readonly unknown[]): string {
  return lines.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n') + '\n';
}

function read(lines: readonly unknown[], sidecar?: object, path = `/x/sessions/cli/${uuid}.jsonl`): Read {
  const beside = `${path.split('/').at(-1)?.replace(/\.jsonl$/, '')}.json`;
  return readText(kiroCli, textOf(lines), sourceFile(path, (name) => (sidecar && name === beside ? JSON.stringify(sidecar) : undefined)));
}

/** The parts of a line with one tool result; `outcome` is what the line says of it beside its content. */
function answer(result: object, outcome?: unknown): unknown {
  const results = outcome === undefined ? {} : { results: { t: { tool: {}, result: outcome } } };
  const content = [{ kind: 'toolResult', data: { toolUseId: 't', ...result } }];
  return messages(read([line('ToolResults', { message_id: 'r', content, ...results })]))[0]?.data.parts;
}

describe('Kiro CLI: how a tool call ended', () => {
  const text = [{ kind: 'text', data: 'x' }];

  it('knows exit codes on every system', () => {
    const ended = (status: string): unknown =>
      answer({ status: 'success', content: [{ kind: 'json', data: { exit_status: status, stdout: 'x', stderr: '' } }] });
    const response = { type: 'tool_call_response', id: 't', response: 'x' };
    assert.deepEqual(ended('exit status: 0'), [{ ...response, status: 'succeeded', exitCode: 0 }]);
    assert.deepEqual(ended('exit status: 2'), [{ ...response, status: 'failed', exitCode: 2 }]);
    assert.deepEqual(ended('exit code: 1'), [{ ...response, status: 'failed', exitCode: 1 }]);
    assert.deepEqual(ended('signal: 9 (SIGKILL)'), [{ ...response, status: 'succeeded' }]);
  });

  it('knows failures, refusals and interruptions', () => {
    const status = (given: string | undefined, outcome?: unknown): unknown =>
      /"status":"(\w+)"/.exec(JSON.stringify(answer({ status: given, content: text }, outcome)))?.[1];
    assert.equal(status('success', { Success: {} }), 'succeeded');
    assert.equal(status('error', { Error: { Custom: 'x' } }), 'failed');
    assert.equal(status('error', 'Cancelled'), 'cancelled');
    assert.equal(status('error', { Cancelled: {} }), 'cancelled');
    assert.equal(status('error', { Denied: {} }), 'denied');
    assert.equal(status('error', { Rejected: {} }), 'denied');
    assert.equal(status(undefined), 'unknown');
  });

  it('keeps values as values and bytes as their size', () => {
    assert.deepEqual(answer({ status: 'success', content: [{ kind: 'json', data: { lamps: 3 } }] }), [
      { type: 'tool_call_response', id: 't', response: { lamps: 3 }, status: 'succeeded' },
    ]);
    const image = { kind: 'image', data: { format: 'png', source: { bytes: [1, 2] } } };
    assert.deepEqual(answer({ status: 'success', content: [...text, { kind: 'json', data: [1] }, image] }), [
      { type: 'tool_call_response', id: 't', response: ['x', [1]], status: 'succeeded' },
      { type: 'blob', mimeType: 'image/png', bytes: 2, sha256: createHash('sha256').update(Uint8Array.of(1, 2)).digest('hex') },
    ]);
    assert.deepEqual(answer({ status: 'success', content: [] }), [{ type: 'tool_call_response', id: 't', status: 'succeeded' }]);
  });
});

describe('Kiro CLI: sessions, titles and bad lines', () => {
  it('takes the session from the file name, and from the first message when the name is another', () => {
    assert.deepEqual(sessionIds(read([prompt('p', 'Hi')])), [uuid]);
    assert.deepEqual(sessionIds(read([prompt('p', 'Hi'), prompt('q', 'Ho')], undefined, '/x/copy.jsonl')), ['p']);
    assert.deepEqual(sessionIds(read([line('ResetTo', { target_index: 1 }), prompt('q', 'Ho')], undefined, '/x/copy.jsonl')), ['copy']);
  });

  it('says where a title comes from, as far as it can be told', () => {
    const title = (given: string | undefined): unknown[] => {
      const found = header(read([prompt('p', 'Why does it fail?\nTell me')], { title: given }), uuid);
      return [found?.title, found?.titleSource];
    };
    assert.deepEqual(title(undefined), ['Why does it fail?', 'first-prompt']);
    assert.deepEqual(title('Why does...'), ['Why does it fail?', 'first-prompt']);
    assert.deepEqual(title('Flaky login'), ['Flaky login', undefined]);
    assert.equal(String(title('lamp '.repeat(60))[0]).length <= 120, true);
  });

  it('finds a time for lines before the first prompt', () => {
    const early = line('AssistantMessage', { message_id: 'a', content: [] });
    const lines = [early, prompt('p', 'Hi', 1780621816)];
    const times = (sidecar?: object): string[] => messages(read(lines, sidecar)).map((record) => record.time);
    assert.deepEqual(times({ created_at: '2026-06-05T01:10:00.5Z' }), ['2026-06-05T01:10:00.500Z', '2026-06-05T01:10:16.000Z']);
    assert.deepEqual(times(), ['2026-10-01T00:00:00.000Z', '2026-06-05T01:10:16.000Z']);
  });

  it('knows the workspace on Windows', () => {
    assert.equal(read([prompt('p', 'Hi')], { cwd: 'C:\\Users\\ada\\my site' }).records[0]?.workspace, 'file:///C:/Users/ada/my%20site');
  });

  it('hands the header over again only when it changed', () => {
    const reader = kiroCli.open(sourceFile(`/x/${uuid}.jsonl`, () => undefined));
    const headers = unitsOf(textOf([prompt('p', 'Hi', 1), prompt('q', 'Ho', 2), '{', prompt('r', 'Hu', 3)])).map((unit) => {
      reader.push(unit);
      return reader.take().records.filter((record) => record.kind === 'session').length;
    });
    assert.deepEqual(headers, [1, 0, 1, 0]);
  });

  it('reports a bad line, goes on, and says so', () => {
    const some = read([prompt('p', 'Hi'), '{"version":"v1",', '"text"', prompt('q', 'Ho')]);
    assert.deepEqual(some.problems.map((problem) => [problem.code, problem.where?.line]), [['malformed-line', 2], ['malformed-line', 3]]);
    assert.equal(some.problems[0]?.where?.offset, Buffer.byteLength(JSON.stringify(prompt('p', 'Hi'))) + 1);
    assert.match(some.problems[0]?.message ?? '', /^Line 2 of \/x\/.*\.jsonl is not a JSON object and was skipped\.$/);
    assert.match(header(some, uuid)?.fidelityReason ?? '', /^Kiro .* only\. 2 lines of the file could not be read\.$/);
    assert.equal(messages(some).length, 2);
  });

  it('keeps a message of a shape it does not know', () => {
    const some = read([line('Prompt', { message_id: 'p', content: 'plain' }), { version: 'v1', data: {} }]);
    const kinds = some.records.map((record) => (record.kind === 'unknown' ? record.data.nativeType : record.kind));
    assert.deepEqual(kinds, ['Prompt', '(no kind)', 'session']);
  });

  it('keeps a summary that is no text', () => {
    const [compaction] = messages(read([line('Compaction', { summary: { lamps: 3 } })]));
    assert.deepEqual(compaction?.data.parts[1], { type: 'text', content: '{"lamps":3}' });
  });

  it('names a tool call without an id after its line', () => {
    const use = (name: unknown): object => ({ kind: 'toolUse', data: { name } });
    const [call] = messages(read([line('AssistantMessage', { message_id: 'a', content: [use('read'), use(3)] })]));
    assert.deepEqual(call?.data.parts, [{ type: 'tool_call', id: 'a#0', name: 'read' }, { type: 'tool_call', id: 'a#1', name: 'unknown' }]);
  });
});
