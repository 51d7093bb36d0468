/** Workspace folders in which a tool may keep the history of its sessions: those of which everything may be recorded. */

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LevelOf } from './consent.ts';

/** More are not looked at: each costs a watch. */
const mostFolders = 64;

/**
 * Absolute paths, sorted, each once. A folder that is opened through a link is named as it is: what lies in it would else be another
 * session.
 * @param uris of the workspace folders; those that are on no disk here are left out
 */
export function historyFolders(uris: readonly string[], levelOf: LevelOf): readonly string[] {
  const paths = uris.filter((uri) => levelOf(uri) === 'full').flatMap((uri) => realPath(uri) ?? []);
  return [...new Set(paths)].sort().slice(0, mostFolders);
}

function realPath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return realpathSync.native(fileURLToPath(uri));
  } catch {
    return undefined; // It is not there, or no path here: nothing to read.
  }
}
