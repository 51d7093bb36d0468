import assert from 'node:assert/strict';
import { join } from 'node:path';
import { kiroCli } from '../../../../server/importers/kiro-cli/index.ts';
import { count, fixtures, header, message, messages, readPath, sessionIds, unknowns, type Read } from '../lineFiles.ts';

const folder = join(fixtures, 'kiro-cli', 'sessions', 'cli');
const session = 'c0ffee00-1111-4222-8333-444455556666';
const path = join(folder, `${session}.jsonl`);
const reason = 'Kiro writes down no token counts, and times of prompts only.';

describe('Kiro CLI: a session file', () => {
  let read: Read;
  before(() => {
    read = readPath(kiroCli, path);
  });

  it('has the prompts, replies and tool calls that were counted by hand', () => {
    assert.deepEqual(sessionIds(read), [session]);
    assert.deepEqual(count(read, session), { prompts: 2, replies: 4, toolCalls: 3, usage: [0, 0, 0, 0, 0] });
    assert.deepEqual(read.problems, []);
  });

  it('says what the session is', () => {
    assert.deepEqual(header(read, session), {
      time: '2026-06-05T01:10:16.000Z',
      title: 'Why does the login test fail?',
      titleSource: 'first-prompt',
      cwd: '/home/ada/site',
      agent: { name: 'Kiro' },
      fidelity: 'partial',
      fidelityReason: reason,
      format: 'kiro-cli-jsonl',
      origin: path,
    });
    assert.ok(read.records.every((record) => record.workspace === 'file:///home/ada/site'));
  });

  it('gives an answer the time of its prompt where it has none of its own', () => {
    assert.deepEqual(read.records.filter((record) => record.kind !== 'session').map((record) => record.time.slice(11, 19)), [
      '01:10:16', '01:10:16', '01:10:16', '01:10:16', '01:10:16', '01:10:50', '01:10:50', '01:10:50', '01:13:20', '01:13:20',
    ]);
  });

  it('keeps a prompt, and measures its image', () => {
    const sha256 = 'be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991';
    assert.deepEqual(message(read, 'p1').data, {
      role: 'user',
      parts: [
        { type: 'text', content: 'Why does the login test fail?\nIt fails one time in ten.' },
        { type: 'blob', mimeType: 'image/png', bytes: 16, sha256 },
      ],
    });
    assert.equal(message(read, 'p1').actor, 'user');
  });

  it('keeps reasoning, words, tool calls and the model of a reply', () => {
    assert.deepEqual(message(read, 'a1').data, {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Look at the test first.' },
        { type: 'text', content: 'Running it.' },
        { type: 'tool_call', id: 'tooluse_1', name: 'shell', arguments: { command: 'npm test', __tool_use_purpose: 'Run the test' } },
      ],
      responseId: 'a1',
      model: 'claude-opus-4.8',
    });
    assert.equal(message(read, 'a1').actor, 'agent:kiro-cli');
    assert.deepEqual(message(read, 'a2').data.parts.map((part) => part.type), ['tool_call', 'tool_call']);
  });

  it('says how tool calls ended', () => {
    assert.deepEqual(message(read, 'r1').data, {
      role: 'tool',
      parts: [{ type: 'tool_call_response', id: 'tooluse_1', response: '1 failing\n\nboom\n', status: 'failed', exitCode: 3 }],
    });
    assert.deepEqual(message(read, 'r2').data.parts, [
      { type: 'tool_call_response', id: 'tooluse_2', response: 'await sleep(100);', status: 'succeeded' },
      { type: 'tool_call_response', id: 'tooluse_3', response: 'No such folder.', status: 'failed' },
    ]);
  });

  it('keeps a summary, but not the messages it stands for once more', () => {
    const [compaction] = messages(read).filter((record) => record.data.synthetic);
    assert.deepEqual(compaction?.data, {
      role: 'system',
      parts: [{ type: 'notice', content: 'Conversation compacted' }, { type: 'text', content: 'We looked for sleeps.' }],
      synthetic: true,
    });
    assert.match(compaction.id, /^line-\d+$/);
    assert.doesNotMatch(JSON.stringify(read.records), /messages_snapshot/);
  });

  it('keeps what it does not know, and nothing that is signed', () => {
    assert.deepEqual(unknowns(read).map((name) => name.replace(/\d+$/, 'n')), ['ResetTo line-n']);
    assert.deepEqual(message(read, 'a4').data.parts, [
      { type: 'text', content: 'Done.' },
      { type: 'unknown', nativeType: 'sparkle', raw: { kind: 'sparkle', data: { level: 3 } } },
    ]);
    assert.doesNotMatch(JSON.stringify(read.records), /AAECAwQFBgcICQoLDA0ODw/);
  });
});

describe('Kiro CLI: a subagent', () => {
  it('is a session of its own, without a person in it', () => {
    const id = 'c0ffee00-2222-4222-8333-444455556666';
    const read = readPath(kiroCli, join(folder, `${id}.jsonl`));
    assert.deepEqual(count(read, id), { prompts: 0, replies: 1, toolCalls: 0, usage: [0, 0, 0, 0, 0] });
    assert.equal(message(read, 'q1').data.synthetic, true);
    assert.equal(message(read, 'q1').actor, undefined);
    const { title, titleSource, parent, relation } = header(read, id) ?? {};
    assert.deepEqual([title, titleSource, parent, relation], ['Sleeps in tests', undefined, `kiro-cli:${session}`, 'subagent']);
  });
});
