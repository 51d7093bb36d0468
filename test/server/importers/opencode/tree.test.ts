import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { opencode } from '../../../../server/importers/opencode/index.ts';
import { importers } from '../../../../server/importers/registry.ts';
import type { Core } from '../../../../server/core.ts';
import { openCore } from '../../../support/core.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { following, headers, promptsIn, said, type Following } from '../contract/following.ts';
import { machineAt } from '../contract/home.ts';
import { openTool, start } from './tool.ts';

const words = 'naïve 你好 👩‍👩‍👧 e\u0301 \u2028';
const state = { status: 'completed', input: { command: 'date' }, output: 'no', title: 'date', metadata: { exit: 2 }, time: { start: 10, end: 35 } };

/** The same conversation as opencode wrote it before it had a database, and after. */
const session = { id: 'ses_1', version: '0.9.1', projectID: 'p', directory: '/work/app', title: 'Fix the clock', time: { created: start, updated: start } };
const prompt = { id: 'msg_1', sessionID: 'ses_1', role: 'user', time: { created: start + 1_000 } };
const reply = {
  id: 'msg_2', sessionID: 'ses_1', role: 'assistant', modelID: 'gpt-5', finish: 'stop', cost: 0,
  tokens: { input: 10, output: 20, reasoning: 0, cache: { read: 100, write: 7 } }, time: { created: start + 2_000, completed: start + 5_000 },
};
const parts = [
  { id: 'prt_1', messageID: 'msg_1', sessionID: 'ses_1', type: 'text', text: words },
  { id: 'prt_2', messageID: 'msg_2', sessionID: 'ses_1', type: 'tool', callID: 'call_1', tool: 'bash', state },
  { id: 'prt_3', messageID: 'msg_2', sessionID: 'ses_1', type: 'text', text: 'It is set to UTC.' },
];

describe('the tree of files of opencode', () => {
  const at = folderForEachTest();
  const storage = (...names: string[]): string => join(at.path, '.local/share/opencode/storage', ...names);
  const messageFile = (id: string): string => storage('message/ses_1', `${id}.json`);

  function put(path: string, value: unknown): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
    utimesSync(path, 1_780_000_000, 1_780_000_000);
  }

  beforeEach(() => {
    put(storage('session/p/ses_1.json'), session);
    for (const message of [prompt, reply]) put(messageFile(message.id), message);
    for (const part of parts) put(storage('part', part.messageID, `${part.id}.json`), part);
  });

  async function read(path: string): Promise<Following> {
    const file = following(path, opencode);
    await file.read();
    return file;
  }

  async function withCore<T>(work: (core: Core) => Promise<T>): Promise<T> {
    const core = openCore(join(at.path, 'data'), at.path);
    try {
      return await work(core);
    } finally {
      await core.close();
    }
  }

  it('is a session with its prompts, replies, calls and tokens, and nothing is read twice', () => withCore(async (core) => {
    const { files, sessions, prompts, replies, toolExecutions, usage, problems } = (await core.import({})).sources['opencode'] ?? assert.fail();
    assert.deepEqual([files, sessions, prompts, replies, toolExecutions, problems], [3, 1, 1, 1, 1, 0]);
    assert.deepEqual([usage.inputTokens, usage.cacheReadTokens, usage.cacheWriteTokens, usage.outputTokens], [10, 100, 7, 20]);
    const { title, workspace, agent } = core.session('opencode:ses_1')?.session ?? assert.fail();
    assert.deepEqual([title, workspace, agent], ['Fix the clock', 'file:///work/app', { name: 'opencode', version: '0.9.1' }]);
    assert.equal((await core.import({})).sources['opencode']?.newRecords, 0);
  }));

  it('is the same session once opencode has moved it into its database', () => withCore(async (core) => {
    const before = (await core.import({})).sources['opencode'];
    const tool = openTool(join(at.path, '.local/share/opencode/opencode.db'));
    tool.session('ses_1', { version: '0.9.1' });
    for (const [index, { id, sessionID, ...data }] of [prompt, reply].entries()) tool.message(sessionID, id, index + 1, data);
    for (const { id, messageID, ...data } of parts) tool.part(messageID, id, data);
    tool.database.pragma('wal_checkpoint(TRUNCATE)');
    tool.database.close();
    const after = (await core.import({})).sources['opencode'];
    assert.deepEqual({ ...after, files: 3, newRecords: 0 }, { ...before, newRecords: 0 });
    assert.equal(after?.newRecords, 1); // the header, which says where the session lies
  }));

  it('does not take the place of what opencode has in its database since', () => withCore(async (core) => {
    const tool = openTool(join(at.path, '.local/share/opencode/opencode.db'));
    tool.session('ses_1', { title: 'Fix the clock, again' });
    const { id, sessionID, ...data } = prompt;
    tool.message(sessionID, id, 1, data);
    tool.part(id, 'prt_1', { type: 'text', text: 'What it says now' });
    tool.database.pragma('wal_checkpoint(TRUNCATE)');
    tool.database.close();
    await core.import({});
    const { session: found, turns } = core.session('opencode:ses_1') ?? assert.fail();
    assert.deepEqual([found.title, found.prompts], ['Fix the clock, again', 1]);
    assert.match(JSON.stringify(turns), /What it says now/);
    assert.doesNotMatch(JSON.stringify(turns), /UTC/);
  }));

  it('is known by its content, and looked for where it lies', () => {
    const known = (path: string): unknown => importers.flatMap((each) => each.recognise({ path: '/x/y.json', head: readFileSync(path, 'utf8') })?.format ?? []);
    for (const path of [messageFile('msg_1'), storage('session/p/ses_1.json')]) assert.deepEqual(known(path), ['opencode-json']);
    assert.deepEqual(known(storage('part/msg_1/prt_1.json')), []);
    const root = opencode.roots(machineAt(at.path)).find(({ path }) => path === storage());
    for (const below of ['session/p/ses_1.json', 'message/ses_1/msg_1.json']) assert.ok(root?.mayHold(below), below);
    for (const below of ['part/msg_1/prt_1.json', 'session/p', 'todo/ses_1.json', 'project/p.json']) assert.ok(!root?.mayHold(below), below);
    assert.deepEqual(['session', 'session/p', 'message/ses_1', 'part', 'part/msg_1'].filter((below) => root?.mayEnter?.(below)), ['session', 'session/p', 'message/ses_1']);
  });

  it('keeps every character, and what it does not know as it is', async () => {
    assert.deepEqual(promptsIn(await read(messageFile('msg_1'))), [words]);
    put(messageFile('msg_3'), { id: 'msg_3', sessionID: 'ses_1', role: 'brand-new', mark: 'what nobody knows' });
    put(storage('part/msg_1/prt_9.json'), { id: 'prt_9', type: 'brand-new', mark: 'nor this' });
    assert.match(JSON.stringify(said(await read(messageFile('msg_3')))), /"kind":"unknown".*what nobody knows/);
    assert.match(JSON.stringify(said(await read(messageFile('msg_1')))), /"type":"unknown".*nor this/);
  });

  it('stands files that are empty, cut, torn, gone or too large', async () => {
    const whole = readFileSync(messageFile('msg_2'), 'utf8');
    for (let cut = 0; cut < whole.length - 1; cut += 13) {
      put(messageFile('msg_2'), whole.slice(0, cut));
      const file = await read(messageFile('msg_2'));
      assert.equal(said(file).length, 0, `cut at ${cut}`);
    }
    put(messageFile('msg_2'), whole);
    put(storage('part/msg_2/prt_3.json'), '{"id":"prt');
    const torn = await read(messageFile('msg_2'));
    assert.deepEqual([said(torn).length, torn.problems.map(({ code }) => code)], [2, ['malformed-row']]);
    truncateSync(messageFile('msg_2'), 257 << 20);
    utimesSync(messageFile('msg_2'), 1_780_000_000, 1_780_000_000);
    assert.deepEqual((await read(messageFile('msg_2'))).problems.map(({ code }) => code), ['document-too-large']);
    put(messageFile('msg_4'), { id: '../../x', sessionID: '../..', role: 'user' });
    assert.deepEqual([...headers(await read(messageFile('msg_4'))).keys()], []);
  });
});
