import assert from 'node:assert/strict';
import { join } from 'node:path';
import { copilotCli } from '../../../../server/importers/copilot-cli/index.ts';
import { count, fixtures, header, message, messages, partsOf, readPath, sessionIds, unknowns, type Read } from '../lineFiles.ts';

const folder = join(fixtures, 'copilot-cli', 'session-state');
const main = '7c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5';
const agent = `${main}:agent-c4`;
const path = join(folder, main, 'events.jsonl');

describe('Copilot CLI: a session file', () => {
  let read: Read;
  before(() => {
    read = readPath(copilotCli, path);
  });

  it('has the prompts, replies, tool calls and tokens that were counted by hand', () => {
    assert.deepEqual(sessionIds(read), [main, agent]);
    // Input: (5000 - 3000) + (7000 - 5000 - 1000) + (300 - 100); output: 90 + 60 + 20 + 30 + 12 + 8.
    assert.deepEqual(count(read, main), { prompts: 2, replies: 6, toolCalls: 5, usage: [3200, 4000, 100, 220, 50] });
    // Input: 900 - 100 - 700; of the 20 tokens written, 15 are in the agent's messages.
    assert.deepEqual(count(read, agent), { prompts: 0, replies: 2, toolCalls: 1, usage: [100, 100, 700, 20, 0] });
    assert.deepEqual(read.problems, []);
  });

  it('says what the session is', () => {
    assert.deepEqual(header(read, main), {
      time: '2026-08-05T09:00:00.000Z',
      title: 'Fix the login test',
      titleSource: 'user',
      cwd: '/home/ada/site',
      git: { branch: 'fix/login', commit: '2'.repeat(40), remote: 'https://github.com/ada/site' },
      agent: { name: 'Copilot CLI', version: '1.0.78' },
      fidelity: 'full',
      format: 'copilot-cli-events',
      origin: path,
    });
    assert.ok(read.records.every((record) => record.workspace === 'file:///home/ada/site'));
  });

  it('makes a subagent a session of its own, without a person in it', () => {
    const { title, titleSource, parent, relation, git, cwd } = header(read, agent) ?? {};
    assert.deepEqual([title, titleSource, parent, relation], ['Find every sleep', 'ai', `copilot-cli:${main}`, 'subagent']);
    assert.equal(cwd, '/home/ada/site');
    assert.equal(git?.branch, 'main');
    assert.equal(message(read, 'g3').data.synthetic, true);
    assert.deepEqual(messages(read, agent).map((record) => record.id), ['g3', 'g4', 'g6', 'g7', 'z1#1']);
  });

  it('keeps a prompt with what was attached to it, and nothing that the tool adds', () => {
    const sha256 = 'be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991';
    assert.deepEqual(message(read, 'u1').data, {
      role: 'user',
      parts: [
        { type: 'text', content: 'Why does the login test fail?\nIt fails one time in ten.' },
        { type: 'uri', uri: 'file:///home/ada/site/login.test.ts', name: 'login.test.ts', range: { start: 3, end: 9 } },
        { type: 'uri', uri: 'file:///home/ada/site/pages', name: 'pages' },
        { type: 'uri', uri: 'file:///C:/site/login.ts', name: 'login.ts', range: { start: 1, end: 5 } },
        { type: 'uri', uri: 'https://github.com/ada/site/issues/7', name: 'Flaky login' },
        { type: 'blob', mimeType: 'image/png', bytes: 16, sha256 },
        {
          type: 'unknown', nativeType: 'extension_context',
          raw: { type: 'extension_context', extensionId: 'x', title: 'Lamps', payload: { lamp: 1 } },
        },
      ],
    });
    assert.equal(message(read, 'u1').actor, 'user');
  });

  it('keeps reasoning, words and tool calls of a reply', () => {
    assert.deepEqual(message(read, 'a1').data, {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Look at the test first.' },
        { type: 'text', content: 'Running the test.' },
        { type: 'tool_call', id: 'c1', name: 'bash', arguments: { command: 'npm test', description: 'Run the test' } },
        { type: 'tool_call', id: 'c2', name: 'view', arguments: { path: 'login.ts' } },
      ],
      responseId: 'm1',
      model: 'gpt-5-mini',
      usage: { outputTokens: 90 },
    });
    assert.equal(message(read, 'a1').actor, 'agent:copilot-cli');
  });

  it('joins the messages of one response', () => {
    assert.equal(message(read, 'a2').data.responseId, message(read, 'a3').data.responseId);
    assert.equal(message(read, 'r1').data.responseId, message(read, 'a6').data.responseId);
    assert.deepEqual(message(read, 'r1').data.parts, [{ type: 'reasoning', content: 'Rename with care.' }]);
    assert.deepEqual(message(read, 'a6').data.parts, [{ type: 'text', content: 'Renamed.' }]);
  });

  it('adds what is only counted at the end to the last response of its model', () => {
    assert.deepEqual(message(read, 'z1#0').data, {
      role: 'assistant', parts: [], responseId: 'm5', model: 'gpt-5-mini',
      usage: { inputTokens: 2000, cacheReadTokens: 3000, cacheWriteTokens: 0, outputTokens: 30, reasoningTokens: 40 },
    });
    assert.equal(message(read, 'z1#0').time, message(read, 'a5').time);
    const later = messages(read).filter((record) => record.id.startsWith('z2'));
    assert.deepEqual(later.map(({ data }) => [data.responseId, data.usage?.inputTokens]), [['think-1', 1000], ['m7', 200]]);
  });

  it('says how tool calls ended', () => {
    const sha256 = 'be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991';
    const printed = '1 failing\n<shellId: 0 completed with exit code 1>';
    assert.deepEqual(message(read, 'y1').data, {
      role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: printed, status: 'failed', exitCode: 1, durationMs: 2500 }],
    });
    assert.deepEqual(message(read, 'y2').data.parts, [
      {
        type: 'tool_call_response', id: 'c2', response: '2 lines\n\ndiff --git a/login.ts b/login.ts\n await sleep(100);',
        status: 'succeeded', durationMs: 7,
      },
      { type: 'blob', mimeType: 'image/png', bytes: 16, sha256 },
    ]);
    assert.deepEqual(message(read, 'y3').data.parts, [
      { type: 'tool_call_response', id: 'c3', response: 'The user rejected this tool call.', status: 'denied' },
    ]);
    assert.equal(partsOf(message(read, 'y4').data, 'tool_call_response')[0]?.durationMs, 20_000);
  });

  it('keeps a command that a person ran', () => {
    assert.deepEqual(message(read, 'c6a').data, {
      role: 'tool', parts: [{ type: 'tool_call', id: 'c6', name: 'local_shell', arguments: { command: 'echo hello' } }],
    });
    assert.equal(message(read, 'c6a').actor, 'user');
    assert.equal(partsOf(message(read, 'y6').data, 'tool_call_response')[0]?.status, 'succeeded');
  });

  it('marks everything that the tool wrote', () => {
    const synthetic = messages(read, main).filter((record) => record.data.synthetic);
    assert.deepEqual(synthetic.map((record) => record.id), ['u3', 'o1', 'o2', 'o3', 'o4', 'o5', 'o7', 'o8', 'u4', 'o9']);
    assert.ok(synthetic.every((record) => record.actor === undefined));
    assert.deepEqual(message(read, 'o1').data.parts, [{ type: 'notice', content: 'Agent "lamps" is done.' }]);
    assert.equal(message(read, 'o4').data.outcome, 'failed');
    assert.deepEqual(message(read, 'o5').data, {
      role: 'system', parts: [{ type: 'notice', content: 'Stopped by the user.' }], synthetic: true, outcome: 'cancelled',
    });
    assert.deepEqual(message(read, 'o7').data.parts[1], { type: 'text', content: 'We looked for sleeps.' });
    assert.deepEqual(message(read, 'o7').data.usage, { inputTokens: 200, cacheReadTokens: 800, cacheWriteTokens: 0, outputTokens: 50 });
  });

  it('keeps what it does not know, and nothing that is hidden or encrypted', () => {
    assert.deepEqual(unknowns(read), ['hologram.shown h1']);
    const text = JSON.stringify(read.records);
    assert.match(text, /"angle":42/);
    assert.doesNotMatch(text, /You are a|current_datetime|reasoningOpaque|encryptedContent|AAECAwQFBgcICQoLDA0ODw/);
  });
});

describe('Copilot CLI: a file of an old release', () => {
  it('has no agents\' ids, models or tokens, and is read all the same', () => {
    const id = '0d9c8b7a-1111-4222-8333-444455556666';
    const read = readPath(copilotCli, join(folder, `${id}.jsonl`));
    assert.deepEqual(sessionIds(read), [id, `${id}:agent-tooluse_1`]);
    assert.deepEqual(count(read, id), { prompts: 1, replies: 2, toolCalls: 1, usage: [0, 0, 0, 0, 0] });
    assert.deepEqual(count(read, `${id}:agent-tooluse_1`), { prompts: 0, replies: 1, toolCalls: 1, usage: [0, 0, 0, 0, 0] });
    assert.deepEqual([header(read, id)?.title, header(read, id)?.titleSource], ['Count the lamps', 'first-prompt']);
    assert.equal(header(read, `${id}:agent-tooluse_1`)?.title, 'Count');
    assert.deepEqual(unknowns(read), []);
  });
});
