/** The core with everything in it. */

import { setFlagsFromString } from 'node:v8';
import { createCore, type Core } from '../core.ts';
import type { Machine } from '../importers/importer.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';

/** What is short-lived gets little room, and is thrown away more often: a million records leave in two thirds of the memory, as fast. */
const smallYoungGeneration = ['--max-semi-space-size=2', '--semi-space-growth-factor=1'];

export function openFullCore(dataDirectory: string, machine: Machine): Core {
  for (const flag of smallYoungGeneration) setFlagsFromString(flag);
  return createCore({ dataDirectory, machine, importers, redactor: createRedactor() });
}
