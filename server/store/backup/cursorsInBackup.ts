/** How far sources were read when the newest backup was made: the journal has everything up to there, and from there on they are read again. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredCursor } from '../cursors.ts';
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
  return inspect(file, path) ? linesOf(readFileSync(path, 'utf8')) : undefined;
}

/** Cursors from their JSON lines. */
export function linesOf(text: string): (StoredCursor & { readonly path: string })[] {
  return text.split('\n').filter((line) => line !== '').map((line) => {
    const row = JSON.parse(line) as { path: string; source: string; cursor: string; sessions: string };
    return { ...row, sessions: JSON.parse(row.sessions) as string[] };
  });
}
