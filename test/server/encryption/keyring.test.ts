import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepSecret, keyringSecret } from '../../../server/encryption/keyring.ts';
import { folderForEachTest } from '../../support/folder.ts';

/** Keeps what it is handed as the Secret Service would, in a file: this machine has none, or one that is a person's. */
const standIn = (folder: string): string => `#!/bin/sh
case "$1" in
  store) shift 3; cat > "${folder}/$*" ;;
  lookup) shift; cat "${folder}/$*" ;;
esac
`;

describe('the keyring of the system', () => {
  const at = folderForEachTest();
  const path = process.env['PATH'];
  const account = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const secret = Buffer.alloc(32, 7);

  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('gives back what it was given, by the program that Linux has for it', function () {
    if (process.platform === 'win32') return this.skip();
    writeFileSync(join(at.path, 'secret-tool'), standIn(at.path));
    chmodSync(join(at.path, 'secret-tool'), 0o755);
    process.env['PATH'] = `${at.path}:${path}`;
    assert.deepEqual(keepSecret(account, secret, 'linux'), { account });
    assert.ok(existsSync(join(at.path, `application daybook account ${account}`)));
    assert.deepEqual(keyringSecret({ account }, 'linux'), secret);
    assert.equal(keyringSecret({ account: '00000000' }, 'linux'), undefined);
  });

  it('is said to be missing where it is, in a sentence that says what to do', () => {
    process.env['PATH'] = at.path;
    assert.throws(() => keepSecret(account, secret, 'linux'), /The keyring of this system cannot be used\. secret-tool could not be started\. Use a passphrase in its place\./);
    assert.equal(keyringSecret({ account }, 'linux'), undefined);
  });
});
