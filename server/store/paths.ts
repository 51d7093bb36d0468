/** Where things lie in the data directory. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DaybookRecord, Family } from '../../shared/record.ts';
import { readKeyFile } from './encryption/keyFile.ts';

export interface DataPaths {
  readonly root: string;
  /** Another one when the record is encrypted, or its key is another one. */
  readonly database: string;
  readonly journal: string;
  readonly attachments: string;
}

export function dataPaths(root: string): DataPaths {
  return {
    root,
    get database() {
      return databasePath(root);
    },
    journal: join(root, 'journal'),
    attachments: join(root, 'attachments'),
  };
}

/** Where the index is while nothing is encrypted. */
export function plainDatabase(root: string): string {
  return join(root, 'daybook.db');
}

/** Each key has a database of its own, so that one is never taken for the other. */
export function encryptedDatabase(root: string, keyId: string): string {
  return `${plainDatabase(root)}.${keyId}`;
}

function databasePath(root: string): string {
  const key = readKeyFile(root)?.key;
  return key ? encryptedDatabase(root, key) : plainDatabase(root);
}

/** Journal file of a record that belongs to no chat session, below journal/. */
export function dayFile(family: Exclude<Family, 'chats'>, time: string): string {
  return `${family}/${time.slice(0, 10)}.jsonl`;
}

/** Journal file of a chat session whose first record is `record`, below journal/. */
export function sessionFile(record: DaybookRecord): string {
  const session = record.sessionid ?? '';
  const native = session.startsWith(`${record.source}:`) ? session.slice(record.source.length + 1) : session;
  return `chats/${record.time.slice(0, 10).replaceAll('-', '/')}/${fileName(record.source)}_${fileName(native)}.jsonl`;
}

/** A name every file system takes, from any text; different texts give different names. */
function fileName(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '-').slice(0, 100);
  if (plain === text) return plain;
  return `${plain}-${createHash('sha1').update(text).digest('hex').slice(0, 8)}`;
}
