/** Entry point: the command line. What a command does not need is not loaded. */

import { runCli } from '../cli/program.ts';
import { openReader, type Reader } from '../reader.ts';
import { runningServers } from './servers.ts';
import { readVersion } from './version.ts';
import { defaultDataDirectory, thisMachine } from './world.ts';
import { keepYoungGenerationSmall } from './smallHeap.ts';

// A reader that has seen enough, such as head, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** An export walks over everything; other questions are answered before memory matters. */
function openExportingReader(dataDirectory: string): Reader {
  const reader = openReader(dataDirectory);
  return {
    ...reader,
    exports() {
      keepYoungGenerationSmall();
      return reader.exports();
    },
  };
}

async function main(): Promise<void> {
  const machine = thisMachine();
  const exitCode = await runCli(process.argv.slice(2), {
    openCore: async (dataDirectory, log) => (await import('./languageServer.ts')).openFullCore(dataDirectory, machine, log),
    openReader: openExportingReader,
    defaultDataDirectory: defaultDataDirectory(machine),
    sources: async () => (await import('../importers/registry.ts')).importers.map(({ source }) => source),
    get input() {
      return process.stdin; // opened by a look at it
    },
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    get version() {
      return readVersion();
    },
    serveLsp: async () => (await import('./languageServer.ts')).startLanguageServer(),
    get isTerminal() {
      return process.stderr.isTTY;
    },
    hasColors: isColoured(),
    looking: {
      isColoured: isColoured(),
      screen: () => (process.stdout.isTTY ? { columns: process.stdout.columns, rows: process.stdout.rows } : undefined),
      servers: runningServers,
    },
    onInterrupt(stop) {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
      return () => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
      };
    },
  });
  if (exitCode >= 0) process.exitCode = exitCode;
}

/** As https://no-color.org and most programs have it. */
function isColoured(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  return (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') || (process.stdout.isTTY && TERM !== 'dumb');
}

void main();
