import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { noteConsent } from '../../../server/consentTold.ts';
import type { Core } from '../../../server/core.ts';
import { readConsent, type Consent } from '../../../shared/consent.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { openCore } from '../../support/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { askDuckDb, filesOf, linesOf, readWithExcel } from './readers.ts';

const open = 'file:///work/open';
const closed = 'file:///work/closed';

const chat = (workspace: string | undefined, session: string, word: string): object[] => [
  { family: 'chats', kind: 'session', id: `${session}:0`, session, workspace, time: '2026-11-20T10:00:00.000Z', data: { title: `Title ${word}`, cwd: '/work', git: { branch: word }, agent: { name: 'claude-code' }, fidelity: 'full', format: 'x' } },
  { family: 'chats', kind: 'message', id: `${session}:1`, session, workspace, time: '2026-11-20T10:00:01.000Z', data: { role: 'user', parts: [{ type: 'text', content: `Ask ${word}` }] } },
  { family: 'chats', kind: 'message', id: `${session}:2`, session, workspace, time: '2026-11-20T10:00:02.000Z', data: { role: 'assistant', model: 'm', usage: { outputTokens: 3 }, parts: [{ type: 'text', content: `Say ${word}` }] } },
];
const command = (workspace: string, id: string, word: string): object => ({
  family: 'tool_executions', kind: 'terminal.command', id, session: `code:${id}`, workspace, subject: `echo ${word}`, time: '2026-11-20T10:01:00.000Z',
  data: { command: `echo ${word}`, status: 'succeeded', exitCode: 0, startedAt: '2026-11-20T10:01:00.000Z', durationMs: 5, output: word },
});

describe('export after a level was lowered', function () {
  this.timeout(120_000);
  const at = folderForEachTest();
  const path = (name: string): string => join(at.path, name);
  let core: Core;

  beforeEach(async () => {
    core = openCore(path('data'), at.path);
    await core.record([...chat(open, 'notes:open', 'public'), ...chat(closed, 'notes:closed', 'private'), command(open, 'o', 'public'), command(closed, 'c', 'private')], 'test');
  });
  afterEach(() => core.close());

  const levels = (folders: object, other = 'full'): void => noteConsent(path('data'), 'Editor', readConsent({ default: other, folders }) satisfies Consent);

  /** All that stands in an export, with the names of its files. */
  async function textsOf(name: string): Promise<string> {
    const files = filesOf(path(name));
    if (name === 'xlsx') return JSON.stringify(await readWithExcel(path(name)));
    if (name === 'parquet') return JSON.stringify(await askDuckDb(`SELECT * FROM read_parquet([${files.map((file) => `'${file}'`).join(', ')}])`));
    return files.map((file) => `${file} ${readFileSync(file, 'utf8')}`).join('\n');
  }

  it('takes content of such a folder out of every format, and counts it', async () => {
    levels({ [closed]: 'metadata' });
    const exports = await core.exports();
    for (const { name, layouts: [layout = 'file'] } of exports.formats().formats) {
      if (['preference', 'next-edit', 'fill-in-the-middle', 'labels'].includes(name)) continue; // nothing of this gives one
      const { withheld, redactions } = await exports.run({ format: name, output: path(name), layout });
      assert.deepEqual([withheld > 0, redactions], [true, 0], name);
      const preview = await exports.preview({ format: name, layout });
      assert.deepEqual([preview.withheld, preview.sample.includes('private')], [withheld, false], name);
      const texts = await textsOf(name);
      assert.ok(!/private/i.test(texts), name);
      assert.match(texts, /public/i, name);
    }
  });

  it('leaves what is metadata: when, who, how it ended, how many tokens; the rest of the folder is whole', async () => {
    levels({ [closed]: 'metadata' });
    const { withheld, chosen } = await (await core.exports()).run({ format: 'jsonl', output: path('a.jsonl') });
    assert.deepEqual([withheld, chosen], [4, 8]);
    const records = new Map((linesOf(path('a.jsonl')) as DaybookRecord[]).map((record) => [record.id, record]));
    assert.deepEqual(records.get('notes:closed:2'), {
      specversion: '1.0', id: 'notes:closed:2', source: 'test', type: 'dev.daybook.chat.message', time: '2026-11-20T10:00:02.000Z', sessionid: 'notes:closed', workspace: closed, consent: 'metadata',
      data: { role: 'assistant', model: 'm', usage: { outputTokens: 3 }, parts: [] },
    });
    assert.deepEqual(records.get('notes:closed:0')?.data, { agent: { name: 'claude-code' }, fidelity: 'full', format: 'x' });
    assert.deepEqual([records.get('c')?.subject, (records.get('c')?.data as { command?: string }).command, (records.get('c')?.data as { exitCode?: number }).exitCode], [undefined, '', 0]);
    for (const id of ['notes:open:0', 'notes:open:1', 'notes:open:2', 'o']) assert.deepEqual(records.get(id), core.show(id)?.record);
  });

  it('leaves names where they are allowed, and nothing at all of what is off', async () => {
    levels({ [closed]: 'no content' });
    const exported = async (name: string): Promise<DaybookRecord[]> => {
      await (await core.exports()).run({ format: 'jsonl', output: path(name) });
      return linesOf(path(name)) as DaybookRecord[];
    };
    const named = (await exported('a.jsonl')).find(({ id }) => id === 'c');
    assert.deepEqual([named?.subject, named?.consent, 'output' in (named?.data as object)], ['echo private', 'no content', false]);
    levels({ [closed]: 'off' });
    assert.deepEqual((await exported('b.jsonl')).filter(({ workspace }) => workspace === closed), []);
    const pages = await (await core.exports()).run({ format: 'html', output: path('b.html') });
    assert.deepEqual([pages.chosen, pages.withheld], [2, 3]);
  });

  it('is whole again when the level is raised again: the record kept everything', async () => {
    const whole = await (await core.exports()).run({ format: 'jsonl', output: path('a.jsonl') });
    levels({}, 'metadata');
    assert.equal((await (await core.exports()).run({ format: 'jsonl', output: path('b.jsonl') })).withheld, 8);
    levels({});
    const again = await (await core.exports()).run({ format: 'jsonl', output: path('c.jsonl') });
    assert.deepEqual([again.withheld, again.files[0]?.sha256], [0, whole.files[0]?.sha256]);
  });

  it('says why nothing is left', async () => {
    levels({ [open]: 'off', [closed]: 'off' });
    await assert.rejects((await core.exports()).run({ format: 'jsonl', output: path('a.jsonl') }), { message: 'There is nothing to export: daybook.consent allows no content of the 8 records that would have to leave for it.' });
    await assert.rejects((await core.exports()).run({ format: 'openai', output: path('a.jsonl') }), { message: /daybook\.consent/ });
  });

  it('makes a dataset without it, and the card says so', async () => {
    levels({ [closed]: 'metadata' });
    const split = { by: 'session', seed: 0, shares: [1, 0, 0] } as const;
    const made = await (await core.exports()).dataset({ format: 'openai', output: path('set'), split });
    assert.deepEqual([made.withheld, made.sessions.taken, made.splits[0]?.examples], [3, 1, 1]);
    for (const file of filesOf(path('set'))) assert.ok(!readFileSync(file, 'utf8').includes('private'), file);
    assert.match(readFileSync(path('set/README.md'), 'utf8'), /Of 3 records nothing, or no content, is here/);
    const strict = await (await core.exports()).dataset({ format: 'openai', output: path('strict'), split, filters: { consent: 'full' } });
    assert.equal(strict.sessions.filtered, 2, 'the level now counts for the filter, too');
  });

  it('never takes the place of something whole when it is read back', async () => {
    levels({ [closed]: 'metadata' });
    await (await core.exports()).run({ format: 'jsonl', output: path('a.jsonl') });
    const before = core.session('notes:closed');
    const { sources } = await core.import({ from: [path('a.jsonl')] });
    assert.equal(sources['daybook-export']?.newRecords, 0);
    assert.deepEqual(core.session('notes:closed'), before);
    rmSync(path('other'), { recursive: true, force: true });
    const other = openCore(path('other'), at.path);
    try {
      await other.import({ from: [path('a.jsonl')] });
      assert.equal(other.search({ query: 'private' }).total, 0);
      await other.record(chat(closed, 'notes:closed', 'private'), 'test');
      assert.equal(other.search({ query: 'ask private' }).total, 1, 'what is whole takes the place of what is not');
    } finally {
      await other.close();
    }
  });
});
