/** Where backups are laid out for a moment: for a drill, and before they take the place of the record. */

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** In the data directory. */
export const stagingFolder = 'tmp';

/**
 * Takes away what lies there: what processes left that died may have what was forgotten. A drill or a restore that goes on fails and says so;
 * one that was begun under the write lock is let finish.
 */
export function clearStaging(root: string): void {
  const folder = join(root, stagingFolder);
  if (!existsSync(folder) || existsSync(join(root, 'restore.json'))) return;
  for (const name of readdirSync(folder)) if (/^(?:drill|restore)-[\w-]+$/.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
}
