#!/usr/bin/env node
/**
 * The `daybook` command: makes sure that Node is new enough, then hands over to cli.cjs beside it.
 * It is built for old Nodes and imports nothing of ours, so that an old Node gets a sentence and not a crash:
 * better-sqlite3 kills a Node without Node-API 10 with a segmentation fault.
 */
import { existsSync, mkdirSync } from 'fs';
import * as module from 'module';
import { homedir } from 'os';
import { join } from 'path';
import { runCompiled } from './compiled.ts';

const neededNodeApi = 10;
/** Set for the second try, so that it is the last one. */
const retried = 'DAYBOOK_NODE_RETRIED';
/** Commands that are over in a moment. */
const short = ['search', 'list', 'show'];

if (Number(process.versions['napi']) >= neededNodeApi) {
  start(process.argv[2] || '');
} else {
  const bundled = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');
  if (process.platform !== 'win32' && !process.env[retried] && existsSync(bundled)) {
    void runAgainWith(bundled);
  } else {
    console.error(`Daybook needs Node 22.14 or later; this is Node ${process.versions.node} (${process.execPath}).`);
    process.exitCode = 1;
  }
}

function start(command: string): void {
  const compiled = join(userCache(), 'daybook', 'compiled');
  // Whoever asks these waits for the answer, and loads nothing else.
  if (short.includes(command)) {
    runCompiled(join(import.meta.dirname, 'cli.cjs'), compiled, command);
    return;
  }
  keepCompiled(compiled);
  // Not import(): its loader takes longer than all of ours.
  module.createRequire(import.meta.url)('./cli.cjs');
}

function userCache(): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches');
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  return process.env['XDG_CACHE_HOME'] || join(home, '.cache');
}

/** Keeps what V8 made of our code, in the user's own cache: the next start takes it from there. Without it everything works as well. */
function keepCompiled(directory: string): void {
  const { enableCompileCache } = module;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    enableCompileCache(directory);
  } catch {
    // a home that cannot be written, or a place that is no folder: then the code is compiled anew each time
  }
}

async function runAgainWith(node: string): Promise<void> {
  const { spawn } = await import('child_process'); // most starts need none
  const child = spawn(node, [import.meta.filename, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [retried]: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Daybook could not start ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
