import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { carryOn, decrypt, encrypt, giveNewKey } from '../../../server/encrypting.ts';
import { encryptionState } from '../../../server/encryptionState.ts';
import { unlock } from '../../../server/unlocking.ts';
import { folderForAll } from '../../support/folder.ts';
import { itThoroughly } from '../../support/itThoroughly.ts';
import { contents, describeEncrypted, fill, filesWith, forgetKeys, passphrase } from '../encryption/world.ts';
import { isThorough } from '../../support/thorough.ts';
import { seeded } from './random.ts';

const kills = 40;
/** There are more: with fewer, something was not done. */
const fewestSteps = 60;
const newPassphrase = 'another four words';
const server = (name: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../server', name)).href);

/** Does one of them, and dies where it is told to: before its nth step on the disk that is not the database's own. Else says how many there are. */
const script = `
  const fs = (await import('node:fs')).default;
  const { syncBuiltinESMExports } = await import('node:module');
  const encrypting = await import(${server('encrypting.ts')});
  const { unlock } = await import(${server('unlocking.ts')});
  const [root, what, last] = process.argv.slice(1);
  unlock(root, ${JSON.stringify(passphrase)});
  let steps = 0;
  for (const name of ['renameSync', 'unlinkSync', 'rmSync', 'writeSync', 'fsyncSync', 'fdatasyncSync']) {
    const real = fs[name];
    fs[name] = (...args) => {
      if (++steps === Number(last)) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    };
  }
  syncBuiltinESMExports();
  if (what === 'encrypt') await encrypting.encrypt(root, { passphrase: ${JSON.stringify(passphrase)} });
  if (what === 'new key') await encrypting.giveNewKey(root, { passphrase: ${JSON.stringify(newPassphrase)} });
  if (what === 'decrypt') await encrypting.decrypt(root);
  process.stdout.write(String(steps));`;

async function run(data: string, what: string, last: number): Promise<number | undefined> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, data, what, String(last)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await once(child, 'close');
  return child.signalCode === 'SIGKILL' ? undefined : Number(out);
}

describeEncrypted('a process that is killed while it encrypts, changes the key, or makes plain', () => {
  const folder = folderForAll();
  const written = { plain: '', encrypted: '', says: undefined as unknown };
  const random = seeded(20_261_121);

  before(async function () {
    if (!isThorough()) return;
    this.timeout(120_000);
    forgetKeys();
    written.plain = join(folder.path, 'plain');
    await fill(written.plain);
    written.says = contents(written.plain);
    written.encrypted = join(folder.path, 'encrypted');
    cpSync(written.plain, written.encrypted, { recursive: true });
    await encrypt(written.encrypted, { passphrase });
  });

  /** What has to be done is done, whatever was. */
  async function finish(data: string, what: string): Promise<void> {
    const { interrupted, state } = encryptionState(data);
    if (interrupted !== undefined) await carryOn(data);
    else if (what === 'encrypt' && state === 'plain') await encrypt(data, { passphrase });
    else if (what === 'new key' && !unlock(data, newPassphrase)) await giveNewKey(data, { passphrase: newPassphrase });
    else if (what === 'decrypt' && state !== 'plain') await decrypt(data);
  }

  for (const what of ['encrypt', 'new key', 'decrypt']) {
    itThoroughly(`says all it said before, at any moment, and is finished by the next: ${what}`, async function () {
      this.timeout(60_000 + kills * 30_000);
      const original = what === 'encrypt' ? written.plain : written.encrypted;
      const steps = await whole(original, what);
      for (let kill = 0; kill < kills; kill++) {
        forgetKeys();
        const data = join(folder.path, `${what}-${kill}`);
        cpSync(original, data, { recursive: true });
        const last = 1 + Math.floor(((kill + random()) / kills) * steps);
        assert.equal(await run(data, what, last), undefined, `step ${last}`);
        assert.ok(unlock(data, passphrase) || unlock(data, newPassphrase), `step ${last}: nothing opens it`);
        assert.deepEqual(contents(data), written.says, `step ${last}`);
        await finish(data, what);
        assert.deepEqual(contents(data), written.says, `step ${last}, finished`);
        assert.equal(encryptionState(data).interrupted, undefined, `step ${last}`);
        assert.equal(encryptionState(data).state, what === 'decrypt' ? 'plain' : 'encrypted');
        if (what !== 'decrypt') assert.deepEqual(filesWith(data), [], `step ${last}`);
      }
    });
  }

  async function whole(original: string, what: string): Promise<number> {
    const data = join(folder.path, `${what}-whole`);
    cpSync(original, data, { recursive: true });
    const steps = await run(data, what, 0) ?? 0;
    assert.ok(steps >= fewestSteps, `${steps} steps`);
    return steps;
  }
});
