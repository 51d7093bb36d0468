import assert from 'node:assert/strict';
import { message, readLines } from './reading.ts';
import type { Read } from './reading.ts';

const ask = { requestId: 'r', message: 'Why?', response: [{ value: 'Because.' }] };

function read(...lines: object[]): Read {
  const log = [{ kind: 0, v: { sessionId: 's', requests: [ask] } }, ...lines];
  return readLines('copilot-chat-oplog', log.map((line) => JSON.stringify(line)).join('\n'));
}

describe('copilot-chat: following a conversation', () => {
  it('hands over again only what was touched', () => {
    const lines = [
      { kind: 0, v: { sessionId: 's', requests: [ask, { ...ask, requestId: 'q' }] } },
      { kind: 1, k: ['requests', 1, 'modelId'], v: 'copilot/x' },
      { kind: 1, k: ['x'], v: 1 },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    const { records } = readLines('copilot-chat-oplog', text, { splits: new Set([1, 2, 3]) });
    assert.deepEqual(records.map((record) => (record.kind === 'session' ? 'session' : record.id)), [
      'session', 'r:prompt', 'r:reply', 'q:prompt', 'q:reply', 'q:prompt', 'q:reply',
    ]);
  });

  it('takes a request back, by cutting, by compaction and by a mark', () => {
    const marked = { kind: 1, k: ['requests', 0, 'shouldBeRemovedOnSend'], v: true };
    for (const line of [{ kind: 2, k: ['requests'], i: 0 }, { kind: 0, v: { requests: [] } }, marked]) {
      const taken = read(line);
      assert.deepEqual(taken.problems, []);
      assert.equal(message(taken, 'r:prompt').superseded, true);
      assert.equal(message(taken, 'r:reply').superseded, true);
    }
  });

  it('gives back a request that comes again', () => {
    const again = read({ kind: 2, k: ['requests'], i: 0 }, { kind: 2, k: ['requests'], v: [ask] });
    assert.equal(message(again, 'r:prompt').superseded, undefined);
    assert.equal(message(again, 'r:reply').superseded, undefined);
  });

  it('marks a reply that was emptied to be written anew', () => {
    const emptied = message(read({ kind: 2, k: ['requests', 0, 'response'], i: 0 }), 'r:reply');
    assert.deepEqual(emptied.parts, []);
    assert.equal(emptied.superseded, true);
  });

  it('tells requests without an id apart by their place', () => {
    const nameless = { message: 'Go.', response: [{ kind: 'toolInvocationSerialized', toolId: 'tool' }] };
    const two = read({ kind: 1, k: ['requests'], v: [nameless, nameless] });
    assert.deepEqual(['request-1:reply', 'request-2:reply'].map((id) => message(two, id).parts[0]), [
      { type: 'tool_call', id: 'request-1:tool-1', name: 'tool' }, { type: 'tool_call', id: 'request-2:tool-1', name: 'tool' },
    ]);
  });

  it('does not let a request change its id', () => {
    const renamed = read({ kind: 1, k: ['requests', 0, 'requestId'], v: 'other' });
    assert.deepEqual(renamed.problems.map(({ code }) => code), ['malformed-line']);
    assert.equal(message(renamed, 'r:prompt').superseded, undefined);
  });
});
