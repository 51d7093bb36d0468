/** What the entry points read of the world: folders, environment, platform. Nothing else reads them. */

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Machine } from '../importers/importer.ts';

export function thisMachine(): Machine {
  return { platform: process.platform, home: homedir(), env: process.env, vscodeUserDirectories: [] };
}

/** The user's data directory: `DAYBOOK_DATA_DIR`, else the platform's place for application data. Absolute. */
export function defaultDataDirectory({ env, platform, home }: Machine = thisMachine()): string {
  if (env['DAYBOOK_DATA_DIR']) return resolve(env['DAYBOOK_DATA_DIR']);
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'daybook');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'daybook');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'daybook');
}
