/** Wraps data keys with another key: one made of a passphrase, or one that a keyring keeps. */

import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { DataKey } from './heldKeys.ts';
import type { KeyringLock, PassphraseLock, Wrapped } from './keyFile.ts';

/** 32 MB and a quarter of a second for each guess. */
const cost = { n: 1 << 15, r: 8, p: 3 };
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export function newKey(): DataKey {
  return { id: randomBytes(4).toString('hex'), bytes: randomBytes(keyBytes) };
}

/** What a keyring keeps. */
export function newSecret(): Buffer {
  return randomBytes(keyBytes);
}

export function passphraseLock(passphrase: string, keys: readonly DataKey[]): PassphraseLock {
  const salt = randomBytes(16);
  return { kind: 'passphrase', cost, salt: salt.toString('base64'), keys: wrapAll(stretched(passphrase, salt, cost), keys) };
}

/** @param secret 32 bytes */
export function keyringLock(secret: Uint8Array, place: Pick<KeyringLock, 'account' | 'sealed'>, keys: readonly DataKey[]): KeyringLock {
  return { kind: 'keyring', ...place, keys: wrapAll(secret, keys) };
}

/** Undefined when the passphrase is another one. */
export function openWithPassphrase(lock: PassphraseLock, passphrase: string): DataKey[] | undefined {
  return unwrapAll(stretched(passphrase, Buffer.from(lock.salt, 'base64'), lock.cost), lock.keys);
}

/** Undefined when the keyring holds something else. */
export function openWithSecret(lock: KeyringLock, secret: Uint8Array): DataKey[] | undefined {
  return secret.length === keyBytes ? unwrapAll(secret, lock.keys) : undefined;
}

/** The same characters, however a keyboard composes them, are the same passphrase. */
function stretched(passphrase: string, salt: Buffer, { n, r, p }: PassphraseLock['cost']): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, keyBytes, { N: n, r, p, maxmem: 256 * n * r + (1 << 20) });
}

function wrapAll(wrapping: Uint8Array, keys: readonly DataKey[]): Wrapped {
  return Object.fromEntries(keys.map(({ id, bytes }) => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(`key ${id}`));
    return [id, Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64')];
  }));
}

function unwrapAll(wrapping: Uint8Array, keys: Wrapped): DataKey[] | undefined {
  try {
    return Object.entries(keys).map(([id, text]) => ({ id, bytes: unwrap(wrapping, id, Buffer.from(text, 'base64')) }));
  } catch {
    return undefined; // the tag does not fit: it is another passphrase
  }
}

function unwrap(wrapping: Uint8Array, id: string, wrapped: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', wrapping, wrapped.subarray(0, nonceBytes))
    .setAAD(Buffer.from(`key ${id}`)).setAuthTag(wrapped.subarray(-tagBytes));
  return Buffer.concat([decipher.update(wrapped.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
