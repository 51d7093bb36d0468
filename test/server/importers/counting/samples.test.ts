/**
 * `daybook import --from FILE --json` on files of real tools and on fixtures, against a count that shares nothing with the importers.
 * The numbers of the samples were made by that count, and read by hand where it says so.
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { folderForEachTest } from '../../../support/folder.ts';
import { samples } from '../../../support/places.ts';
import { layHome } from '../contract/home.ts';
import { countFile } from './count.ts';
import { imported } from './imported.ts';
import type { Counted, Tokens } from './tally.ts';

type Row = readonly [sessions: number, prompts: number, replies: number, toolCalls: number, ...tokens: Tokens];

const project = 'claude-code/projects/-sample';
const expected: Readonly<Record<string, Row>> = {
  'aider/multi-turn.md': [1, 3, 3, 0, 2_358, 0, 0, 312],
  'aider/partial-writes.md': [1, 1, 1, 0, 2_500, 0, 0, 1_100],
  'claude-code/compaction-2.1.143.jsonl': [1, 2, 2, 0, 6, 25_506, 15_018, 10],
  'claude-code/with-thinking.jsonl': [1, 1, 2, 1, 18, 32_612, 7_461, 484],
  [`${project}/30530d66-37fb-4f3b-aa5f-d92b6a8afae2.jsonl`]: [1, 2, 15, 25, 802_193, 0, 0, 4_756],
  [`${project}/4c289ca8-f8bb-4588-8400-88b78beb784d.jsonl`]: [1, 2, 5, 5, 29, 78_476, 7_775, 538],
  [`${project}/50a7220d-7250-46f3-b38e-b716ce25032e.jsonl`]: [1, 1, 2, 1, 22, 15_962, 16_233, 4],
  [`${project}/50a7220d-7250-46f3-b38e-b716ce25032e/subagents/agent-a21e2f5.jsonl`]: [1, 0, 2, 1, 24, 4_418, 4_563, 6],
  [`${project}/b3a7bd3c-5a10-4e7b-8ff0-7fc0cd6d1093.jsonl`]: [1, 1, 2, 4, 24, 15_973, 16_832, 4],
  [`${project}/b3a7bd3c-5a10-4e7b-8ff0-7fc0cd6d1093/subagents/agent-a775a67.jsonl`]: [1, 0, 2, 1, 24, 4_410, 4_558, 11],
  'cline/session.messages.json': [1, 5, 16, 11, 95_819, 534_435, 0, 4_395],
  'codex/rollout-0.118.jsonl': [1, 4, 20, 43, 95_367, 998_656, 0, 7_945],
  'codex/rollout-0.130-fork.jsonl': [2, 3, 3, 0, 47_695, 43_136, 0, 30],
  'codex/rollout-0.135-rewind.jsonl': [2, 3, 3, 0, 49_692, 38_016, 0, 15],
  'codex/rollout-0.147-paginated.jsonl': [1, 1, 1, 0, 12_765, 11_008, 0, 11],
  'continue/session.json': [1, 1, 3, 2, 1_813, 4_366, 2_183, 305],
  'copilot-chat/export-cancelled.json': [1, 2, 1, 0, 0, 0, 0, 0],
  'copilot-chat/export-mcp.json': [1, 1, 1, 3, 0, 0, 0, 0],
  'copilot-chat/flat-v3.json': [1, 3, 3, 2, 0, 0, 0, 0],
  'copilot-chat/oplog-empty-then-patched.jsonl': [1, 1, 1, 0, 0, 0, 0, 0],
  'copilot-chat/oplog-multiline.jsonl': [1, 2, 2, 3, 19_671, 0, 0, 73],
  'copilot-chat/oplog-snapshot.jsonl': [1, 3, 3, 2, 0, 0, 0, 0],
  'copilot-chat/transcript-events.jsonl': [1, 1, 2, 2, 0, 0, 0, 0],
  'copilot-cli/subagent.jsonl': [2, 1, 5, 3, 30_887, 60_928, 0, 2_133],
  'cursor/agent-transcript.jsonl': [1, 1, 10, 10, 0, 0, 0, 0],
  'gemini-cli/session-rewind.jsonl': [1, 3, 7, 4, 85_372, 0, 0, 2_341],
  'gemini-cli/session-task-list.jsonl': [1, 1, 8, 8, 41_841, 60_720, 0, 936],
  'kiro-cli/session.jsonl': [1, 1, 11, 10, 0, 0, 0, 0],
  'opencode/opencode.db': [1, 1, 1, 1, 10, 0, 0, 20],
  'qwen-code/session.jsonl': [1, 1, 2, 1, 1_050, 50, 0, 25],
};

/** Lines of many sessions put together by their publisher, their ids replaced by one text: read by hand, what can be told of them. */
const trimmed: Readonly<Record<string, readonly [sessions: number, prompts: number, ...tokens: Tokens]>> = {
  // A prompt was queued while the agent worked; the agent's own first line is its task.
  'claude-code/many-record-types.jsonl': [2, 1, 10, 0, 0, 5],
  'codex/many-record-types.jsonl': [2, 1, 12_757, 3_584, 0, 81],
  'copilot-cli/many-record-types.jsonl': [1, 2, 0, 0, 0, 15],
};

/** Fixtures that are plain enough for the independent count, below the home folder that has them all. */
const fixtures = [
  '.claude/projects/-home-ada-site/d1e2f3a4-1a2b-4c3d-8e4f-5a6b7c8d9e55.jsonl',
  '.claude/projects/-home-ada-site/5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11/subagents/agent-a1b2.jsonl',
  '.kiro/sessions/cli/c0ffee00-1111-4222-8333-444455556666.jsonl',
  '.gemini/tmp/98cead7489dd4249e1e4a47dc8426ccad3a6f2fed4dd2558ecc7ec1aa7984518/chats/session-2025-09-01T10-00-0b9f7d1e.json',
  '.gemini/tmp/site/chats/5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11/a1b2c3d4-0000-4000-8000-000000000001.jsonl',
  '.local/share/amp/threads/T-0197a2b3-1111-4222-8333-444455556666.json',
  '.config/Code/User/globalStorage/emptyWindowChatSessions/11111111-aaaa-4bbb-8ccc-000000000002.json',
];

function counted([sessions, prompts, replies, toolCalls, ...tokens]: Row): Counted {
  return { sessions, prompts, replies, toolCalls, tokens };
}

describe('daybook import --from, file by file', function () {
  this.timeout(30_000);
  const at = folderForEachTest();
  const needSamples = function (this: Mocha.Context): void {
    // Published recordings, kept beside the checkout on some machines only.
    if (!existsSync(samples)) this.skip();
  };

  describe('samples', () => {
    before(needSamples);

    for (const [name, row] of Object.entries(expected)) {
      it(`counts ${name}`, async () => {
        const path = join(samples, name);
        const source = name.split('/')[0] ?? '';
        assert.deepEqual(countFile(path, source), counted(row), 'the independent count');
        assert.deepEqual(await imported(path, at.path), { source, problems: 0, counted: counted(row) });
      });
    }

    for (const [name, [sessions, prompts, ...tokens]] of Object.entries(trimmed)) {
      it(`counts ${name}`, async () => {
        const { source, problems, counted: got } = await imported(join(samples, name), at.path);
        assert.deepEqual([source, problems, got.sessions, got.prompts, got.tokens], [name.split('/')[0], 0, sessions, prompts, tokens]);
      });
    }

    it('knows them all', () => {
      const files = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'README.md');
      const names = files.map((entry) => relative(samples, join(entry.parentPath, entry.name)).split(sep).join('/'));
      assert.deepEqual(names.sort(), [...Object.keys(expected), ...Object.keys(trimmed)].sort());
    });
  });

  for (const name of fixtures) {
    it(`counts the fixture at ${name}`, async () => {
      layHome(at.path);
      const { source, counted: got } = await imported(join(at.path, name), at.path);
      assert.deepEqual(got, countFile(join(at.path, name), source));
    });
  }
});
