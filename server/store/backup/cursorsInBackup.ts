/** How far sources were read when the newest backup was made: the journal has everything up to there, and from there on they are read again. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredCursor } from '../cursors.ts';
import { decryptFile, encryptFile } from '../encryption/cipher.ts';
import { writingKey } from '../encryption/keyFile.ts';
import { inspect } from './inspect.ts';
import { cursorsFile, readManifests } from './manifest.ts';
import { openObjects } from './objects.ts';
import { placesOf } from './state.ts';
import { tombstonesOf } from './tombstones.ts';

/** Undefined when there is no backup, or none that has them whole and without what was forgotten since. @param root absolute path of the data directory */
export function cursorsInBackup(root: string): (StoredCursor & { readonly path: string })[] | undefined {
  const newest = placesOf(root).filter((place) => existsSync(place)).flatMap((place) => readManifests(place).manifests.map((manifest) => ({ place, manifest })))
    .sort((a, b) => (a.manifest.id < b.manifest.id ? 1 : -1))[0];
  if (!newest || newest.manifest.tombstones !== tombstonesOf(root)) return undefined;
  const file = newest.manifest.files.find(({ path }) => path === cursorsFile);
  if (!file) return undefined;
  const objects = openObjects(newest.place);
  const path = join(objects.root, objects.name(file));
  return inspect(file, path) ? linesOf(cursorsText(path)) : undefined;
}

/** Cursors as they are to be in a backup of the data directory. */
export function cursorsForm(root: string, text: string): Buffer {
  const key = writingKey(root);
  return key ? encryptFile(key, Buffer.from(text)) : Buffer.from(text);
}

/** What is in a file of them. */
export function cursorsText(path: string): string {
  return decryptFile(readFileSync(path)).toString('utf8');
}

/** Cursors from their JSON lines. */
export function linesOf(text: string): (StoredCursor & { readonly path: string })[] {
  return text.split('\n').filter((line) => line !== '').map((line) => {
    const row = JSON.parse(line) as { path: string; source: string; cursor: string; sessions: string };
    return { ...row, sessions: JSON.parse(row.sessions) as string[] };
  });
}
