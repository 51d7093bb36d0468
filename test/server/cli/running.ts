/** The command line in this process, on a data directory of the test's own. */

import { Readable } from 'node:stream';
import { createCore } from '../../../server/core.ts';
import { runCli } from '../../../server/cli/program.ts';
import type { Importer, Machine } from '../../../server/importers/importer.ts';
import { importers as all } from '../../../server/importers/registry.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { openReader } from '../../../server/reader.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  /** Absolute path; holds the data directory `data`, and is the home directory of the machine. */
  readonly folder: string;
  readonly input?: string;
  readonly importers?: readonly Importer[];
  readonly isTerminal?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

const redactor = createRedactor();

export async function daybook(args: readonly string[], { folder, input = '', importers = all, isTerminal = false, env = {} }: CliOptions): Promise<Outcome> {
  let out = '';
  let err = '';
  const machine: Machine = { platform: process.platform, home: folder, env: {}, vscodeUserDirectories: [] };
  const code = await runCli(args, {
    openCore: (dataDirectory) => createCore({ dataDirectory, machine, importers, redactor }),
    defaultDataDirectory: `${folder}/data`,
    openReader,
    sources: () => Promise.resolve(importers.map(({ source }) => source)),
    input: Readable.from([input]),
    out: (text) => { out += text; },
    err: (text) => { err += text; },
    version: '1.2.3',
    serveLsp: () => { out += 'serving'; },
    isTerminal,
    env,
  });
  return { code, out, err };
}
