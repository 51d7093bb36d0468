import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cline } from '../../../../server/importers/cline/index.ts';
import { claimedSamples, counts, fixture, header, readDocument, sample, samples } from '../importing.ts';

const history = 'api_conversation_history.json';
const format = (path: string, head: string): string | undefined => cline.recognise({ path, head })?.format;

describe('Cline: recognition and roots', () => {
  it('knows both layouts, also when they are cut', () => {
    const session = fixture('cline/1772442000000_abcde.messages.json');
    assert.deepEqual(cline.recognise({ path: '/x/any.json', head: session }), { format: 'cline-session', unit: 'document' });
    assert.equal(format('/x/any.json', session.slice(0, 300)), 'cline-session');
    assert.equal(format('/x/s.messages.json', '{"version":1,"messages":[{"id'), 'cline-session');
    assert.equal(format(`C:\\x\\saoudrizwan.claude-dev\\tasks\\1\\${history}`, fixture('cline/task.json').slice(0, 99)), 'cline-task');
    assert.equal(format(`/backup/1772442000000/${history}`, fixture('cline/task.json')), 'cline-task');
  });

  it('leaves other files alone', () => {
    const task = fixture('cline/task.json');
    for (const path of [`/x/rooveterinaryinc.roo-cline/tasks/1772442000000/${history}`, `/backup/5b0c9a6e-0000-4000-8000-0123456789ab/${history}`, '/x/1772442000000/ui_messages.json']) {
      assert.equal(format(path, task), undefined, path);
    }
    for (const head of ['', '[]', '{"version":1,"messages":[]}', '{"sessionId":"s","messages":[]}', '{"version":1,"sessionId":"s","agent":"a","messages":{}}']) {
      assert.equal(format('/x/s.json', head), undefined, head);
    }
    assert.equal(format('/x/1772442000000_abcde.json', fixture('cline/1772442000000_abcde.json')), undefined);
  });

  it('looks at sessions and conversations of tasks only', () => {
    const machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: [] } as const;
    const roots = cline.roots(machine);
    assert.deepEqual(roots.slice(0, 2).map(({ path }) => path), ['/home/ada/.cline/data/sessions', '/home/ada/.cline/data/tasks']);
    assert.ok(roots.some(({ path }) => path === '/home/ada/.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks'));
    const [sessions, tasks] = roots;
    assert.ok(sessions?.mayHold('s/s.messages.json') && sessions.mayHold('s/s__agent.messages.json') && sessions.mayEnter?.('s'));
    for (const path of ['s/s.json', 's/s.compaction.json', 's.messages.json', 's/x/s.messages.json']) assert.ok(!sessions?.mayHold(path), path);
    assert.ok(tasks?.mayHold(`1/${history}`) && !tasks.mayHold(`1/x/${history}`) && !tasks.mayEnter?.('1/checkpoints'));
    const moved = (env: Record<string, string>): string[] => cline.roots({ ...machine, platform: 'win32', home: 'C:\\a', env }).map(({ path }) => path);
    assert.ok(moved({ CLINE_DIR: 'D:\\c' }).includes('D:\\c\\data\\sessions'));
    assert.ok(moved({ CLINE_DATA_DIR: 'D:\\d' }).includes('D:\\d\\tasks'));
    assert.equal(moved({ CLINE_SESSION_DATA_DIR: 'D:\\s' })[0], 'D:\\s');
  });
});

describe('Cline: real files', () => {
  it('counts what a script that shares nothing with the importer counts', function () {
    const text = sample('cline/session.messages.json');
    if (text === undefined) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
    const reading = readDocument(cline, text, { path: '/x/session.messages.json', format: 'cline-session' });
    assert.deepEqual(counts(reading), { sessions: 1, prompts: 5, replies: 16, toolCalls: 11, usage: [95819, 534435, 0, 4395] });
    assert.equal(reading.records[0]?.session, '1784094124598_rruoq');
    assert.match(header(reading).title ?? '', /^can you update @apps/);
    assert.deepEqual(reading.records.filter(({ kind }) => kind === 'unknown'), []);
    assert.deepEqual(reading.problems, []);
  });

  it('claims exactly its own among all samples', function () {
    if (!existsSync(samples)) return this.skip(); // As above.
    assert.deepEqual(claimedSamples(cline), ['cline/session.messages.json']);
  });
});
