import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { note, notesImporter } from '../importers/notes.ts';
import { daybook, type CliOptions, type Outcome } from './running.ts';

const lines = [
  { family: 'events', kind: 'note', time: '2026-11-20T10:00:00Z', id: 'e1', session: 's1', data: { text: 'flaky login test' } },
  { family: 'events', kind: 'note', time: '2026-11-20T10:01:00Z', id: 'e2', session: 's1', data: { text: 'flaky bar' } },
  {
    family: 'chats', kind: 'message', session: 'notes:x', id: 'notes:x:1', time: '2026-11-20T10:02:00Z',
    data: { role: 'user', parts: [{ type: 'text', content: 'Why?' }] },
  },
].map((line) => JSON.stringify(line)).join('\n');

describe('command line', () => {
  const at = folderForEachTest();
  const run = (args: string, more: Partial<CliOptions> = {}): Promise<Outcome> => daybook(args.split(' '), { folder: at.path, ...more });

  async function json(args: string, more: Partial<CliOptions> = {}): Promise<Record<string, unknown>> {
    const { code, out, err } = await run(`${args} --json`, more);
    assert.deepEqual([code, err], [0, '']);
    return JSON.parse(out) as Record<string, unknown>;
  }

  const keys = (value: unknown): string[] => Object.keys(value as object).sort();
  const first = (value: unknown): unknown => (value as unknown[])[0];

  it('prints the documented shapes with --json', async () => {
    assert.deepEqual(await json('record', { input: lines }), { accepted: 3, duplicates: 0, rejected: [] });

    const search = await json('search flaky');
    assert.deepEqual([search['query'], search['total']], ['flaky', 2]);
    assert.deepEqual(keys(first(search['groups'])).slice(-2), ['hits', 'session']);
    assert.deepEqual(keys(first(search['results'])), ['family', 'id', 'kind', 'score', 'sessionId', 'snippet', 'source', 'time']);

    const { sessions } = await json('list');
    assert.deepEqual((sessions as { id: string }[]).map(({ id }) => id), ['notes:x', 's1']);
    assert.deepEqual(keys(first(sessions)), [
      'endedAt', 'id', 'kind', 'prompts', 'replies', 'source', 'startedAt', 'title', 'toolExecutions', 'turns', 'workspace',
    ]);

    const shown = await json('show notes:x');
    assert.deepEqual(keys(shown), ['session', 'turns']);
    assert.deepEqual(keys(first(shown['turns'])), ['endedAt', 'index', 'records', 'startedAt']);
    assert.deepEqual(keys((await json('show e1'))['record']), ['data', 'id', 'sessionid', 'source', 'specversion', 'time', 'type']);

    const stats = await json('stats');
    assert.deepEqual(keys(stats), ['byFamily', 'bySource', 'databaseBytes', 'edits', 'journalBytes', 'problems', 'records', 'redactions', 'sessions', 'statistics']);
    assert.deepEqual([stats['records'], stats['byFamily'], stats['bySource']], [3, { chats: 1, events: 2 }, { cli: 3 }]);

    const rebuilt = await json('rebuild');
    assert.deepEqual(keys(rebuilt), ['durationMs', 'files', 'problems', 'records']);
    assert.deepEqual([rebuilt['files'], rebuilt['records'], rebuilt['problems']], [2, 3, 0]);

    const doctor = await json('doctor');
    assert.deepEqual([keys(doctor), doctor['healthy'], keys(first(doctor['checks']))], [['checks', 'health', 'healthy'], true, ['message', 'name', 'state']]);
  });

  it('imports the files it is given, and names those that nobody knows', async () => {
    mkdirSync(join(at.path, 'in'));
    writeFileSync(join(at.path, 'in/a'), note('1') + note('2'));
    writeFileSync(join(at.path, 'in/b'), 'hello');
    const importers = [notesImporter(join(at.path, 'none'))];
    const usage = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
    assert.deepEqual(await json(`import --from ${at.path}/in`, { importers }), {
      sources: { notes: { files: 1, sessions: 1, prompts: 2, replies: 0, toolExecutions: 0, usage, newRecords: 2, problems: 0 } },
      unrecognised: [join(at.path, 'in/b')],
    });
    assert.deepEqual(await json('import --source notes', { importers }), { sources: {}, unrecognised: [] });
    const { err } = await run(`import --from ${at.path}/in`, { importers, isTerminal: true });
    assert.equal(err, '\r1 of 1 files\n');
  });

  it('takes -word as a word that must not occur, wherever it stands', async () => {
    await run('record', { input: lines });
    const found = async (args: string): Promise<unknown> => ((await json(args))['results'] as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(await found('search flaky -bar'), ['e1']);
    assert.deepEqual(await found('search -bar flaky'), ['e1']);
    assert.deepEqual(await found('search flaky -Version'), await found('search flaky'));
    const { out } = await daybook(['search', 'login test', '--limit', '1', '--json'], { folder: at.path });
    assert.equal((JSON.parse(out) as { total: number }).total, 1);
  });

  it('lists the sessions that touched a file', async () => {
    const edited = { family: 'events', kind: 'editor.edited', time: '2026-11-20T10:00:00Z', session: 's1', data: { uri: `file://${at.path}/a%20b.ts`, diff: '+x' } };
    await run('record', { input: JSON.stringify(edited) });
    const list = (path: string): Promise<Outcome> => daybook(['list', '--file', path], { folder: at.path });
    assert.equal((await list(join(at.path, 'a b.ts'))).out, '2026-11-20 10:00  cli · 1 change  Work outside a folder\n    s1\n');
    assert.match((await list('other.ts')).out, /^No session that Daybook knows of touched other\.ts\.\n$/);
  });

  it('completes the last word of a search, one possibility a line', async () => {
    await run('record', { input: lines });
    const completed = async (...words: string[]): Promise<string> => (await daybook(['search', '--complete', ...words], { folder: at.path })).out;
    assert.equal(await completed('flaky', 'dur'), 'during:\n');
    assert.equal(await completed('-kind:n'), '-kind:note\n');
    assert.equal(await completed('flaky', 'source:x'), '');
    assert.match(await completed('flaky', ''), /^source:\nkind:\n/);
    assert.deepEqual(keys(await json('search --complete source:')), ['from', 'items', 'query', 'to']);
  });

  it('prints text for people without --json', async () => {
    await run('record', { input: lines });
    for (const [args, text] of [
      ['search flaky', /2026-11-20 10:0. {2}Work outside a folder {2}cli {2}s1\n {4}10:0. note .*login.*\n2 results\.\n$/s], ['list', /1 turn {2}Untitled session\n {4}notes:x\n/],
      ['show notes:x', /^# Untitled session\n.*> Why\?\n$/s], ['show e1', /"id": "e1"/], ['stats', /^3 records in 2 sessions\n/], ['doctor', /All is well\.\n$/],
    ] as const) {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, err], [0, ''], args);
      assert.match(out, text);
    }
  });

  it('refuses what it does not understand with 2 and a sentence', async () => {
    for (const [args, sentence] of [
      ['list --limit 0', /limit.*'0' is invalid\. It must be a whole number from 1 to 100000\./], ['list --limit ten', /'ten' is invalid/],
      ['search', /missing required argument 'query'/], ['nonsense', /unknown command 'nonsense'/], ['import --source other', /There is no source other.*claude-code/],
      ['list --wrong', /unknown option '--wrong'/],
    ] as const) {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, out], [2, ''], args);
      assert.match(err, sentence);
    }
    assert.deepEqual([(await run('--help')).code, (await run('--version')).out], [0, '1.2.3\n']);
  });

  it('knows each command by its name alone, as it does in the list of all', async () => {
    const { out } = await run('--help');
    const names = Array.from(out.matchAll(/^ {2}([a-z]+) (?=[ [<])/gm), ([, name]) => name ?? '').filter((name) => name !== 'help');
    assert.deepEqual(names.slice(0, 3), ['import', 'record', 'search']);
    for (const name of names) {
      const { code, out: help } = await run(`${name} --help`);
      assert.deepEqual([code, help.split('\n')[0]?.replace(/ (?=[[<]).*/, '')], [0, `Usage: daybook ${name}`]);
      assert.equal((await run(`help ${name}`)).out, help);
    }
  });

  it('fails with 1 and one sentence that names the thing', async () => {
    writeFileSync(join(at.path, 'file'), '');
    for (const [args, sentence] of [
      ['show nobody', /^daybook: There is no session and no record with the id nobody\.\n$/],
      [`list --data-dir ${at.path}/file`, /^daybook: The data directory .*\/file cannot be used: [^\n]*\.\n$/],
      [`list --data-dir ${at.path}/file/below`, /^daybook: The data directory .*\/file\/below cannot be used: [^\n]*\.\n$/],
      [`import --from ${at.path}/absent`, /^daybook: There is no file or folder .*\/absent\.\n$/],
    ] as const) {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, out], [1, ''], args);
      assert.match(err, sentence);
    }
  });

  it('leaves serving to the language server, without an exit code', async () => {
    assert.deepEqual(await run('lsp --stdio'), { code: -1, out: 'serving', err: '' });
  });

  it('ends calmly when its reader has seen enough', async function () {
    this.timeout(20_000);
    const many = Array.from({ length: 3_000 }, (_, n) => JSON.stringify({ family: 'events', kind: 'note', data: { text: `flaky ${n} ${'x'.repeat(100)}` } }));
    await run('record', { input: many.join('\n') });
    const cli = join(import.meta.dirname, '../../../server/main/cli.ts');
    const child = spawn(process.execPath, [cli, 'search', 'flaky', '--limit', '3000', '--json'], {
      env: { HOME: at.path, DAYBOOK_DATA_DIR: join(at.path, 'data'), NODE_NO_WARNINGS: '1' }, timeout: 15_000,
    });
    let err = '';
    child.stderr.on('data', (bytes: Buffer) => { err += bytes.toString(); });
    child.stdout.once('data', () => child.stdout.destroy());
    assert.deepEqual(await once(child, 'close'), [0, null]);
    assert.equal(err, '');
  });
});
