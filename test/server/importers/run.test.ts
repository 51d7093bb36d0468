import assert from 'node:assert/strict';
import { appendFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from '../../../server/importers/discover.ts';
import { createImportRun, type ImportRun } from '../../../server/importers/run.ts';
import { createIngest } from '../../../server/ingest/pipeline.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { openForeign } from '../../../server/store/foreign.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { Problem } from '../../../shared/problem.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { note, notesImporter, type NotesImporter } from './notes.ts';

const noTokens = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };

describe('import run', () => {
  const at = folderForEachTest();
  const redactor = createRedactor();
  let store: Store;
  let importer: NotesImporter;
  let run: ImportRun;

  beforeEach(() => {
    store = openStore(join(at.path, 'data'));
    importer = notesImporter(at.path);
    const { submit } = createIngest({ store, redactor, hashes: { contentHash, revisionId } });
    run = createImportRun({ submit, cursor: (path) => store.cursors.get(path), cursorsOf: (source) => store.cursors.of(source), count: (sessions) => store.queries.count(sessions), openDatabase: openForeign });
  });
  afterEach(() => store.close());

  function file(name: string, ...notes: string[]): Found {
    const path = join(at.path, name);
    writeFileSync(path, notes.join(''));
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    return { path, importer, mtimeMs: 0 };
  }

  const problems = (): Problem[] =>
    store.queries.search('source.problem', { limit: 10 }).results.map(({ id }) => store.queries.record(id)?.data as Problem);

  it('reads all files and says what they hold', async () => {
    const progress: number[][] = [];
    const sources = await run.files([file('a', note('1'), note('2')), file('b', note('1'))], { onProgress: (done, total) => progress.push([done, total]) });
    assert.deepEqual(sources, { notes: { files: 2, sessions: 2, prompts: 3, replies: 0, toolExecutions: 0, usage: noTokens, newRecords: 3, problems: 0 } });
    assert.deepEqual(progress, [[1, 2], [2, 2]]);
  });

  it('adds nothing in a second pass, and opens no file that did not change', async () => {
    const files = [file('a', note('1')), file('b', note('1'))];
    await run.files(files);
    importer = notesImporter(at.path);
    const again = await run.files(files.map((found) => ({ ...found, importer })));
    assert.deepEqual([again['notes']?.newRecords, again['notes']?.sessions, again['notes']?.prompts], [0, 2, 2]);
    assert.deepEqual(importer.opened, []);
    assert.equal((await run.file(files[0]?.path ?? '', importer)).followed, 'unchanged');
  });

  it('says which file cannot be read, once, and goes on with the others', async () => {
    symlinkSync('circle', join(at.path, 'circle'));
    const unreadable = { path: join(at.path, 'circle/x.notes'), importer, mtimeMs: 0 };
    for (const newRecords of [2, 0]) {
      const { notes } = await run.files([unreadable, file('b', note('1'))]);
      assert.deepEqual([notes?.files, notes?.newRecords, notes?.problems], [2, newRecords, 1]);
    }
    assert.deepEqual(problems().map(({ code, where }) => [code, where?.file]), [['unreadable-file', unreadable.path]]);
    assert.match(problems()[0]?.message ?? '', /circle\/x\.notes could not be read: ELOOP.*\.$/);
  });

  it('records the problems of a file with their place, and a file of no known format', async () => {
    const torn = file('torn', note('1'), 'not json\n', note('2'));
    const other = file('other', 'something else\n');
    const { notes } = await run.files([torn, other]);
    assert.deepEqual([notes?.prompts, notes?.problems], [2, 2]);
    assert.deepEqual(problems().map(({ code, where }) => [code, where?.line]).sort(), [['malformed-line', 2], ['unrecognised-file', undefined]]);
  });

  it('says so when a record is refused at the door', async () => {
    const { notes } = await run.files([file('a', note('1'), note('x'.repeat(5_000)), note('2'))]);
    assert.deepEqual([notes?.prompts, notes?.problems], [2, 1]);
    assert.match(problems()[0]?.message ?? '', /was not kept: id must not be longer than 4096 characters\.$/);
  });

  it('reads everything once more when the cursor is of another version of the readers, or of another source', async () => {
    const found = file('a', note('1'));
    await run.files([found]);
    const stored = store.cursors.get(found.path);
    assert.ok(stored);
    const old = { ...stored, cursor: JSON.stringify({ ...(JSON.parse(stored.cursor) as object), readerVersion: 0 }) };
    for (const cursor of [old, { ...stored, source: 'another' }]) {
      store.write((batch) => batch.setCursor(found.path, cursor));
      assert.deepEqual({ ...(await run.file(found.path, importer)), sessions: [] }, { followed: 'read', sessions: [], newRecords: 0, problems: 0 });
    }
    assert.deepEqual(importer.opened, ['new', 'new', 'new']);
  });

  it('lets two that ask for one file read one after the other', async () => {
    importer = notesImporter(at.path, false);
    const { path } = file('a', note('1'));
    const lately = Date.now() / 1_000 - 3_600;
    utimesSync(path, lately, lately); // a reader is kept of what may go on
    await run.file(path, importer);
    appendFileSync(path, note('2'));
    const both = await Promise.all([run.file(path, importer), run.file(path, importer)]);
    assert.deepEqual(both.map(({ followed, newRecords }) => [followed, newRecords]), [['read', 1], ['unchanged', 0]]);
    assert.deepEqual(importer.opened, ['new']);
  });

  it('stops when it is told to, and keeps what was read', async () => {
    const stop = new AbortController();
    const both = [file('a', note('1')), file('b', note('1'))];
    await assert.rejects(run.files(both, { signal: stop.signal, onProgress: () => stop.abort() }), { name: 'AbortError' });
    assert.equal(store.stats().records, 1);
  });

  it('keeps what it read of a file that is gone', async () => {
    const { path } = file('a', note('1'));
    await run.file(path, importer);
    rmSync(path);
    assert.deepEqual(await run.file(path, importer), { followed: 'gone', sessions: ['notes:a'], newRecords: 0, problems: 0 });
    assert.equal(store.stats().records, 1);
  });
});
