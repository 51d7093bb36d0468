/** Entry point: the command line. */

import { createCore } from '../core.ts';
import { runCli } from '../cli/program.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';
import { startLanguageServer } from './languageServer.ts';
import { readVersion } from './version.ts';
import { defaultDataDirectory, thisMachine } from './world.ts';

// A reader that has seen enough, such as head, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

async function main(): Promise<void> {
  const machine = thisMachine();
  const exitCode = await runCli(process.argv.slice(2), {
    openCore: (dataDirectory) => createCore({ dataDirectory, machine, importers, redactor: createRedactor() }),
    defaultDataDirectory: defaultDataDirectory(machine),
    sources: importers.map(({ source }) => source),
    input: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    version: readVersion(),
    serveLsp: startLanguageServer,
    isTerminal: process.stderr.isTTY,
  });
  if (exitCode >= 0) process.exitCode = exitCode;
}

void main();
