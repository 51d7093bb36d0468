import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { continueDev } from '../../../../server/importers/continue/index.ts';
import { claimedSamples, counts, fixture, header, readDocument, sample, samples } from '../importing.ts';
import { processorMs } from '../../../support/processorMs.ts';

const format = (head: string, path = '/x/s.json'): string | undefined => continueDev.recognise({ path, head })?.format;

describe('Continue: recognition and roots', () => {
  it('knows a session by its keys, also when it is cut', () => {
    assert.deepEqual(continueDev.recognise({ path: '/x/s.json', head: fixture('continue/session.json') }), { format: 'continue-json', unit: 'document' });
    assert.equal(format(fixture('continue/session.json').slice(0, 300)), 'continue-json');
    const hidden = '{"sessionId":"s","title":"t","history":[{"message":{"role":"user","content":"cut in the mid';
    assert.equal(format(hidden), undefined);
    assert.equal(format(hidden, 'C:\\Users\\ada\\.continue\\sessions\\s.json'), 'continue-json');
    const others = ['', '[]', '{"history":[]}', '[{"sessionId":"s","history":[],"workspaceDirectory":""}]', '{"x":{"sessionId":"s","history":[],"workspaceDirectory":""}}', '{"sessionId":"s","history":{},"workspaceDirectory":""}'];
    for (const head of others) assert.equal(format(head), undefined, head);
  });

  it('is quick whatever the bytes', () => {
    const before = processorMs();
    for (const piece of ['"', '\\"', '{', '[{', '"a":', '{"a":{']) format(`{"a":${piece.repeat(65_536 / piece.length)}`);
    assert.ok(processorMs() - before < 2_000);
  });

  it('looks at sessions only', () => {
    const machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: [] } as const;
    const [root, ...none] = continueDev.roots(machine);
    assert.deepEqual([root?.path, none], ['/home/ada/.continue/sessions', []]);
    assert.ok(root?.mayHold('s.json'));
    assert.ok(!root?.mayHold('sessions.json') && !root?.mayHold('x/s.json') && !root?.mayHold('s.jsonl') && !root?.mayEnter?.('x'));
    const windows = continueDev.roots({ ...machine, platform: 'win32', home: 'C:\\Users\\ada', env: { CONTINUE_GLOBAL_DIR: 'D:\\c' } });
    assert.deepEqual(windows.map(({ path }) => path), ['D:\\c\\sessions', 'C:\\Users\\ada\\.continue\\sessions']);
  });
});

describe('Continue: real files', () => {
  it('counts what a script that shares nothing with the importer counts', function () {
    const text = sample('continue/session.json');
    if (text === undefined) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
    const reading = readDocument(continueDev, text, { path: '/x/session.json', format: 'continue-json' });
    // The session's own sum: prompts are counted without what is cached.
    assert.deepEqual(counts(reading), { sessions: 1, prompts: 1, replies: 3, toolCalls: 2, usage: [1813, 4366, 2183, 305] });
    assert.equal(header(reading).title, 'File Reading and Appending');
    assert.deepEqual(reading.problems, []);
  });

  it('claims exactly its own among all samples', function () {
    if (!existsSync(samples)) return this.skip(); // As above.
    assert.deepEqual(claimedSamples(continueDev), ['continue/session.json']);
  });
});
