import assert from 'node:assert/strict';
import { promptParts } from '../../../../server/importers/copilot-chat/prompt.ts';
import { replyParts } from '../../../../server/importers/copilot-chat/reply.ts';

const file = { scheme: 'file', path: '/home/ada/a.ts' };

function invocation(id: string, more: object): object {
  return { kind: 'toolInvocationSerialized', toolId: 'tool', toolCallId: id, isConfirmed: { type: 1 }, isComplete: true, ...more };
}

function statusOf(more: object, request: object = {}): unknown {
  const part = replyParts({ response: [invocation('c', more)], ...request }).find(({ type }) => type === 'tool_call_response');
  return part?.type === 'tool_call_response' ? part.status : undefined;
}

describe('copilot-chat: parts of a reply', () => {
  it('tells a call that is written again once, as it was last', () => {
    const parts = replyParts({
      response: [invocation('c', { isComplete: false }), { value: 'Done.' }, invocation('c', { pastTenseMessage: 'Did it' })],
    });
    assert.deepEqual(parts, [
      { type: 'tool_call', id: 'c', name: 'tool' },
      { type: 'tool_call_response', id: 'c', response: 'Did it', status: 'succeeded' },
      { type: 'text', content: 'Done.' },
    ]);
  });

  it('gives calls without an id one that is unique in the session', () => {
    const nameless = { kind: 'toolInvocationSerialized', toolId: 'tool' };
    const parts = ['r1', 'r2'].flatMap((requestId) => replyParts({ requestId, response: [nameless, nameless] }));
    const ids = parts.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []));
    assert.equal(new Set(ids).size, 4);
  });

  it('says how a call ended', () => {
    assert.equal(statusOf({}), 'succeeded');
    assert.equal(statusOf({ isConfirmed: true }), 'succeeded');
    assert.equal(statusOf({ isConfirmed: false }), 'denied');
    assert.equal(statusOf({ isConfirmed: { type: 0 } }), 'denied');
    assert.equal(statusOf({ isConfirmed: { type: 5 } }), 'denied');
    assert.equal(statusOf({ resultDetails: { isError: true } }), 'failed');
    assert.equal(statusOf({ toolSpecificData: { kind: 'terminal', terminalCommandState: { exitCode: 2 } } }), 'failed');
    assert.equal(statusOf({ isComplete: false, isConfirmed: false }), 'unknown');
    assert.equal(statusOf({ isComplete: false }, { modelState: { value: 2 } }), 'cancelled');
    assert.equal(statusOf({ isConfirmed: undefined }, { modelState: { value: 2 } }), 'cancelled');
  });

  it('reads symbols and places as links, and names without a place as words', () => {
    const range = { startLineNumber: 4, endLineNumber: 4 };
    const response = [
      { value: 'See ' }, { kind: 'inlineReference', inlineReference: { uri: file, range } }, { value: ', ' },
      { kind: 'inlineReference', inlineReference: { name: 'main', location: { uri: file, range } } }, { value: ' and ' },
      { kind: 'inlineReference', name: 'lib', inlineReference: {} }, { kind: 'undoStop' }, { value: '.' },
    ];
    const content = 'See [a.ts](file:///home/ada/a.ts#L4), [main](file:///home/ada/a.ts#L4) and lib.';
    assert.deepEqual(replyParts({ response }), [{ type: 'text', content }]);
  });

  it('keeps code blocks that hold something', () => {
    const response = [{ value: '\n```\n' }, { kind: 'codeblockUri', uri: file }, { value: 'let a;' }, { value: '\n```\n' }];
    assert.deepEqual(replyParts({ response }), [{ type: 'text', content: '\n```\nlet a;\n```\n' }]);
  });

  it('records files that were made or moved, and remarks with their title', () => {
    const edit = { oldResource: file, newResource: { ...file, path: '/home/ada/b.ts' } };
    const response = [
      { kind: 'workspaceEdit', edits: [edit] },
      { kind: 'elicitationSerialized', title: 'Sure?', message: { value: 'It is final.' } },
    ];
    assert.deepEqual(replyParts({ response }), [
      { type: 'edit', uri: 'file:///home/ada/b.ts', edits: [edit] },
      { type: 'notice', content: 'Sure?: It is final.' },
    ]);
  });
});

describe('copilot-chat: parts of a prompt', () => {
  it('leaves instructions out that have no kind of their own', () => {
    const variables = [{ id: 'vscode.prompt.instructions.text', value: 'hidden' }, { id: 'x', isFile: true, value: file }];
    assert.deepEqual(
      promptParts({ message: 'Hi', variableData: { variables } }),
      [{ type: 'text', content: 'Hi' }, { type: 'uri', uri: 'file:///home/ada/a.ts' }],
    );
  });

  it('takes pictures in every shape they are written in, and keeps none', () => {
    const sha256 = 'a12871fee210fb8619291eaea194581cbd2531e4b23759d225f6806923f63222';
    const values = [
      [1, 2],
      { 0: 1, 1: 2 },
      { type: 'Buffer', data: [1, 2] },
      { buffer: { 0: 1, 1: 2 } },
      { $base64: 'AQI=' },
      'data:image/png;base64,AQI=',
    ];
    for (const value of values) {
      const [part] = promptParts({ variableData: { variables: [{ kind: 'image', mimeType: 'image/png', value }] } });
      assert.deepEqual(part, { type: 'blob', mimeType: 'image/png', bytes: 2, sha256 }, JSON.stringify(value));
    }
    const odd = { kind: 'image', name: 'a.png', value: { what: 'ever' } };
    assert.deepEqual(
      promptParts({ variableData: { variables: [odd] } }),
      [{ type: 'unknown', nativeType: 'image', raw: { name: 'a.png' } }],
    );
  });
});
