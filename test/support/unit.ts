/** The tests in plain Node, in two processes at the same time: one has those that start processes and write much, the other all the rest. */

import { askedAgain } from './again.ts';
import { mochaTests } from './mocha.ts';
import { joined, total } from './tally.ts';
import type { Tally } from './tally.ts';

const heavy = ['test/server/durability', 'test/server/export', 'test/server/importers', 'test/server/ingest'];

/** @param args of mocha: with any, it runs once, with them */
export async function unitTests(args: readonly string[], timeoutMs: number): Promise<Tally> {
  if (args.length > 0) return total(await mochaTests(args, {}, timeoutMs));
  const others = mochaTests(heavy.flatMap((folder) => ['--ignore', `${folder}/**`]), {}, timeoutMs);
  const alone = ['--no-config', '--extension', 'ts', '--require', './test/support/seed.ts', '--timeout', '30000', '--forbid-only'];
  const those = mochaTests([...alone, ...heavy.map((folder) => `${folder}/**/*.test.ts`)], {}, timeoutMs, 'at the end');
  // What is wrong with one is said once both are gone: what comes next has the machine for itself.
  await Promise.allSettled([others, those]);
  const first = joined([await others, await those]);
  return total(await askedAgain(first, (pattern) => mochaTests(['--grep', pattern], {}, timeoutMs)));
}
