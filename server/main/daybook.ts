#!/usr/bin/env node
/**
 * The `daybook` command: makes sure that Node is new enough, then hands over to cli.cjs beside it.
 * It is built for old Nodes and imports nothing of ours, so that an old Node gets a sentence and not a crash:
 * better-sqlite3 kills a Node without Node-API 10 with a segmentation fault.
 */
import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';

const neededNodeApi = 10;
/** Set for the second try, so that it is the last one. */
const retried = 'DAYBOOK_NODE_RETRIED';

if (Number(process.versions['napi']) >= neededNodeApi) {
  void import(new URL('cli.cjs', import.meta.url).href);
} else {
  const bundled = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');
  if (process.platform !== 'win32' && !process.env[retried] && existsSync(bundled)) {
    runAgainWith(bundled);
  } else {
    console.error(`Daybook needs Node 22.14 or later; this is Node ${process.versions.node} (${process.execPath}).`);
    process.exitCode = 1;
  }
}

function runAgainWith(node: string): void {
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
