/** The tombstones as a value: two backups with the same are free of the same. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files without which what was forgotten comes back. */
export const tombstoneFiles = ['forgotten', 'forgotten.key'] as const;

/** SHA-256; '' when nothing was forgotten. @param root absolute path of the data directory */
export function tombstonesOf(root: string): string {
  const path = join(root, tombstoneFiles[0]);
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
}
