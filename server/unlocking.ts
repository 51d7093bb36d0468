/** Opens an encrypted record for this process and the threads it starts: with a passphrase, or by itself where something else has the key. */

import { readFileSync } from 'node:fs';
import { ProblemError, sentence } from '../shared/problem.ts';
import { keyringSecret } from './encryption/keyring.ts';
import { holdKeys, heldKey, type DataKey } from './store/encryption/heldKeys.ts';
import { isUnlocked, keyFileAt, readKeyFile, type KeyFile } from './store/encryption/keyFile.ts';
import { newKey, openWithPassphrase, openWithSecret } from './store/encryption/wrapping.ts';

/** Names a file whose first line is the passphrase. */
export const passphraseVariable = 'DAYBOOK_PASSPHRASE_FILE';

/** Keys by their ids, Base64: what an editor keeps in its own secret place. */
export type GivenKeys = Readonly<Record<string, string>>;

/** A data directory, or a key file that lies elsewhere, such as in a backup: absolute. Undefined where nothing is encrypted. */
function fileOf(place: string): KeyFile | undefined {
  return place.endsWith('.json') ? keyFileAt(place) : readKeyFile(place);
}

/** Whether the record can be read now, also when it is not encrypted. */
export function isOpen(place: string): boolean {
  const file = fileOf(place);
  return !file || isUnlocked(file);
}

/** Whether it could be opened. */
export function unlock(place: string, passphrase: string): boolean {
  const file = fileOf(place);
  return !file || unlockFile(file, passphrase);
}

function unlockFile(file: KeyFile, passphrase: string): boolean {
  return hold(file, file.locks.map((lock) => (lock.kind === 'passphrase' ? openWithPassphrase(lock, passphrase) : undefined)).find((keys) => keys !== undefined));
}

/**
 * Tries what asks nobody: the file that `DAYBOOK_PASSPHRASE_FILE` names, and the keyring. Returns whether the record is open.
 * @throws ProblemError `passphrase-unreadable`, `wrong-passphrase` where the file does not help
 */
export function unlockByItself(place: string, env: NodeJS.ProcessEnv): boolean {
  const file = fileOf(place);
  if (!file || isUnlocked(file)) return true;
  const path = env[passphraseVariable];
  if (path) {
    if (unlockFile(file, passphraseIn(path))) return true;
    throw new ProblemError({ code: 'wrong-passphrase', message: `The passphrase in ${path} (${passphraseVariable}) is not that of this record.`, where: { file: path } });
  }
  return file.locks.some((lock) => {
    const secret = lock.kind === 'keyring' ? keyringSecret(lock) : undefined;
    return lock.kind === 'keyring' && secret !== undefined && hold(file, openWithSecret(lock, secret));
  });
}

/** The first line of a file. @param named what names the file. @throws ProblemError `passphrase-unreadable` */
export function passphraseIn(path: string, named = passphraseVariable): string {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw new ProblemError({ code: 'passphrase-unreadable', message: `The file ${path}, which ${named} names, cannot be read: ${sentence(error)}.`, where: { file: path } }, { cause: error });
  }
}

/** A key for a record that is to be encrypted by a thread of this process: held before, so that here nobody notices. Returns its id. */
export function prepareKey(): string {
  const key = newKey();
  holdKeys([key]);
  return key.id;
}

/** Takes keys that were kept elsewhere. */
export function takeKeys(keys: GivenKeys): void {
  holdKeys(Object.entries(keys).filter(([id, text]) => /^[0-9a-f]{8}$/.test(id) && Buffer.from(text, 'base64').length === 32).map(([id, text]) => ({ id, bytes: Buffer.from(text, 'base64') })));
}

/** Keys of the record, to be kept in a secret place; none when it is locked, or plain. */
export function keysToKeep(root: string): GivenKeys {
  const key = readKeyFile(root)?.key ?? undefined;
  const held = key === undefined ? undefined : heldKey(key);
  return held ? { [held.id]: Buffer.from(held.bytes).toString('base64') } : {};
}

function hold(file: KeyFile, keys: readonly DataKey[] | undefined): boolean {
  if (!keys) return false;
  holdKeys(keys);
  return isUnlocked(file);
}
