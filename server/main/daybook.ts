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

const neededNodeApi = 10;
/** Set for the second try, so that it is the last one. */
const retried = 'DAYBOOK_NODE_RETRIED';

if (Number(process.versions['napi']) >= neededNodeApi) {
  keepCompiled();
  // Not import(): its loader takes longer than all of ours.
  module.createRequire(import.meta.url)('./cli.cjs');
} else {
  const bundled = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');
  if (process.platform !== 'win32' && !process.env[retried] && existsSync(bundled)) {
    void runAgainWith(bundled);
  } else {
    console.error(`Daybook needs Node 22.14 or later; this is Node ${process.versions.node} (${process.execPath}).`);
    process.exitCode = 1;
  }
}

/** Keeps what V8 made of our code, in the user's own cache: the next start takes it from there. Without it everything works as well. */
function keepCompiled(): void {
  const home = homedir();
  const cache = process.platform === 'darwin' ? join(home, 'Library', 'Caches')
    : process.platform === 'win32' ? process.env['LOCALAPPDATA'] || join(home, 'AppData', 'Local')
    : process.env['XDG_CACHE_HOME'] || join(home, '.cache');
  const { enableCompileCache } = module;
  try {
    const directory = join(cache, 'daybook', 'compiled');
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
