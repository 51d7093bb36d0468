/**
 * Backups from before hold what was redacted, or what was not yet encrypted. One of now takes their place: it is whole before they go, so that nothing is lost that the
 * record still has.
 */

import { rmSync } from 'node:fs';
import type { BackupReason } from '../../shared/backups.ts';
import type { RenewedBackups } from '../../shared/redaction.ts';
import { backUp, type BackedUp } from '../backups.ts';
import { manifestPath, readManifests } from '../store/backup/manifest.ts';
import { placesOf } from '../store/backup/state.ts';

/** In every folder of backups that is known of. */
export function renewBackups(store: BackedUp, reason: 'redaction' | 'encryption'): RenewedBackups {
  const renewed = { replaced: 0, unreached: [] as string[] };
  for (const [at, place] of placesOf(store.paths.root).entries()) {
    try {
      renewed.replaced += renewIn(store, reason, place, at === 0);
    } catch {
      renewed.unreached.push(place); // a disk that is not there or full, or a backup is being made: said in the receipt
    }
  }
  return renewed;
}

function renewIn(store: BackedUp, reason: BackupReason, place: string, isOwn: boolean): number {
  const { manifests, unreadable } = readManifests(place);
  if (isOwn && manifests.length + unreadable.length === 0) return 0;
  const { missing } = backUp(store, { reason, place });
  if (missing > 0) throw new Error(`The new backup in ${place} lacks ${missing} records.`);
  for (const { id } of manifests) rmSync(manifestPath(place, id), { force: true });
  store.backups.forgetInPlace(place); // and with them the files that only they name
  if (unreadable.length > 0) throw new Error(`A backup in ${place} cannot be read.`);
  return manifests.length;
}
