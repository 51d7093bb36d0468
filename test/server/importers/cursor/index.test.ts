import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cursor } from '../../../../server/importers/cursor/index.ts';
import { claimedSamples, counts, fixture, header, readLines, sample, samples } from '../importing.ts';

const format = (head: string): string | undefined => cursor.recognise({ path: '/x/s.jsonl', head })?.format;

describe('Cursor: recognition and roots', () => {
  it('knows a transcript by its first lines, also a long one', () => {
    assert.equal(format(fixture('cursor/transcript.jsonl')), 'cursor-transcript');
    assert.equal(format('{"role":"user","message":{"content":[{"type":"text","text":"cut in the mid'), 'cursor-transcript');
    assert.equal(format('{"type":"turn_ended","status":"success"}\n'), 'cursor-transcript');
    const others = [
      '', '[]', '{"role":"user"}', '{"role":"user","content":"Hi"}', '{"type":"user","role":"user","message":{"content":[]}}',
      '{"role":"user","message":{"role":"user","content":[]}}', '{"role":"tool","message":{"content":[]}}', '{"type":"turn_ended","uuid":"u"}',
    ];
    for (const head of others) assert.equal(format(head), undefined, head);
  });

  it('looks at transcripts only, below the folder of its projects', () => {
    const machine = { platform: 'darwin', home: '/Users/ada', env: {}, vscodeUserDirectories: [] } as const;
    const [root, ...databases] = cursor.roots(machine);
    assert.deepEqual([root?.path, databases.map(({ path }) => path).filter((path) => !path.endsWith('globalStorage'))], ['/Users/ada/.cursor/projects', ['/Users/ada/.cursor/chats']]);
    for (const path of ['p/agent-transcripts/u/u.jsonl', 'p/agent-transcripts/u/subagents/v.jsonl']) assert.ok(root?.mayHold(path), path);
    for (const path of ['p/u.jsonl', 'p/agent-transcripts/u/u.txt', 'p/agent-tools/u/u.jsonl', 'p/agent-transcripts/u/x/v.jsonl']) assert.ok(!root?.mayHold(path), path);
    for (const path of ['p', 'p/agent-transcripts', 'p/agent-transcripts/u', 'p/agent-transcripts/u/subagents']) assert.ok(root?.mayEnter?.(path), path);
    for (const path of ['p/assets', 'p/agent-tools', 'p/agent-transcripts/u/x']) assert.ok(!root?.mayEnter?.(path), path);
    const windows = cursor.roots({ ...machine, platform: 'win32', home: 'C:\\Users\\ada', env: { CURSOR_DATA_DIR: 'D:\\cursor\\' } });
    assert.deepEqual(windows.slice(0, 2).map(({ path }) => path), ['D:\\cursor\\projects', 'C:\\Users\\ada\\.cursor\\projects']);
  });
});

describe('Cursor: real files', () => {
  it('counts what a script that shares nothing with the importer counts', function () {
    const text = sample('cursor/agent-transcript.jsonl');
    if (text === undefined) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
    const reading = readLines(cursor, text, { path: '/x/agent-transcript.jsonl', format: 'cursor-transcript' });
    assert.deepEqual(counts(reading), { sessions: 1, prompts: 1, replies: 10, toolCalls: 10, usage: [0, 0, 0, 0] });
    assert.equal(header(reading).title, 'Generate a file with all the HBO shows from the 90\'s in it');
    assert.deepEqual(reading.problems, []);
  });

  it('claims exactly its own among all samples', function () {
    if (!existsSync(samples)) return this.skip(); // As above.
    assert.deepEqual(claimedSamples(cursor), ['cursor/agent-transcript.jsonl']);
  });
});
