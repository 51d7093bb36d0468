/** Entry point: the command line. What a command does not need is not loaded. */

import { runCli } from '../cli/program.ts';
import { openReader } from '../reader.ts';
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
    openCore: async (dataDirectory) => (await import('./fullCore.ts')).openFullCore(dataDirectory, machine),
    openReader,
    defaultDataDirectory: defaultDataDirectory(machine),
    sources: async () => (await import('../importers/registry.ts')).importers.map(({ source }) => source),
    input: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    version: readVersion(),
    serveLsp: async () => (await import('./languageServer.ts')).startLanguageServer(),
    isTerminal: process.stderr.isTTY,
    hasColors: process.stdout.isTTY && process.stdout.hasColors(),
    onInterrupt(stop) {
      process.once('SIGINT', stop);
      return () => process.off('SIGINT', stop);
    },
  });
  if (exitCode >= 0) process.exitCode = exitCode;
}

void main();
