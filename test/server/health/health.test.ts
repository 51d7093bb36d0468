import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core, type Situation } from '../../../server/core.ts';
import type { Importer } from '../../../server/importers/importer.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import type { HealthNote, SourceHealth } from '../../../shared/health.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { note, notesImporter, nowhere } from '../importers/notes.ts';

const redactor = createRedactor();
const dayMs = 86_400_000;

describe('health', () => {
  const at = folderForEachTest();
  let core: Core;
  const notes = (name: string): string => join(at.path, 'notes', name);
  const settings = (): string => join(at.path, 'settings.json');

  /** Deletes after 30 days, or as many as its settings say. */
  function importer(): Importer {
    const days = (content: string): number | 'never' | undefined => (content === 'never' ? 'never' : Number(content) || undefined);
    return { ...notesImporter(join(at.path, 'notes')), retention: () => ({ setting: 'keepDays', files: [settings()], days, defaultDays: 30 }) };
  }

  beforeEach(() => {
    mkdirSync(join(at.path, 'notes'));
    core = createCore({ dataDirectory: join(at.path, 'data'), machine: nowhere, redactor, importers: [importer()] });
  });
  afterEach(() => core.close());

  async function source(name = 'notes', situation: Situation = {}): Promise<SourceHealth> {
    const found = (await core.health(situation)).sources.find((each) => each.source === name);
    assert.ok(found, name);
    return found;
  }
  async function said(code: string, situation: Situation = {}): Promise<HealthNote | undefined> {
    return (await source('notes', situation)).notes.find((each) => each.code === code);
  }
  /** Writes a file of one session with two lines that was changed so many days ago. */
  function write(name: string, daysAgo = 0): void {
    writeFileSync(notes(name), note('1') + note('2'));
    age(name, daysAgo);
  }
  function age(name: string, daysAgo: number): void {
    const time = new Date(Date.now() - daysAgo * dayMs);
    utimesSync(notes(name), time, time);
  }

  it('is good and short where there is nothing', async () => {
    const { state, sources } = await core.health();
    assert.deepEqual([state, sources.map(({ source: name }) => name)], ['ok', ['daybook']]);
  });

  it('counts what each source gave, what was redacted and when it was seen last', async () => {
    write('a.notes');
    writeFileSync(notes('b.notes'), note('1', `${['pass', 'word'].join('')}=hunter2hunter2 and more`));
    await core.import({});
    await core.record([{ family: 'events', kind: 'deploy', data: {}, time: '2026-11-19T10:00:00Z' }], 'cli');
    const { records, sessions, redactions, dropped, gaps, lastAt, files, state } = await source();
    assert.deepEqual([records, sessions, redactions, dropped, gaps, lastAt, state], [3, 2, 1, 0, 0, '2026-11-20T10:00:00.000Z', 'ok']);
    assert.deepEqual(files, { read: 2, waiting: 0, gone: 0 });
    const all = await source('daybook');
    assert.deepEqual([all.records, all.sessions, all.lastAt], [4, 2, '2026-11-20T10:00:00.000Z']);
    assert.equal((await source('cli')).records, 1);
  });

  it('says of how many sessions the source is gone, until it is there again', async () => {
    write('a.notes');
    write('b.notes');
    await core.import({});
    rmSync(notes('a.notes'));
    assert.deepEqual((await source()).files, { read: 1, waiting: 0, gone: 1 });
    assert.equal((await said('source-gone'))?.message, 'The source of one session is gone; the copy here is kept.');
    assert.equal((await source()).state, 'ok');
    assert.equal(core.session('notes:a.notes')?.session.sourceGone, true);
    assert.match(core.sessionMarkdown('notes:a.notes')?.markdown ?? '', /\*\*Kept\*\*: The source is gone; this copy is kept\./);
    assert.deepEqual(core.sessions({ limit: 5 }).sessions.map(({ id, sourceGone }) => [id, sourceGone === true]).sort(), [['notes:a.notes', true], ['notes:b.notes', false]]);
    write('a.notes');
    assert.equal(core.session('notes:a.notes')?.session.sourceGone, undefined);
    assert.equal((await source()).keptSessions, 0);
  });

  it('says when a file has changed and nobody reads it, and no longer when it is read', async () => {
    write('a.notes', 1);
    await core.import({});
    assert.equal(await said('source-silent'), undefined);
    appendFileSync(notes('a.notes'), note('3'));
    assert.equal(await said('source-silent'), undefined, 'it changed just now');
    age('a.notes', 0.01);
    const silent = await said('source-silent');
    assert.equal(silent?.state, 'warning');
    assert.equal(silent.message, `${notes('a.notes')} has changed, and what is new in it was not read for more than two minutes. daybook import reads it.`);
    assert.equal(await said('source-silent', { mayWait: true }), undefined);
    assert.equal(await said('source-silent', { disabledSources: ['notes'] }), undefined);
    await core.import({});
    assert.equal(await said('source-silent'), undefined);
    assert.deepEqual((await source()).files, { read: 1, waiting: 0, gone: 0 });
  });

  it('says when a file was never read', async () => {
    write('a.notes', 2);
    assert.match((await said('source-silent'))?.message ?? '', /a\.notes has changed, and what is new/);
    assert.match((await said('source-silent', { readNow: 'The button' }))?.message ?? '', / The button reads it\.$/);
  });

  it('names file and line of what could not be read, for as long as it is there', async () => {
    writeFileSync(notes('a.notes'), `${note('1')}{"note": torn\n${note('2')}`);
    await core.import({});
    const { dropped, problems, state } = await source();
    assert.deepEqual([dropped, problems, state], [1, { 'malformed-line': 1 }, 'warning']);
    assert.equal((await said('not-read'))?.message, 'Line 2 is not JSON.');
    rmSync(notes('a.notes'));
    assert.equal(await said('not-read'), undefined, 'nothing can be done any more');
    assert.equal((await source()).dropped, 1, 'but it is lost all the same');
  });

  it('waits for the rest of a torn line, and is content when it comes', async () => {
    writeFileSync(notes('a.notes'), `${note('1')}{"note": "2`);
    age('a.notes', 0.1);
    await core.import({});
    assert.match((await said('not-read'))?.message ?? '', /^The last line of .*a\.notes \(line 2\) is incomplete and waits for its rest\.$/);
    assert.equal((await source()).dropped, 0);
    appendFileSync(notes('a.notes'), '", "text": "x"}\n');
    await core.import({});
    assert.equal(await said('not-read'), undefined);
    assert.equal((await source()).state, 'ok');
  });

  it('waits for no rest of a file that is gone', async () => {
    writeFileSync(notes('a.notes'), `${note('1')}{"note": "2`);
    age('a.notes', 0.1);
    await core.import({});
    rmSync(notes('a.notes'));
    assert.equal(await said('not-read'), undefined);
  });

  it('has another id for another problem, so that who dismissed the first hears of the second', async () => {
    writeFileSync(notes('a.notes'), `${note('1')}{"note": torn\n`);
    await core.import({});
    const first = await said('not-read');
    assert.equal((await said('not-read'))?.id, first?.id);
    appendFileSync(notes('a.notes'), '{"note": worse\n');
    await core.import({});
    const second = await said('not-read');
    assert.notEqual(second?.id, first?.id);
    assert.equal(second?.message, '2 things could not be read. The latest: Line 3 is not JSON.');
  });

  it('is red where the folder or a file may not be read, and says what to do', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    write('a.notes');
    chmodSync(notes('a.notes'), 0);
    await core.import({});
    assert.equal((await said('file-unreadable'))?.state, 'failed');
    chmodSync(notes('a.notes'), 0o600);
    assert.equal(await said('file-unreadable'), undefined);
    chmodSync(join(at.path, 'notes'), 0);
    const closed = await said('folder-unreadable');
    chmodSync(join(at.path, 'notes'), 0o700);
    assert.match(closed?.message ?? '', /may not be read by this user\. Give yourself permission to read it, or put notes into the setting/);
  });

  it('says what a tool deletes and what of it is kept', async () => {
    for (const [name, daysAgo] of [['old', 40], ['older', 31], ['soon', 25], ['new', 1]] as const) write(`${name}.notes`, daysAgo);
    await core.import({});
    rmSync(notes('old.notes'));
    assert.equal((await said('retention'))?.message,
      'Notes deletes sessions after 30 days. 2 of yours would be gone by now; Daybook has kept them. 1 more goes within a week: kept.');
    const { retention, state } = await source();
    assert.deepEqual(retention, { days: 30, setting: 'keepDays', file: settings(), isDefault: true, expired: 2, soon: 1, unread: 0 });
    assert.equal(state, 'ok');
    writeFileSync(settings(), '50');
    assert.equal((await said('retention'))?.message, 'Notes deletes sessions after 50 days. None of yours is that old yet.');
    writeFileSync(settings(), 'never');
    assert.equal(await said('retention'), undefined);
  });

  it('warns of a deletion before it has read the file to its end', async () => {
    write('a.notes', 28);
    await core.import({});
    assert.equal(await said('retention-unread'), undefined);
    appendFileSync(notes('a.notes'), note('3'));
    age('a.notes', 27.5);
    const warning = await said('retention-unread');
    assert.equal(warning?.state, 'warning');
    assert.equal(warning.message, `Notes deletes ${notes('a.notes')} in 3 days, and Daybook has not read it to its end.`);
    await core.import({});
    assert.equal(await said('retention-unread'), undefined);
  });

  it('does not count what was imported from elsewhere among what the tool deletes', async () => {
    mkdirSync(join(at.path, 'elsewhere'));
    const copy = join(at.path, 'elsewhere/x.notes');
    writeFileSync(copy, note('1'));
    utimesSync(copy, new Date(Date.now() - 90 * dayMs), new Date(Date.now() - 90 * dayMs));
    await core.import({ from: [copy] });
    assert.equal(await said('retention'), undefined);
    assert.equal((await source()).sessions, 1);
  });

  it('says what was not seen today, and only counts what was not seen before', async () => {
    const gap = (time: string) => ({ family: 'events', kind: 'source.gap', time, data: { code: 'no-shell-integration', message: 'Commands of the terminal dash are not recorded.' } });
    await core.record([gap('2020-01-01T00:00:00Z')], 'vscode');
    assert.deepEqual([(await source('vscode')).gaps, (await source('vscode')).state], [1, 'ok']);
    await core.record([gap(new Date().toISOString())], 'vscode');
    const { gaps, state, records, notes: [first] } = await source('vscode');
    assert.deepEqual([gaps, state, records, first?.message], [2, 'warning', 0, 'Commands of the terminal dash are not recorded.']);
  });

  it('leaves the sources as they are', async () => {
    write('a.notes', 3);
    await core.import({});
    const before = statSync(notes('a.notes'), { bigint: true });
    await core.health();
    await core.doctor();
    const after = statSync(notes('a.notes'), { bigint: true });
    assert.deepEqual([after.atimeNs, after.mtimeNs, after.ctimeNs, after.size], [before.atimeNs, before.mtimeNs, before.ctimeNs, before.size]);
  });

  it('is told by the doctor too', async () => {
    writeFileSync(notes('a.notes'), `${note('1')}{"note": torn\n`);
    await core.import({});
    const { checks, health, healthy } = await core.doctor();
    assert.deepEqual(checks.filter(({ name }) => name === 'Notes'), [
      { name: 'Notes', state: 'warning', message: 'Line 2 is not JSON.' },
      { name: 'Notes', state: 'ok', message: '1 session file found. Notes deletes sessions after 30 days. None of yours is that old yet.' },
    ]);
    assert.deepEqual([healthy, health.state, health.sources.map(({ displayName }) => displayName)], [true, 'warning', ['Daybook', 'Notes']]);
  });
});
