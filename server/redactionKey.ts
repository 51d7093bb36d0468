/**
 * The key of the fingerprints in placeholders: equal secrets can be told from others within a record, and nobody without the key can try what
 * they were. It stays in the data directory, and is part of no export and no backup.
 */

import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, constants, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fingerprint } from './ingest/redaction/placeholder.ts';
import { noFollow } from './store/ownPlace.ts';

/** Name of the file in the data directory: 64 hexadecimal digits, mode 0600. */
const redactionKeyFile = 'redaction.key';

const keyPattern = /^[0-9a-f]{64}\n?$/;
const digits = 8;

/** The key is read, and made where there is none, for the first secret. Where there can be none, placeholders name rules alone. */
export function fingerprintIn(dataDirectory: string): Fingerprint {
  const path = join(dataDirectory, redactionKeyFile);
  let key: Buffer | undefined;
  return (secret) => {
    key ??= keyIn(path) ?? (makeKey(path) ? keyIn(path) : undefined);
    return key && createHmac('sha256', key).update(secret).digest('hex').slice(0, digits);
  };
}

function keyIn(path: string): Buffer | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | noFollow);
    try {
      const text = readFileSync(file, 'utf8');
      return keyPattern.test(text) ? Buffer.from(text.trim(), 'hex') : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Whole or not at all: others start at the same moment, and the first one counts. */
function makeKey(path: string): boolean {
  // Threads of a process have the same number.
  const partial = `${path}.${randomBytes(8).toString('hex')}.partial`;
  try {
    writeFileSync(partial, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(partial, path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  } finally {
    rmSync(partial, { force: true });
  }
}
