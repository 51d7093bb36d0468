import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { copilotChat } from '../../../../server/importers/copilot-chat/index.ts';
import { outline } from '../../../../server/importers/copilot-chat/outline.ts';
import { fixture, samplesFolder } from './reading.ts';
import { processorMs } from '../../../support/processorMs.ts';

function format(head: string, path = '/somewhere/file'): string | undefined {
  return copilotChat.recognise({ path, head })?.format;
}

const start = {
  type: 'session.start',
  data: { sessionId: 's', producer: 'copilot-agent', copilotVersion: '1' },
  id: 'e',
  timestamp: 't',
  parentId: null,
};

describe('copilot-chat: recognition', () => {
  it('knows its own files, also by their first bytes', () => {
    const cases: [string, string, 'line' | 'document'][] = [
      ['oplog.jsonl', 'copilot-chat-oplog', 'line'],
      ['flat-v1.json', 'copilot-chat-json', 'document'],
      ['export.json', 'copilot-chat-export', 'document'],
      ['transcript.jsonl', 'copilot-chat-transcript', 'line'],
    ];
    for (const [name, known, unit] of cases) {
      assert.deepEqual(copilotChat.recognise({ path: `/x/${name}`, head: fixture(name) }), { format: known, unit }, name);
    }
    assert.equal(format(fixture('export.json').slice(0, 300)), 'copilot-chat-export');
    assert.equal(
      format('{"kind":0,"v":{"version":3,"requesterUsername":"ada","sessionId":"s","requests":[{"text":"cut in the mid'),
      'copilot-chat-oplog',
    );
  });

  it('takes a cut document in a session folder for a session', () => {
    const head = fixture('flat-v1.json').slice(0, 300);
    assert.equal(format(head, 'C:\\Users\\ada\\User\\workspaceStorage\\1\\chatSessions\\2.json'), 'copilot-chat-json');
    assert.equal(format(head, '/home/ada/chat.json'), 'copilot-chat-export');
  });

  it('leaves the events of Copilot CLI alone', () => {
    assert.equal(format(`${JSON.stringify(start)}\n`), undefined);
    assert.equal(format(`${JSON.stringify({ ...start, data: { ...start.data, vscodeVersion: '1.120.0' } })}\n`), 'copilot-chat-transcript');
    assert.equal(
      format(`${JSON.stringify(start)}\n`, '/User/workspaceStorage/1/GitHub.copilot-chat/transcripts/2.jsonl'),
      'copilot-chat-transcript',
    );
  });

  it('leaves other JSON alone', () => {
    const others = [
      '', '{', '[]', 'null', '{"kind":0}', '{"kind":0,"v":{"a":1}}', '{"requests":[]}', '{"kind":1,"k":["a"],"v":1}',
      '{"sessionId":"s","version":1,"messages":[{"requests":[],"responderUsername":"x"}]}',
      '{"log":{"requests":[],"version":3,"responderUsername":"x"}}',
    ];
    for (const head of others) assert.equal(format(head), undefined, head);
  });

  it('never throws and is quick, whatever the bytes', () => {
    fc.assert(fc.property(fc.string(), (head) => void format(head)));
    const before = processorMs();
    for (const piece of ['"', '\\"', '{', '[{', '"a":', '{"a":{']) format(`{"kind":0,"v":{${piece.repeat(65_536 / piece.length)}`);
    assert.ok(processorMs() - before < 2_000);
  });

  it('claims exactly its own among all samples', function () {
    const root = samplesFolder();
    if (!existsSync(root)) return this.skip();
    const claimed = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((name) => ({ name: name.replaceAll('\\', '/'), path: join(root, name) }))
      .filter(({ path }) => statSync(path).isFile())
      .filter(({ path }) => copilotChat.recognise({ path, head: readFileSync(path).subarray(0, 65_536).toString() }) !== undefined)
      .map(({ name }) => name);
    assert.deepEqual(claimed.sort(), [
      'copilot-chat/export-cancelled.json', 'copilot-chat/export-mcp.json', 'copilot-chat/flat-v3.json',
      'copilot-chat/oplog-empty-then-patched.jsonl',
      'copilot-chat/oplog-multiline.jsonl', 'copilot-chat/oplog-snapshot.jsonl', 'copilot-chat/transcript-events.jsonl',
    ]);
  });
});

describe('copilot-chat: outline of cut JSON', () => {
  it('gives the keys of one object only', () => {
    const text = '{"a":1,"b":{"c":[{"d":2}],"e":"x,y:{"},"f":[3],"g":tr';
    assert.deepEqual([...outline(text)], [['a', '1'], ['b', '{'], ['f', '['], ['g', 'tr']]);
    assert.deepEqual([...outline(text, ['b'])], [['c', '['], ['e', '"x,y:{"']]);
    assert.deepEqual([...outline(text, ['a'])], []);
  });
});
