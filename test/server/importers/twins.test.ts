import assert from 'node:assert/strict';
import { cpSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import type { ImportCounts } from '../../../shared/results.ts';
import { openCore } from '../../support/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { databases, type ToolDatabase } from './contract/databases.ts';
import { fixtures } from './contract/home.ts';

const id = '11111111-aaaa-4bbb-8ccc-000000000006';

describe('a session in two files of a tool', () => {
  const at = folderForEachTest();
  const home = (...names: string[]): string => join(at.path, 'home', ...names);
  let core: Core;
  let tools: ToolDatabase[];

  beforeEach(() => {
    tools = [];
    core = openCore(join(at.path, 'data'), home());
  });
  afterEach(async () => {
    for (const { database } of tools) database.close();
    await core.close();
  });

  function open(format: string): ToolDatabase {
    const example = databases.find((each) => each.format === format);
    assert.ok(example);
    const tool = example.open(home(example.at));
    tools.push(tool);
    return tool;
  }

  const state = (): void => {
    const tool = open('cursor-state-sqlite');
    tool.session(id);
    tool.database.pragma('wal_checkpoint(TRUNCATE)');
  };
  const store = (): void => void open('cursor-cli-store').session(id);
  function transcript(): void {
    const path = home(`.cursor/projects/work/agent-transcripts/${id}/${id}.jsonl`);
    mkdirSync(dirname(path), { recursive: true });
    const line = (role: string, text: string): string => `${JSON.stringify({ role, message: { content: [{ type: 'text', text }] } })}\n`;
    writeFileSync(path, line('user', `<user_query>\nWhy does ${id} fail?\n</user_query>`) + line('assistant', 'The clock.'));
    utimesSync(path, 1_780_000_000, 1_780_000_000);
  }

  async function figures(source = 'cursor'): Promise<Partial<ImportCounts> | undefined> {
    const { sessions, prompts, replies, toolExecutions } = (await core.import({ sources: [source] })).sources[source] ?? {};
    return { sessions, prompts, replies, toolExecutions } as Partial<ImportCounts>;
  }
  const shown = (session: string): string[] => core.session(session)?.turns.flatMap(({ records }) => records.map((record) => record.id)) ?? [];
  const once = { sessions: 1, prompts: 1, replies: 1, toolExecutions: 0 };

  const orders: readonly (readonly [string, readonly (() => void)[], RegExp])[] = [
    ['the database, then the transcript', [state, transcript], /state\.vscdb$/],
    ['the transcript, then the database', [transcript, state], /state\.vscdb$/],
    ['the store, then the transcript', [store, transcript], /store\.db$/],
    ['the transcript, then the store', [transcript, store], /store\.db$/],
    ['the transcript, the store and the database', [transcript, store, state], /state\.vscdb$/],
    ['all at once', [() => [state, store, transcript].forEach((make) => make())], /state\.vscdb$/],
  ];
  for (const [what, steps, origin] of orders) {
    it(`is one session, counted and shown once: ${what}`, async () => {
      for (const step of steps) {
        step();
        assert.deepEqual(await figures(), once);
      }
      assert.equal(shown(`cursor:${id}`).length, 2);
      assert.match(core.session(`cursor:${id}`)?.session.origin ?? '', origin);
      assert.equal((await core.import({})).sources['cursor']?.newRecords, 0);
      core.rebuild();
      assert.deepEqual(await figures(), once);
      assert.equal(shown(`cursor:${id}`).length, 2);
    });
  }

  it('is one session after a restart between the two, and while the transcript grows', async () => {
    transcript();
    await figures();
    await core.close();
    core = openCore(join(at.path, 'data'), home());
    state();
    assert.deepEqual(await figures(), once);
    const path = home(`.cursor/projects/work/agent-transcripts/${id}/${id}.jsonl`);
    writeFileSync(path, `${JSON.stringify({ role: 'user', message: { content: '<user_query>More?</user_query>' } })}\n`, { flag: 'a' });
    utimesSync(path, 1_780_000_100, 1_780_000_100);
    assert.deepEqual(await figures(), once);
    assert.ok(core.search({ query: 'more' }).total > 0);
  });

  it('of VS Code is counted where it is told fully, however large that is', async () => {
    const folder = home('.config/Code/User/workspaceStorage/f00d');
    const session = '11111111-aaaa-4bbb-8ccc-000000000003';
    mkdirSync(join(folder, 'chatSessions'), { recursive: true });
    mkdirSync(join(folder, 'GitHub.copilot-chat/transcripts'), { recursive: true });
    cpSync(join(fixtures, 'copilot-chat/transcript.jsonl'), join(folder, `GitHub.copilot-chat/transcripts/${session}.jsonl`));
    const document = {
      version: 3, sessionId: session, creationDate: 1_780_000_000_000,
      requests: [{ requestId: 'r1', timestamp: 1_780_000_000_000, message: { text: 'List the files' }, response: [{ value: 'a.ts' }] }], padding: 'x'.repeat(2 << 20),
    };
    const before = await figures('copilot-chat');
    assert.equal(before?.prompts, 1);
    writeFileSync(join(folder, `chatSessions/${session}.json`), JSON.stringify(document));
    assert.deepEqual(await figures('copilot-chat'), { sessions: 1, prompts: 1, replies: 1, toolExecutions: 0 });
    // What is of no known type only the transcript has.
    assert.deepEqual(shown(`copilot-chat:${session}`).map((each) => each.split(':').at(-1)), ['prompt', 'reply', 'e10']);
  });
});
