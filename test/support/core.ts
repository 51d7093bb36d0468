/** A real core on a folder, for tests of what it does as a whole. */

import { createCore, type Core } from '../../server/core.ts';
import type { Machine } from '../../server/importers/importer.ts';
import { importers } from '../../server/importers/registry.ts';
import { createRedactor } from '../../server/ingest/redact.ts';

/** @param home where the tools of this machine keep their sessions; nothing else of the machine is looked at */
export function openCore(dataDirectory: string, home: string): Core {
  const machine: Machine = { platform: 'linux', home, env: {}, vscodeUserDirectories: [] };
  return createCore({ dataDirectory, machine, importers, redactor: createRedactor() });
}
