import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { codex } from '../../../../server/importers/codex/index.ts';
import { count, header, messages, partsOf, readPath, samples, sessionIds, type Counts } from './reading.ts';

// Counted in the files with a script that shares nothing with the importer: prompts are the user_message and UserMessage events, replies
// the token counts that grew, tool calls the different call ids; of a fork, from its first turn that is not its parent's.
const expected: Readonly<Record<string, Readonly<Record<string, Counts>>>> = {
  'rollout-0.118.jsonl': {
    '019d6f34-5400-7351-9296-89e2962b53b8': { prompts: 4, replies: 20, toolCalls: 43, usage: [95367, 998656, 0, 7945] },
  },
  // The two recordings with a fork are the files of both sessions, one after the other.
  'rollout-0.130-fork.jsonl': {
    '019e5615-1ef8-7270-b988-4f52f86449a4': { prompts: 2, replies: 2, toolCalls: 0, usage: [23928, 36608, 0, 25] },
    '019e5615-9632-7740-b2cf-3061e4ff06e2': { prompts: 1, replies: 1, toolCalls: 0, usage: [23767, 6528, 0, 5] },
  },
  'rollout-0.135-rewind.jsonl': {
    '019e7583-0b33-7912-a209-4c0407cfa243': { prompts: 2, replies: 2, toolCalls: 0, usage: [24918, 33536, 0, 10] },
    '019e7584-5201-7901-b1e7-a3f0c990c12f': { prompts: 1, replies: 1, toolCalls: 0, usage: [24774, 4480, 0, 5] },
  },
  'rollout-0.147-paginated.jsonl': {
    '01a011e3-f45b-7e10-8298-7609f4d621fd': { prompts: 1, replies: 1, toolCalls: 0, usage: [12765, 11008, 0, 11] },
  },
};
const folder = join(samples, 'codex');
const names = [...Object.keys(expected), 'many-record-types.jsonl'].sort();

describe('Codex: files of real releases', function () {
  before(function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!existsSync(folder)) this.skip();
  });

  for (const [file, sessions] of Object.entries(expected)) {
    it(`reads ${file}`, () => {
      const read = readPath(join(folder, file));
      assert.deepEqual(read.problems, []);
      assert.deepEqual(read.records.filter((record) => record.kind === 'unknown'), []);
      assert.deepEqual(Object.fromEntries(sessionIds(read).map((id) => [id, count(read, id)])), sessions);
    });
  }

  it('knows every call\'s end in rollout-0.118.jsonl', () => {
    const read = readPath(join(folder, 'rollout-0.118.jsonl'));
    const answers = messages(read).flatMap((record) => partsOf(record.data, 'tool_call_response'));
    const statuses = Map.groupBy(answers, (part) => `${part.status} ${part.exitCode ?? '-'}`);
    // Two commands ran on when their call was answered; one of them failed in the end.
    assert.deepEqual(Object.fromEntries([...statuses].map(([status, parts]) => [status, parts.length])), {
      'succeeded 0': 40, 'failed 1': 1, 'unknown -': 2,
    });
  });

  it('knows which session a fork came from', () => {
    const read = readPath(join(folder, 'rollout-0.130-fork.jsonl'));
    const { parent, relation } = header(read, '019e5615-9632-7740-b2cf-3061e4ff06e2') ?? {};
    assert.deepEqual([parent, relation], ['codex:019e5615-1ef8-7270-b988-4f52f86449a4', 'fork']);
    assert.equal(messages(read).filter((record) => record.data.copied).length, 6);
  });

  it('knows every kind of line in many-record-types.jsonl, which was put together from many sessions', () => {
    const read = readPath(join(folder, 'many-record-types.jsonl'));
    assert.deepEqual(read.problems, []);
    assert.deepEqual(read.records.filter((record) => record.kind === 'unknown'), []);
    const [first] = sessionIds(read);
    assert.deepEqual(count(read, first ?? ''), { prompts: 1, replies: 4, toolCalls: 6, usage: [12757, 3584, 0, 81] });
  });

  it('gives every record an id of its own', () => {
    for (const file of names) {
      const { records } = readPath(join(folder, file));
      // A message is handed over again with its usage, and never another one under its id.
      const texts = new Map<string, string>();
      for (const record of records) {
        if (record.kind !== 'message') continue;
        const key = `${record.session} ${record.id}`;
        const text = JSON.stringify(record.data.parts);
        assert.equal(texts.get(key) ?? text, text, `${file} ${key}`);
        texts.set(key, text);
      }
    }
  });

  it('keeps nothing that is encrypted, and no instructions of the tool', () => {
    for (const file of names) {
      const text = JSON.stringify(readPath(join(folder, file)).records);
      assert.doesNotMatch(text, /gAAAAA|encrypted_content|base_instructions|<permissions instructions>/, file);
    }
  });

  it('is the only tool recognised among all samples', () => {
    const all = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const recognised = all.map((entry) => join(entry.parentPath, entry.name)).filter((path) => {
      return codex.recognise({ path, head: readFileSync(path).subarray(0, 64 * 1024).toString('utf8') }) !== undefined;
    });
    assert.deepEqual(recognised.map((path) => relative(folder, path).split(sep).join('/')).sort(), names);
  });
});
