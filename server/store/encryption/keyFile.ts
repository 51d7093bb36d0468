/**
 * `encryption.json` in the data directory: under which key everything there is written, and that key, wrapped. It says nothing to whoever has
 * neither the passphrase nor what the keyring holds. Without the file nobody can read the record, which is why each backup has it, too.
 */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../../shared/problem.ts';
import { removeFile, replaceFile } from '../replaceFile.ts';
import { heldKey, type DataKey } from './heldKeys.ts';

/** Name of the file in the data directory. */
export const keyFileName = 'encryption.json';

export interface KeyFile {
  readonly version: 1;
  /** Id of the key under which everything is written from now on; null while the record becomes plain again. */
  readonly key: string | null;
  /** What may still be as it was before: files of the record, then only copies of them in backups. Absent when nothing is. */
  readonly converting?: 'files' | 'copies';
  /** Each opens all keys. */
  readonly locks: readonly Lock[];
}

/** Keys by their ids, wrapped, Base64. */
export type Wrapped = Readonly<Record<string, string>>;

export interface PassphraseLock {
  readonly kind: 'passphrase';
  /** What scrypt makes a key of the passphrase with. */
  readonly cost: { readonly n: number; readonly r: number; readonly p: number };
  /** Base64. */
  readonly salt: string;
  readonly keys: Wrapped;
}

export interface KeyringLock {
  readonly kind: 'keyring';
  /** By which the keyring knows what wraps the keys. */
  readonly account: string;
  /** The same, protected by Windows for its user; other systems keep it themselves. */
  readonly sealed?: string;
  readonly keys: Wrapped;
}

export type Lock = PassphraseLock | KeyringLock;

interface Known {
  readonly identity: string;
  readonly file: KeyFile | undefined;
}

const known = new Map<string, Known>();

/** Another one whenever the file is. @param root absolute path of the data directory */
export function keyFileIdentity(root: string): string {
  const stat = statSync(join(root, keyFileName), { throwIfNoEntry: false });
  return stat ? `${stat.ino}:${stat.size}:${stat.mtimeMs}` : 'none';
}

/** Undefined where nothing is encrypted. Cheap. @throws ProblemError `key-file-unreadable` */
export function readKeyFile(root: string): KeyFile | undefined {
  const identity = keyFileIdentity(root);
  if (identity === 'none') return undefined;
  const before = known.get(root);
  if (before?.identity === identity) return before.file;
  const file = keyFileAt(join(root, keyFileName));
  known.set(root, { identity, file });
  return file;
}

/** A key file wherever it lies, such as in a backup. @param path absolute. @throws ProblemError `key-file-unreadable` */
export function keyFileAt(path: string): KeyFile {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isKeyFile(read)) return read;
  } catch {
    // said below: what is no file, or no JSON, is no key file
  }
  const message = `${path} cannot be read, and without it nobody can read the record. Put it back from a backup, or from where you keep a copy; a newer Daybook may have written it.`;
  throw new ProblemError({ code: 'key-file-unreadable', message, where: { file: path } });
}

/** Durable when it returns. */
export function writeKeyFile(root: string, file: KeyFile): void {
  replaceFile(join(root, keyFileName), [`${JSON.stringify(file, null, 2)}\n`]);
  known.delete(root);
}

export function removeKeyFile(root: string): void {
  removeFile(join(root, keyFileName));
  known.delete(root);
}

/** Ids of the keys without which the record cannot be read. */
export function neededKeys({ key, converting, locks }: KeyFile): readonly string[] {
  const all = [...new Set(locks.flatMap(({ keys }) => Object.keys(keys)))];
  return converting === 'files' ? all : all.filter((id) => id === key);
}

/** Whether it can be read now. */
export function isUnlocked(file: KeyFile): boolean {
  return neededKeys(file).every((id) => heldKey(id) !== undefined);
}

/** The key under which everything is to be written; undefined where nothing is encrypted. @throws ProblemError `store-locked` */
export function writingKey(root: string): DataKey | undefined {
  const file = readKeyFile(root);
  if (!file) return undefined;
  if (!isUnlocked(file)) throw locked(root);
  return file.key === null ? undefined : heldKey(file.key);
}

export function locked(root: string): ProblemError {
  return new ProblemError({ code: 'store-locked', message: `The record in ${root} is encrypted and locked. Unlock it: in VS Code with the command Daybook: Unlock the Record, elsewhere with a file that has the passphrase, named in DAYBOOK_PASSPHRASE_FILE.`, where: { file: root } });
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null) return false;
  const { version, key, converting, locks } = value as Record<string, unknown>;
  return version === 1 && (key === null || isId(key)) && (converting === undefined || converting === 'files' || converting === 'copies')
    && Array.isArray(locks) && locks.length > 0 && locks.every(isLock);
}

const isId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{8}$/.test(value);
const isWhole = (value: unknown, most: number): boolean => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;

/** What is asked of scrypt is bounded: a file that somebody changed is not to take all memory. */
function isLock(value: unknown): value is Lock {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, cost, salt, account, sealed, keys } = value as Record<string, unknown>;
  if (typeof keys !== 'object' || keys === null || !Object.entries(keys).every(([id, wrapped]) => isId(id) && typeof wrapped === 'string')) return false;
  if (kind === 'keyring') return typeof account === 'string' && /^[0-9a-f-]{8,64}$/.test(account) && (sealed === undefined || (typeof sealed === 'string' && /^[0-9a-f]*$/.test(sealed)));
  const { n, r, p } = (cost ?? {}) as Record<string, unknown>;
  return kind === 'passphrase' && typeof salt === 'string' && isWhole(n, 1 << 20) && isWhole(r, 16) && isWhole(p, 16);
}
