/** How the record of a data directory lies on the disk. */

import type { EncryptionState } from '../shared/encryption.ts';
import { canEncrypt } from './store/encryption/binding.ts';
import { isUnlocked, readKeyFile } from './store/encryption/keyFile.ts';

/** @param root absolute path of the data directory; it need not be there */
export function encryptionState(root: string): EncryptionState {
  const file = readKeyFile(root);
  if (!file) return { directory: root, state: 'plain', locks: [], available: canEncrypt() };
  return {
    directory: root,
    state: isUnlocked(file) ? 'encrypted' : 'locked',
    locks: file.locks.map(({ kind }) => kind),
    ...(file.converting && { interrupted: file.converting }),
    available: canEncrypt(),
  };
}

/** Whether making it plain was begun. */
export function isBecomingPlain(root: string): boolean {
  return readKeyFile(root)?.key === null;
}
