import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { opencode } from '../../../../server/importers/opencode/index.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { readDatabase, type DatabaseReading } from '../databaseReading.ts';
import { claimedSamples, counts, header, latest, message, messages, mutated, partsOf, prompts, samples } from '../importing.ts';
import { openTool, start, type Tool } from './tool.ts';

describe('opencode', () => {
  const at = folderForEachTest();
  let tool: Tool;
  const path = (): string => join(at.path, 'opencode.db');
  const read = (state?: DatabaseReading['states'][number], most?: number): DatabaseReading => readDatabase(opencode, path(), state, most);

  beforeEach(() => {
    tool = openTool(path());
  });
  afterEach(() => tool.database.close());

  const tokens = (input: number, output: number, reasoning = 0, more = {}): unknown => ({ input, output, reasoning, cache: { read: 100, write: 7 }, ...more });

  /** A prompt with what opencode adds, and a reply with a command that failed. */
  function conversation(session = 'ses_1'): void {
    tool.session(session);
    tool.message(session, `${session}_m1`, 1, { role: 'user', time: { created: start + 1_000 }, agent: 'build' });
    tool.part(`${session}_m1`, `${session}_p1`, { type: 'text', text: 'Why is it late?' });
    tool.part(`${session}_m1`, `${session}_p2`, { type: 'text', text: 'Called the Read tool', synthetic: true });
    tool.message(session, `${session}_m2`, 2, {
      role: 'assistant', modelID: 'gpt-5', finish: 'stop', tokens: tokens(1, 1), time: { created: start + 2_000, completed: start + 5_000 },
    });
    tool.part(`${session}_m2`, `${session}_p3`, { type: 'step-start', snapshot: 'abc' });
    tool.part(`${session}_m2`, `${session}_p4`, { type: 'reasoning', text: 'Look first.', time: { start: 0 } });
    tool.part(`${session}_m2`, `${session}_p5`, {
      type: 'tool', callID: 'call_1', tool: 'bash',
      state: { status: 'completed', input: { command: 'date' }, output: 'no', title: 'date', metadata: { exit: 2 }, time: { start: 10, end: 35 } },
    });
    tool.part(`${session}_m2`, `${session}_p6`, { type: 'step-finish', reason: 'tool-calls', tokens: tokens(10, 20, 5, { total: 142 }) });
    tool.part(`${session}_m2`, `${session}_p7`, { type: 'text', text: 'It is set to UTC.' });
    tool.part(`${session}_m2`, `${session}_p8`, { type: 'step-finish', reason: 'stop', tokens: tokens(3, 4, 2) });
  }

  it('reads prompts, replies, calls with their ends, and the tokens of each request once', () => {
    conversation();
    const reading = read();
    assert.deepEqual(reading.problems, []);
    assert.deepEqual(counts(reading), { sessions: 1, prompts: 1, replies: 1, toolCalls: 1, usage: [13, 200, 14, 29] });
    assert.deepEqual(prompts(reading), ['Why is it late?']);
    assert.deepEqual(message(reading, 'ses_1_m2').parts.map(({ type }) => type), ['reasoning', 'tool_call', 'text']);
    assert.deepEqual(message(reading, 'ses_1_m2#answers').parts, [
      { type: 'tool_call_response', id: 'call_1', response: 'no', status: 'failed', exitCode: 2, durationMs: 25 },
    ]);
    const { durationMs, outcome, model } = message(reading, 'ses_1_m2');
    assert.deepEqual([durationMs, outcome, model], [3_000, 'completed', 'gpt-5']);
    assert.equal(message(reading, 'ses_1_m1#context').synthetic, true);
    assert.deepEqual(header(reading), {
      title: 'Fix the clock', titleSource: 'ai', cwd: '/work/app', agent: { name: 'opencode', version: '1.4.2' },
      fidelity: 'full', format: 'opencode-sqlite', origin: path(),
    });
    assert.deepEqual([...new Set(reading.records.map(({ workspace }) => workspace))], ['file:///work/app']);
  });

  it('takes a subagent\'s task for the words of its parent, and says whose it is', () => {
    conversation();
    tool.session('ses_2', { parent_id: 'ses_1', title: 'Child session - 2026-03-01T10:00:00.000Z' });
    tool.message('ses_2', 'm9', 3, { role: 'user' });
    tool.part('m9', 'p9', { type: 'text', text: 'Find the clock' });
    const reading = read();
    assert.equal(counts(reading).prompts, 1);
    const { parent, relation, title } = header(reading, 'ses_2');
    assert.deepEqual([parent, relation, title], ['opencode:ses_1', 'subagent', 'Find the clock']);
  });

  it('counts what a fork copied once, and what was taken back not as part of the conversation', () => {
    conversation();
    tool.session('ses_3', { time_created: start + 9_000, title: 'Fix the clock (fork #1)' });
    tool.message('ses_3', 'f1', 1, { role: 'user', time: { created: start + 1_000 } });
    tool.part('f1', 'pf1', { type: 'text', text: 'Why is it late?' });
    const reading = read();
    assert.equal(message(reading, 'f1').copied, true);
    assert.equal(counts(reading).prompts, 1);
    tool.session('ses_1', { revert: JSON.stringify({ messageID: 'ses_1_m2' }), time_updated: start + 20_000_000 });
    const reverted = read(reading.states.at(-1));
    assert.equal(message(reverted, 'ses_1_m2').superseded, true);
    tool.session('ses_1', { time_updated: start + 40_000_000 });
    assert.equal(message(read(reverted.states.at(-1)), 'ses_1_m2').superseded, undefined);
  });

  it('reads only what changed, and again what was still being written', () => {
    conversation();
    tool.message('ses_1', 'm3', 4_000, { role: 'assistant', time: { created: 1 } });
    const first = read();
    assert.equal(message(first, 'm3').outcome, 'pending');
    tool.part('m3', 'p30', { type: 'text', text: 'Done.' });
    tool.message('ses_1', 'm3', 4_000, { role: 'assistant', finish: 'stop' }, 4_100);
    const second = read(first.states.at(-1));
    assert.deepEqual([...latest(second).keys()], ['ses_1 m3', 'ses_1 session']);
    assert.deepEqual(message(second, 'm3').parts, [{ type: 'text', content: 'Done.' }]);
  });

  it('gives the same when it is stopped after any step', function () {
    this.timeout(20_000);
    for (let each = 0; each < 110; each++) conversation(`ses_${String(each).padStart(3, '0')}`);
    const whole = read();
    assert.ok(whole.states.length > 2);
    for (let most = 1; most < whole.states.length; most++) {
      const first = read(undefined, most);
      const rest = read(first.states.at(-1));
      const both = { records: [...first.records, ...rest.records], problems: [] };
      assert.deepEqual(new Map([...latest(both)].sort()), new Map([...latest(whole)].sort()));
    }
  });

  it('names rows that cannot be read, keeps what it does not know, and goes on', () => {
    conversation();
    tool.message('ses_1', 'm4', 4, '{"role":');
    tool.message('ses_1', 'm5', 5, { role: 'narrator' });
    tool.message('gone', 'm6', 6, { role: 'user' });
    tool.part('m6', 'p60', 'null');
    tool.part('m6', 'p61', { type: 'hologram', '__proto__x': 1 });
    const reading = read();
    assert.deepEqual(reading.problems.map(({ message: text }) => text), [
      `The message m4 of ${path()} holds no JSON object and was passed over.`,
      `The part p60 of ${path()} holds no JSON object and was passed over.`,
    ]);
    assert.ok(reading.records.some((record) => record.kind === 'unknown' && record.data.nativeType === 'narrator'));
    assert.equal(partsOf(messages(reading, 'gone'), 'unknown')[0]?.nativeType, 'hologram');
  });

  it('says which table is not there', () => {
    tool.database.exec('ALTER TABLE message RENAME TO utterance');
    assert.throws(() => read(), /opencode\.db has no table message that Daybook/);
  });

  it('throws for no value', () => {
    conversation();
    const rows = tool.database.prepare<[], { id: string; data: string }>('SELECT id, data FROM part').all();
    const update = tool.database.prepare('UPDATE part SET data = ? WHERE id = ?');
    const one = fc.constantFrom(...rows).chain(({ id, data }) => mutated(JSON.parse(data)).map((value) => ({ id, data, value })));
    fc.assert(fc.property(one, ({ id, data, value }) => {
      update.run(JSON.stringify(value) ?? 'null', id);
      assert.doesNotThrow(() => JSON.stringify(read().records));
      update.run(data, id);
    }), { numRuns: 60 });
  });

  it('looks where opencode keeps its database, and nowhere else', () => {
    const roots = (env: Record<string, string>): string[] =>
      opencode.roots({ platform: 'linux', home: '/home/ada', env, vscodeUserDirectories: [] })
        .flatMap((root) => ['opencode.db', 'opencode-dev.db', 'mine.db', 'auth.json'].filter(root.mayHold).map((name) => join(root.path, name)));
    const own = ['/home/ada/.local/share/opencode/opencode.db', '/home/ada/.local/share/opencode/opencode-dev.db'];
    assert.deepEqual(roots({}), own);
    assert.deepEqual(roots({ OPENCODE_DB: '/data/mine.db' }), [...own, '/data/mine.db']);
    assert.deepEqual(roots({ OPENCODE_DB: 'mine.db' }), [...own, '/home/ada/.local/share/opencode/mine.db']);
  });

  it('reads the sample as it was counted by another program', function () {
    if (!existsSync(samples)) return this.skip();
    assert.deepEqual(claimedSamples(opencode), ['opencode/opencode.db']);
    const reading = readDatabase(opencode, join(samples, 'opencode/opencode.db'));
    assert.deepEqual(reading.problems, []);
    // Its parent is not there: then nobody else has its prompt.
    assert.deepEqual(counts(reading), { sessions: 1, prompts: 1, replies: 1, toolCalls: 1, usage: [10, 0, 0, 20] });
  });
});
