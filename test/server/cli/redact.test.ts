import assert from 'node:assert/strict';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { traces } from '../../support/search.ts';
import { note, noRules, openWith, token } from '../redacting/older.ts';
import { daybook, type Outcome } from './running.ts';

describe('daybook redact', () => {
  const at = folderForEachTest();
  const run = (args: readonly string[], more: { input?: string; isTerminal?: boolean } = {}): Promise<Outcome> => daybook(args, { folder: at.path, ...more });
  const isLeft = (): boolean => traces(join(at.path, 'data'), token).length > 0;

  beforeEach(async () => {
    const older = openWith(noRules, at.path);
    await older.record([note('a', `one ${token}`), note('b', 'two'), note('c', `three ${token}`, { time: '2026-11-03T10:00:00.000Z' })], 'test');
    await older.close();
  });

  it('says what it would redact by rule and by day, and changes nothing', async () => {
    const { code, out } = await run(['redact', '--dry-run']);
    assert.equal(code, 0);
    assert.equal(out, [
      'The rules of today find 2 secrets in 2 lines of the journal.', '  by rule:', '         2  github-token', '  lines by day:', '         1  2026-11-02', '         1  2026-11-03', '',
    ].join('\n'));
    assert.ok(isLeft());
  });

  it('asks whoever is there, redacts, and says that nothing is left', async () => {
    assert.match((await run(['redact'])).err, /Nobody is there to be asked.*--yes/);
    assert.match((await run(['redact'], { input: 'no\n', isTerminal: true })).err, /find 2 secrets.*Type yes to go on: daybook: Nothing was changed\.\n$/s);
    assert.ok(isLeft());
    const { code, out, err } = await run(['redact'], { input: 'yes\n', isTerminal: true });
    assert.equal(code, 0);
    assert.match(err, /2 of 2 journal files looked through\n.*files searched for what was found\n/s);
    assert.match(out, /^Redacted 2 secrets in 2 lines of the journal: 2 files rewritten, \d+ B (?:free|more)\.\n.*\nThe database and its log were cleaned\.\nA search of all \d+ files of the data directory finds none of the 1 value any more\.\n/s);
    assert.ok(!isLeft());
    assert.match((await run(['redact', '--yes'])).out, /^The rules of today find nothing new/);
  });

  it('prints its receipt as JSON, and takes only what a search finds', async () => {
    const { out } = await run(['redact', '--query', 'three', '--yes', '--json']);
    const { records, byDay } = JSON.parse(out) as { records: number; byDay: object };
    assert.deepEqual([records, byDay], [1, { '2026-11-03': 1 }]);
    assert.ok(isLeft());
  });
});
