/** The tests in plain Node, in two processes at the same time: one has those that start processes and write much, the other all the rest. */

import { askedAgain } from './again.ts';
import { mochaTests } from './mocha.ts';
import { joined, total } from './tally.ts';
import type { Report, Tally } from './tally.ts';
import { temporaryFolder } from './temporary.ts';

const heavy = ['test/server/durability', 'test/server/export', 'test/server/importers', 'test/server/ingest'];

/** @param args of mocha: with any, it runs once, with them */
export async function unitTests(args: readonly string[], timeoutMs: number): Promise<Tally> {
  // They start hundreds of processes of the same code: what the first made of it, without its types, serves all that come after it.
  const compiled = await temporaryFolder();
  try {
    return total(await report(args, timeoutMs, { NODE_COMPILE_CACHE: compiled.path }));
  } finally {
    await compiled.remove();
  }
}

async function report(args: readonly string[], timeoutMs: number, variables: NodeJS.ProcessEnv): Promise<Report> {
  if (args.length > 0) return mochaTests(args, variables, timeoutMs);
  const others = mochaTests(heavy.flatMap((folder) => ['--ignore', `${folder}/**`]), variables, timeoutMs);
  const alone = ['--no-config', '--extension', 'ts', '--require', './test/support/seed.ts', '--timeout', '30000', '--forbid-only'];
  const those = mochaTests([...alone, ...heavy.map((folder) => `${folder}/**/*.test.ts`)], variables, timeoutMs, 'at the end');
  // What is wrong with one is said once both are gone: what comes next has the machine for itself.
  await Promise.allSettled([others, those]);
  const first = joined([await others, await those]);
  return askedAgain(first, (pattern) => mochaTests(['--grep', pattern], variables, timeoutMs));
}
