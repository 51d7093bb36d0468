/**
 * Encrypts with AES-256-GCM and a nonce of chance: `key id (4 bytes) | nonce (12) | text | tag (16)`. What kind of thing it is goes into the
 * tag, so that no line passes for a frame. Whoever decrypts finds the key among those this process holds. What is not encrypted, or with a key
 * that is not there, comes back as it is: the same code reads plain files, encrypted ones, and those that are half of each.
 */

import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { heldKey, type DataKey } from './heldKeys.ts';

type Kind = 'line' | 'frame' | 'file';

const idBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;

/** What an encrypted line begins with; a record begins with a brace. The rest is Base64, so that there is one line break at its end. */
const lineMark = Buffer.from('e1.');
/** Of a skippable frame (RFC 8878): `zstd -dc` passes over it. Four bytes of length follow. */
const frameMark = 0x184d2a5e;
const frameHead = 8;
const fileMark = Buffer.from('\0daybook-e1\n', 'latin1');

export function encryptLine(key: DataKey, line: Buffer): Buffer {
  return isEncryptedLine(line) ? line : Buffer.concat([lineMark, Buffer.from(encrypt(key, 'line', line).toString('base64'), 'latin1')]);
}

export function decryptLine(stored: Buffer): Buffer {
  if (!isEncryptedLine(stored)) return stored;
  return decrypt('line', Buffer.from(stored.toString('latin1', lineMark.length), 'base64')) ?? stored;
}

/** Whether a line is as whoever writes now would write it. @param key undefined where nothing is encrypted */
export function isLineUnder(key: DataKey | undefined, stored: Buffer): boolean {
  if (!isEncryptedLine(stored)) return key === undefined;
  return key !== undefined && Buffer.from(stored.toString('latin1', lineMark.length, lineMark.length + 8), 'base64').toString('hex', 0, idBytes) === key.id;
}

function isEncryptedLine(line: Buffer): boolean {
  return line.length > lineMark.length && line.compare(lineMark, 0, lineMark.length, 0, lineMark.length) === 0;
}

/** @param frame of Zstandard */
export function encryptFrame(key: DataKey, frame: Buffer): Buffer {
  if (isEncryptedFrame(frame)) return frame;
  const inside = encrypt(key, 'frame', frame);
  const head = Buffer.alloc(frameHead);
  head.writeUInt32LE(frameMark, 0);
  head.writeUInt32LE(inside.length, 4);
  return Buffer.concat([head, inside]);
}

export function decryptFrame(stored: Buffer): Buffer {
  return isEncryptedFrame(stored) ? decrypt('frame', stored.subarray(frameHead)) ?? stored : stored;
}

export function isFrameUnder(key: DataKey | undefined, stored: Buffer): boolean {
  return isEncryptedFrame(stored) ? key?.id === stored.toString('hex', frameHead, frameHead + idBytes) : key === undefined;
}

function isEncryptedFrame(frame: Buffer): boolean {
  return frame.length > frameHead && frame.readUInt32LE(0) === frameMark;
}

/** A file as a whole, such as an image. */
export function encryptFile(key: DataKey, content: Uint8Array): Buffer {
  return Buffer.concat([fileMark, encrypt(key, 'file', content)]);
}

export function decryptFile(stored: Buffer): Buffer {
  return isEncryptedFile(stored) ? decrypt('file', stored.subarray(fileMark.length)) ?? stored : stored;
}

/** @param head the first bytes of the file, at least `fileHeadBytes` where it has so many */
export function isFileUnder(key: DataKey | undefined, head: Buffer): boolean {
  return isEncryptedFile(head) ? key?.id === head.toString('hex', fileMark.length, fileMark.length + idBytes) : key === undefined;
}

export const fileHeadBytes = fileMark.length + idBytes;
/** How much longer a file is when it is encrypted. */
export const fileExtraBytes = fileMark.length + idBytes + nonceBytes + tagBytes;

function isEncryptedFile(bytes: Buffer): boolean {
  return bytes.length >= fileHeadBytes && bytes.compare(fileMark, 0, fileMark.length, 0, fileMark.length) === 0;
}

/** For the database, which has a cipher of its own: 64 hexadecimal digits. */
export function databaseKey(key: DataKey): string {
  return derive(key, 'database').toString('hex');
}

function encrypt(key: DataKey, kind: Kind, text: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', contentKey(key), nonce).setAAD(Buffer.from(kind));
  return Buffer.concat([Buffer.from(key.id, 'hex'), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined without its key, and where a byte of it is another one. */
function decrypt(kind: Kind, bytes: Buffer): Buffer | undefined {
  const key = bytes.length >= idBytes + nonceBytes + tagBytes ? heldKey(bytes.toString('hex', 0, idBytes)) : undefined;
  if (!key) return undefined;
  const [nonceEnd, textEnd] = [idBytes + nonceBytes, bytes.length - tagBytes];
  const decipher = createDecipheriv('aes-256-gcm', contentKey(key), bytes.subarray(idBytes, nonceEnd)).setAAD(Buffer.from(kind)).setAuthTag(bytes.subarray(textEnd));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceEnd, textEnd)), decipher.final()]);
  } catch {
    return undefined; // damaged, or changed by somebody: counted by the caller as unreadable
  }
}

const contentKeys = new Map<string, KeyObject>();

function contentKey(key: DataKey): KeyObject {
  const known = contentKeys.get(key.id) ?? createSecretKey(derive(key, 'content'));
  contentKeys.set(key.id, known);
  return known;
}

function derive(key: DataKey, purpose: 'content' | 'database'): Buffer {
  return Buffer.from(hkdfSync('sha256', key.bytes, '', `daybook ${purpose} 1`, 32));
}
