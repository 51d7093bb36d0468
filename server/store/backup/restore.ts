/** Lays out a backup as a data directory, every byte checked against its hash. */

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredCursor } from '../cursors.ts';
import { cursorsText, linesOf } from './cursorsInBackup.ts';
import { cursorsFile, type Manifest } from './manifest.ts';
import { openObjects } from './objects.ts';

/**
 * @param target absolute path of a folder that has none of the files; what is written of it when this throws is the caller's to take away
 * @throws ProblemError `backup-damaged`
 */
export function layOut(place: string, { files }: Manifest, target: string, onFile?: (done: number, total: number) => void): void {
  const objects = openObjects(place);
  for (const [at, file] of files.entries()) {
    objects.take(file, join(target, ...file.path.split('/')));
    onFile?.(at + 1, files.length);
  }
}

/** The cursors that lie in a restored folder, by the path of the source. */
export function cursorsIn(folder: string): (StoredCursor & { readonly path: string })[] {
  const path = join(folder, cursorsFile);
  if (!existsSync(path)) return [];
  return linesOf(cursorsText(path));
}

/** What only backups have is of no use in a data directory. */
export function dropCursors(folder: string): void {
  rmSync(join(folder, cursorsFile), { force: true });
}
