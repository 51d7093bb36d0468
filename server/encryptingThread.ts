/** Encrypts in a thread of its own, and says how it goes. */

import type { EncryptionReceipt } from '../shared/encryption.ts';
import { sentence } from '../shared/problem.ts';
import { carryOn, encrypt } from './encrypting.ts';
import { encryptionState } from './encryptionState.ts';
import { keysToKeep, type GivenKeys } from './unlocking.ts';

type Said = { done: number; total: number } | { receipt: EncryptionReceipt; keys: GivenKeys } | { problem: string };

/** @param root absolute path of the data directory. What was interrupted goes on. @param keyId of a key that this process holds */
export async function encryptIn(root: string, passphrase: string, keyId: string, say: (message: Said) => void): Promise<void> {
  const onRenewed = (done: number, total: number): void => say({ done, total });
  try {
    const { interrupted } = encryptionState(root);
    const receipt = interrupted === undefined ? await encrypt(root, { passphrase }, onRenewed, keyId) : await carryOn(root, onRenewed);
    say({ receipt, keys: keysToKeep(root) });
  } catch (error) {
    say({ problem: sentence(error) });
  }
}
