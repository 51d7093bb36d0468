import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openDatabase, type Sqlite } from '../../../server/store/database.ts';
import { formOf, hasKnownForm, prepareLazily } from '../../../server/store/lazyStatements.ts';
import { knownForms } from '../../../server/store/schema.ts';
import { folderForEachTest } from '../../support/folder.ts';

describe('statements that are prepared when they are used', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let database: Sqlite;
  beforeEach(() => (database = openDatabase(join(at.path, 'daybook.db'))));
  afterEach(() => database.close());

  it('are used only where the form of the database is known, which is that of a new one', () => {
    assert.ok(knownForms.includes(formOf(database)), `A migration changed the form of a database: add '${formOf(database)}' to knownForms in schema.ts`);
    assert.ok(hasKnownForm(database));
    database.pragma('optimize');
    database.exec('ANALYZE');
    assert.ok(hasKnownForm(database), 'what SQLite keeps for itself makes no difference');
    for (const other of ['ALTER TABLE record RENAME COLUMN actor TO player', 'DROP VIEW days', 'DROP INDEX block_time', 'CREATE TABLE more (id)']) {
      database.exec(`BEGIN; ${other}`);
      assert.equal(hasKnownForm(database), false, other);
      database.exec('ROLLBACK');
    }
    assert.ok(hasKnownForm(database));
  });

  it('do what others do', () => {
    prepareLazily(database);
    const late = database.prepare<[], { text: string }>('SELECT text FROM later ORDER BY text');
    const plucked = database.prepare<[], string>('SELECT text FROM later ORDER BY text').pluck();
    const raw = database.prepare<[string], [string, number]>('SELECT text, 1 FROM later WHERE text = ?').raw();
    assert.throws(() => late.all(), /no such table/);
    database.exec('CREATE TABLE later (text TEXT)');
    const insert = database.prepare('INSERT INTO later VALUES (?)');
    assert.deepEqual(['b', 'a'].map((text) => insert.run(text).changes), [1, 1]);
    assert.deepEqual(late.all(), [{ text: 'a' }, { text: 'b' }]);
    assert.deepEqual([...late.iterate()], late.all());
    assert.deepEqual([plucked.all(), plucked.get()], [['a', 'b'], 'a']);
    assert.deepEqual(plucked.pluck(false).get(), { text: 'a' });
    assert.deepEqual(raw.get('b'), ['b', 1]);
    const other = database.prepare<[], number>('SELECT count(*) FROM later').pluck();
    for (const { text } of late.iterate()) assert.equal(other.get(), 2, `prepared while another one goes on, at ${text}`);
  });
});
