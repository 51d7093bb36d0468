/** Encrypts a record, gives it another key or another passphrase, or makes it plain again; each goes on where it was interrupted. */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { EncryptionReceipt } from '../shared/encryption.ts';
import { ProblemError } from '../shared/problem.ts';
import { keepSecret } from './encryption/keyring.ts';
import { searchTexts, textsOf } from './encryption/witnesses.ts';
import { renewBackups } from './redacting/backups.ts';
import { placesOf } from './store/backup/state.ts';
import { cipherBinding } from './store/encryption/binding.ts';
import { heldKey, holdKeys, type DataKey } from './store/encryption/heldKeys.ts';
import { isUnlocked, locked, readKeyFile, writeKeyFile, type KeyFile, type Lock } from './store/encryption/keyFile.ts';
import { beginMoving, reachedCopies, retireDatabases, settleKeyFile } from './store/encryption/moving.ts';
import { keyringLock, newKey, newSecret, passphraseLock } from './store/encryption/wrapping.ts';
import { openStore, type Store } from './store/store.ts';

/** What is to open the record; both may. */
export interface Opener {
  readonly passphrase?: string;
  readonly keyring?: boolean;
}

/** Files of the record that were written anew, of all. */
export type OnRenewed = (done: number, total: number) => void;

/** Fewer characters are guessed too soon. */
export const shortestPassphrase = 12;

/** @throws ProblemError `encryption-missing` where this package of Daybook cannot encrypt */
export function checkAvailable(): void {
  cipherBinding();
}

/** Encrypts a record that is plain. @param keyId of a key that this process holds; a new one when absent */
export async function encrypt(root: string, opener: Opener, onRenewed?: OnRenewed, keyId = ''): Promise<EncryptionReceipt> {
  checkAvailable();
  if (readKeyFile(root)) throw new ProblemError({ code: 'encrypted-already', message: `The record in ${root} is encrypted already.` });
  const key = heldKey(keyId) ?? newKey();
  const locks = locksFor(opener, [key]);
  begin(root, { version: 1, key: key.id, converting: 'files', locks }, [key]);
  return carryOn(root, onRenewed);
}

/** Gives an encrypted record another key, and writes all of it anew: what the old key opened is no more. */
export async function giveNewKey(root: string, opener: Opener, onRenewed?: OnRenewed): Promise<EncryptionReceipt> {
  const before = settled(root);
  const key = newKey();
  // Until all is done, both are needed.
  const keys = [key, ...keysOf(before)];
  const locks = locksFor(opener, keys);
  begin(root, { version: 1, key: key.id, converting: 'files', locks }, [key]);
  return carryOn(root, onRenewed);
}

/** Makes an encrypted record plain again. */
export async function decrypt(root: string, onRenewed?: OnRenewed): Promise<EncryptionReceipt> {
  const before = settled(root);
  begin(root, { ...before, key: null, converting: 'files' }, []);
  return carryOn(root, onRenewed);
}

/** What opens the record from now on, in the place of what opened it before. Nothing but the key file is written. */
export function changeOpener(root: string, opener: Opener): void {
  const before = settled(root);
  writeKeyFile(root, { ...before, locks: locksFor(opener, keysOf(before)) });
}

/** Does what is left of what was begun, as often as it is interrupted. Others read and write meanwhile. */
export async function carryOn(root: string, onRenewed?: OnRenewed): Promise<EncryptionReceipt> {
  const file = readKeyFile(root);
  if (file && !isUnlocked(file)) throw locked(root);
  const store = openStore(root);
  try {
    store.catchUp();
    const files = store.past.renew(onRenewed);
    store.past.finish();
    const scrubbed = retireDatabases(root);
    if (files > 0) store.past.renew(); // what somebody wrote in the moment before the key file was
    reachedCopies(root);
    const backups = renewBackups(store, 'encryption');
    if (scrubbed && backups.unreached.length === 0) settleKeyFile(root);
    const isPlain = (file?.key ?? null) === null;
    return { state: isPlain ? 'plain' : 'encrypted', files, scrubbed, backups, search: isPlain ? { texts: 0, files: 0, left: [] } : await search(root, store) };
  } finally {
    store.close();
  }
}

function search(root: string, { past }: Pick<Store, 'past'>): ReturnType<typeof searchTexts> {
  return searchTexts(textsOf(past), [root, ...placesOf(root).slice(1)].filter((folder) => existsSync(folder)));
}

function begin(root: string, next: KeyFile, keys: readonly DataKey[]): void {
  holdKeys(keys);
  const store = openStore(root);
  try {
    store.catchUp();
    beginMoving(store, next);
  } finally {
    store.close();
  }
}

/** The key file of a record that can be read, and of which nothing is left to do. */
function settled(root: string): KeyFile {
  const file = readKeyFile(root);
  if (!file) throw new ProblemError({ code: 'not-encrypted', message: `The record in ${root} is not encrypted.` });
  if (!isUnlocked(file)) throw locked(root);
  if (file.converting === 'files') throw new ProblemError({ code: 'interrupted', message: 'Encrypting was interrupted. Let it finish first: daybook encrypt' });
  return file;
}

function keysOf({ key }: KeyFile): DataKey[] {
  return [key === null ? undefined : heldKey(key)].filter((each) => each !== undefined);
}

function locksFor({ passphrase, keyring = false }: Opener, keys: readonly DataKey[]): Lock[] {
  if (passphrase !== undefined && passphrase.length < shortestPassphrase) {
    throw new ProblemError({ code: 'short-passphrase', message: `The passphrase has fewer than ${shortestPassphrase} characters. A few words that do not belong together are good, and easy to keep in mind.` });
  }
  if (passphrase === undefined && !keyring) throw new ProblemError({ code: 'no-opener', message: 'A passphrase or the keyring is needed.' });
  return [...(passphrase === undefined ? [] : [passphraseLock(passphrase, keys)]), ...(keyring ? [lockInKeyring(keys)] : [])];
}

/** What the keyring kept before stays there: a backup that is elsewhere may need it. */
function lockInKeyring(keys: readonly DataKey[]): Lock {
  const secret = newSecret();
  return keyringLock(secret, keepSecret(randomUUID(), secret), keys);
}
