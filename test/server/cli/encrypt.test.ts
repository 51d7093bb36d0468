import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { itThoroughly } from '../../support/itThoroughly.ts';
import { describeEncrypted, fill, filesWith, forgetKeys, passphrase } from '../encryption/world.ts';
import { daybook, type Outcome } from './running.ts';

describeEncrypted('daybook encrypt', function () {
  this.timeout(120_000);
  const at = folderForEachTest();
  const data = (): string => join(at.path, 'data');
  const file = (name: string, text: string): string => {
    const path = join(at.path, name);
    writeFileSync(path, `${text}\n`);
    return path;
  };
  /** Each command as a process of its own: it has no key from the one before. */
  const run = (args: readonly string[], more: { input?: string; isTerminal?: boolean; env?: NodeJS.ProcessEnv } = {}): Promise<Outcome> => {
    forgetKeys();
    return daybook(args, { folder: at.path, ...more });
  };

  it('encrypts, opens with a file that is named, and makes plain again', async () => {
    await fill(data());
    const right = file('right', passphrase);
    const env = { DAYBOOK_PASSPHRASE_FILE: right };
    assert.match((await run(['encrypt', '--status'])).out, /is not encrypted\. Encrypt it with: daybook encrypt/);
    assert.match((await run(['encrypt', '--passphrase-file', right])).err, /Nobody is there to be asked/);
    assert.match((await run(['encrypt', '--yes', '--passphrase-file', file('short', 'short')])).err, /fewer than 12 characters/);
    assert.notDeepEqual(filesWith(data()), []);

    const { code, out } = await run(['encrypt', '--yes', '--passphrase-file', right]);
    assert.equal(code, 0);
    assert.match(out, /^The record is encrypted: \d files written anew\.\n1 older backup gave way to one of now\.\n\d+ texts of the record were looked for in every byte of \d+ files: none was found\.\n/);
    assert.deepEqual(filesWith(data()), []);

    const locked = await run(['search', 'quincezanzibar']);
    assert.deepEqual([locked.code, locked.out], [1, '']);
    assert.match(locked.err, /is encrypted\. Write its passphrase into a file that only you can read, and name that in DAYBOOK_PASSPHRASE_FILE/);
    assert.match((await run(['search', 'quincezanzibar'], { env: { DAYBOOK_PASSPHRASE_FILE: file('wrong', 'some other passphrase') } })).err, /is not that of this record/);
    assert.match((await run(['search', 'quincezanzibar', '--limit', '50'], { env })).out, /quincezanzibar number 7/);
    assert.match((await run(['encrypt', '--yes', '--passphrase-file', right], { env })).err, /is encrypted already/);

    assert.equal((await run(['decrypt', '--yes'], { env })).code, 0);
    assert.match((await run(['search', 'quincezanzibar'])).out, /quincezanzibar/);
  });

  itThoroughly('says that the key file is missing, and writes nothing until it is back', async () => {
    await fill(data());
    const env = { DAYBOOK_PASSPHRASE_FILE: file('right', passphrase) };
    await run(['encrypt', '--yes', '--passphrase-file', env.DAYBOOK_PASSPHRASE_FILE]);
    const kept = readFileSync(join(data(), 'encryption.json'));
    rmSync(join(data(), 'encryption.json'));
    const { code, err } = await run(['stats'], { env });
    assert.equal(code, 1);
    assert.match(err, /is encrypted, and encryption\.json, which has its key, is missing/);
    writeFileSync(join(data(), 'encryption.json'), kept);
    assert.match((await run(['stats'], { env })).out, /44 records/);
  });
});
