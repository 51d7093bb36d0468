/** The core with everything in it. */

import { createCore, type Core } from '../core.ts';
import type { Machine } from '../importers/importer.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';
import { toldRules } from '../redactionTold.ts';
import type { Log } from '../log/log.ts';
import { keepYoungGenerationSmall } from './smallHeap.ts';

export function openFullCore(dataDirectory: string, machine: Machine, log: Log): Core {
  keepYoungGenerationSmall();
  return createCore({ dataDirectory, machine, importers, redactor: createRedactor(toldRules(dataDirectory, machine.home).rules), log });
}
