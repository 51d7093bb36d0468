import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupsIn, drill } from '../../../server/backups.ts';
import { decrypt, encrypt, giveNewKey } from '../../../server/encrypting.ts';
import { encryptionState } from '../../../server/encryptionState.ts';
import { restoreInto, restoreOver } from '../../../server/restoring.ts';
import { placesOf } from '../../../server/store/backup/state.ts';
import { heldKey, holdKeys } from '../../../server/store/encryption/heldKeys.ts';
import { readKeyFile } from '../../../server/store/encryption/keyFile.ts';
import { openStore } from '../../../server/store/store.ts';
import { unlock } from '../../../server/unlocking.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { itThoroughly } from '../../support/itThoroughly.ts';
import { contents, describeEncrypted, fill, filesWith, forgetKeys, note, passphrase, pictureName, withStore } from './world.ts';

describeEncrypted('a record that is encrypted', function () {
  this.timeout(120_000);
  const at = folderForEachTest();
  const root = (): string => join(at.path, 'data');

  beforeEach(async () => {
    forgetKeys();
    await fill(root());
  });

  it('says the same as before, in no file of it is any of that, and it opens with its passphrase alone', async () => {
    const before = contents(root());
    assert.notDeepEqual(filesWith(root()), []);
    const receipt = await encrypt(root(), { passphrase });
    assert.deepEqual([receipt.state, receipt.scrubbed, receipt.search.left, receipt.backups], ['encrypted', true, [], { replaced: 1, unreached: [] }]);
    assert.ok(receipt.search.texts > 0);
    assert.deepEqual(contents(root()), before);
    assert.deepEqual(filesWith(root()), []);
    assert.deepEqual(encryptionState(root()), { directory: root(), state: 'encrypted', locks: ['passphrase'], available: true });
    forgetKeys();
    assert.throws(() => withStore(root(), (store) => store.stats()), /is encrypted and locked/);
    assert.equal(unlock(root(), 'another passphrase'), false);
    assert.throws(() => withStore(root(), (store) => store.stats()), /is encrypted and locked/);
    assert.equal(unlock(root(), passphrase), true);
    assert.deepEqual(contents(root()), before);
  });

  itThoroughly('gets another key, so that the old one opens nothing any more, and becomes plain again', async () => {
    const before = contents(root());
    await encrypt(root(), { passphrase });
    const old = heldKey(readKeyFile(root())?.key ?? '');
    await giveNewKey(root(), { passphrase: 'another long passphrase' });
    const next = heldKey(readKeyFile(root())?.key ?? '');
    assert.ok(old && next && old.id !== next.id);
    assert.ok(!readFileSync(join(root(), 'encryption.json'), 'utf8').includes(old.id));
    forgetKeys();
    holdKeys([old]);
    assert.throws(() => withStore(root(), (store) => store.stats()), /locked/);
    holdKeys([next]);
    assert.deepEqual(contents(root()), before);
    assert.deepEqual(filesWith(root()), []);
    await decrypt(root());
    forgetKeys();
    assert.deepEqual(contents(root()), before);
    assert.deepEqual(encryptionState(root()), { directory: root(), state: 'plain', locks: [], available: true });
  });

  it('is noticed by a program that had it open, which goes on once it has the key', async () => {
    const open = openStore(root());
    await encrypt(root(), { passphrase });
    const key = heldKey(readKeyFile(root())?.key ?? '');
    forgetKeys();
    assert.throws(() => open.write((batch) => batch.append([note(200, 'umbrellaostrich')])), /locked/);
    assert.throws(() => open.queries.figures(), /locked/);
    assert.deepEqual(filesWith(root()), []);
    holdKeys(key ? [key] : []);
    open.write((batch) => batch.append([note(201, 'umbrellaostrich')]));
    assert.equal(open.queries.record('note:201')?.id, 'note:201');
    assert.equal(open.queries.record('note:200'), undefined);
    assert.ok(open.cursors.get('/somewhere/cursorgiraffe.jsonl'));
    open.close();
    assert.deepEqual(filesWith(root()), []);
  });

  it('is sealed, forgotten from, rebuilt, backed up and restored like any other', async () => {
    await encrypt(root(), { passphrase });
    withStore(root(), (store) => {
      store.write((batch) => batch.append([note(300, 'quincezanzibar'), note(301, 'quincezanzibar')]));
      store.seal({ everything: true });
      store.write((batch) => batch.append([note(302, 'quincezanzibar'), note(303, 'quincezanzibar')]));
      const receipt = store.forget({ records: ['note:301', 'note:303', 'note:5'], sessions: ['tool:one'] });
      assert.deepEqual([receipt.sessions, receipt.attachments, receipt.scrubbed], [1, 1, true]);
      assert.equal(store.attachments.has(pictureName), false);
    });
    // A process that died while it wrote.
    appendFileSync(join(root(), 'journal/events/2026-11-01.jsonl'), 'e1.AAAAhalf a line');
    const after = contents(root());
    withStore(root(), (store) => {
      store.rebuild();
      assert.deepEqual(store.check(), []);
      assert.deepEqual([300, 301, 302, 303, 5].map((number) => store.queries.record(`note:${number}`) !== undefined), [true, false, true, false, false]);
    });
    assert.deepEqual(contents(root()), after);
    assert.deepEqual(filesWith(root()), []);

    assert.equal(drill(root())?.failure, undefined);
    const [newest] = backupsIn(placesOf(root())).backups;
    assert.ok(newest);
    const restored = restoreInto(root(), newest, join(at.path, 'restored'));
    assert.equal(withStore(restored.directory, (store) => store.queries.record('note:301')), undefined);
    assert.deepEqual(filesWith(restored.directory), []);
    assert.equal(encryptionState(restored.directory).interrupted, undefined);
    withStore(root(), (store) => restoreOver(store, newest));
    assert.deepEqual(filesWith(root()), []);
    await giveNewKey(root(), { passphrase });
    assert.throws(() => withStore(restored.directory, (store) => restoreOver(store, backupsIn(placesOf(root())).backups[0] ?? newest)), /is encrypted with another key than the record/);
  });
});
