/** Encryption at rest, as commands print it and the language server answers: fields are only ever added. */

import type { RenewedBackups } from './redaction.ts';

/** How the record of a data directory lies on the disk. */
export interface EncryptionState {
  /** Absolute path. */
  readonly directory: string;
  /** `locked`: it is encrypted, and this process has no key. */
  readonly state: 'plain' | 'encrypted' | 'locked';
  /** What opens it; none where it is plain. */
  readonly locks: readonly ('passphrase' | 'keyring')[];
  /** What was interrupted and is not done yet: files of the record, or only copies in older backups. */
  readonly interrupted?: 'files' | 'copies';
  /** Whether this package of Daybook can encrypt on this platform. */
  readonly available: boolean;
}

/** What was done, and what a search over every byte found of what the record says. */
export interface EncryptionReceipt {
  readonly state: 'plain' | 'encrypted';
  /** Files of the record that were written anew. */
  readonly files: number;
  /** Whether nothing is left of the database of before; another program may still have it open. */
  readonly scrubbed: boolean;
  readonly backups: RenewedBackups;
  /** Texts of the record that were looked for in all files as they lie on the disk; none while it is plain. */
  readonly search: { readonly texts: number; readonly files: number; readonly left: readonly string[] };
}

/** What opens an encrypted record. */
export interface Unlock {
  readonly passphrase?: string;
  /** Keys by their ids, Base64, as `daybook/unlock` gave them. */
  readonly keys?: Readonly<Record<string, string>>;
}
