/** Whether the record is encrypted, and what of that is still to be done, for *Health*. Of a record that is not, there is nothing to say. */

import type { HealthNote } from '../../shared/health.ts';
import { encryptionState } from '../encryptionState.ts';

/** @param dataDirectory absolute path */
export function encryptionNotes(dataDirectory: string): HealthNote[] {
  const { state, locks, interrupted } = encryptionState(dataDirectory);
  if (state === 'plain') return [];
  if (interrupted !== undefined) {
    const left = interrupted === 'files' ? 'some files of the record are' : 'older backups, or a database that another program has open, are';
    return [{ id: `encryption:interrupted:${interrupted}`, code: 'encryption-interrupted', state: 'warning', message: `Encrypting was interrupted, and ${left} as before. To finish it: daybook encrypt` }];
  }
  const opens = locks.map((lock) => (lock === 'passphrase' ? 'its passphrase' : 'the keyring of this user')).join(' or ');
  return [{ id: `encryption:${locks.join('-')}`, code: 'encrypted', state: 'ok', message: `The record is encrypted; ${opens} opens it. Keep a copy of encryption.json: without it nobody can read the record.` }];
}
