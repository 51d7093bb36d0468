import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { appendFileSync, copyFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { FileCursor, Followed } from '../../../server/importers/fileCursor.ts';
import { createFollower } from '../../../server/importers/follow.ts';
import type { DatabaseStep, Importer, Reading, SourceDatabase } from '../../../server/importers/importer.ts';
import { openForeign } from '../../../server/store/foreign.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { notesImporter } from './notes.ts';

describe('follow a database', () => {
  const at = folderForEachTest();
  let tool: Database.Database;
  let cursor: FileCursor | undefined;
  let opened: number;

  /** One step for each row behind the last one that was read. */
  function* read(database: SourceDatabase, _file: unknown, state?: { readonly [key: string]: unknown }): Generator<DatabaseStep> {
    const where = [{ column: 'id', is: '>', value: Number(state?.['after'] ?? 0) }] as const;
    for (const { id, text } of database.rows({ table: 'note', columns: ['id', 'text'], key: 'id', where })) {
      const message = { role: 'user' as const, parts: [{ type: 'text' as const, content: String(text) }] };
      const record = { kind: 'message' as const, id: String(id), session: 's', time: '2026-11-20T10:00:00.000Z', data: message };
      yield { records: [record], problems: [], state: { after: id } };
    }
  }

  const importer = (): Importer => ({ ...notesImporter(at.path), recognise: () => ({ format: 'rows', unit: 'database' }), read });
  const path = (): string => join(at.path, 'tool.db');

  async function follow(most = Infinity, { largest, onEmit }: { largest?: number; onEmit?: (ids: readonly string[]) => void } = {}): Promise<{ readonly followed: Followed; readonly ids: readonly string[] }> {
    const ids: string[] = [];
    const open = (file: string): ReturnType<typeof openForeign> => {
      opened++;
      return openForeign(file, largest);
    };
    const emit = async (reading: Reading, next: FileCursor): Promise<void> => {
      if (ids.length >= most) throw new Error('stopped');
      ids.push(...reading.records.map((record) => (record.kind === 'session' ? '' : record.id)));
      cursor = JSON.parse(JSON.stringify(next)) as FileCursor;
      onEmit?.(ids);
      await Promise.resolve();
    };
    return { followed: await createFollower(open).follow(path(), importer(), cursor, emit), ids };
  }

  beforeEach(() => {
    [cursor, opened] = [undefined, 0];
    tool = new Database(path());
    tool.pragma('journal_mode = WAL');
    tool.pragma('wal_autocheckpoint = 0');
    tool.exec("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO note (text) VALUES ('a'), ('b'), ('c')");
  });
  afterEach(() => tool.close());

  it('reads what is new, also when only the log tells of it, and opens nothing when nothing changed', async () => {
    assert.deepEqual(await follow(), { followed: 'read', ids: ['1', '2', '3'] });
    assert.deepEqual(await follow(), { followed: 'unchanged', ids: [] });
    assert.equal(opened, 1);
    tool.exec("INSERT INTO note (text) VALUES ('d')");
    assert.deepEqual(await follow(), { followed: 'read', ids: ['4'] });
    tool.pragma('wal_checkpoint(TRUNCATE)');
    assert.deepEqual(await follow(), { followed: 'read', ids: [] });
  });

  it('goes on where it was stopped', async () => {
    await assert.rejects(follow(2), /stopped/);
    assert.deepEqual(await follow(), { followed: 'read', ids: ['3'] });
  });

  it('reads another file of the same name from its beginning', async () => {
    await follow();
    tool.pragma('wal_checkpoint(TRUNCATE)');
    tool.close();
    // While both are there they can not have the same inode, on any file system.
    copyFileSync(path(), join(at.path, 'copy.db'));
    renameSync(join(at.path, 'copy.db'), path());
    assert.deepEqual((await follow()).ids, ['1', '2', '3']);
  });

  it('begins again later when its tool starts while a large one is read, and goes on behind what it has', async () => {
    tool.exec("WITH RECURSIVE n(i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 700) INSERT INTO note (text) SELECT 'more' FROM n");
    tool.close();
    const restart = (ids: readonly string[]): void => {
      if (ids.length !== 2) return;
      tool = new Database(path());
      tool.exec("UPDATE note SET text = 'changed'; INSERT INTO note (text) VALUES ('last')");
      tool.close();
    };
    const first = await follow(Infinity, { largest: 0, onEmit: restart });
    assert.equal(first.followed, 'unsettled');
    const second = await follow(Infinity, { largest: 0 });
    assert.equal(second.followed, 'read');
    assert.deepEqual([...first.ids, ...second.ids], Array.from({ length: 701 }, (_, at) => String(at + 1)));
  });

  it('waits for a change that is being written, and says so when nobody ends it', async () => {
    tool.close();
    appendFileSync(`${path()}-journal`, 'half');
    assert.equal((await follow()).followed, 'unsettled');
    utimesSync(path(), 1_700_000_000, 1_700_000_000);
    await assert.rejects(follow(), /tool\.db was left in the middle of a change\. It is read once Notes has opened it again\./);
  });
});
