/** Runs many cases and says which one threw, took longer than a second of processor time, or left something behind. */

import assert from 'node:assert/strict';
import { processorMs } from '../support/processorMs.ts';
import { createMutants, type Mutants } from './mutants.ts';

/** Milliseconds of a processor. */
const longest = 1_000;
const together = 500;
const mostGrowth = 512 << 20;

/** What is drawn is the same in every run; `npm run fuzz` draws others. */
const seed = Number(process.env['DAYBOOK_SEED'] ?? 20_261_121);

/** How many cases each part runs, a million in all. */
export const cases = {
  queries: 100_000,
  completions: 350_000,
  records: 380_000,
  selections: 60_000,
  requests: 1_500,
  messages: 300,
  settings: 20_000,
  lines: 66_000,
  documents: 4_000,
  rows: 1_000,
  outputs: 10_000,
  reports: 20_000,
  texts: 4_000,
} as const satisfies Readonly<Record<string, number>>;

/**
 * @param count of cases; each is `make` and then `run`, and only `run` is watched
 * @throws AssertionError that names the case, as JSON, and the seed
 */
export async function fuzz<Case>(count: number, make: (mutants: Mutants) => Case, run: (made: Case) => unknown): Promise<void> {
  const mutants = createMutants(seed);
  const before = process.memoryUsage.rss();
  for (let done = 0; done < count; done += together) {
    const made = Array.from({ length: Math.min(together, count - done) }, () => make(mutants));
    const spent = await processorTime(() => attempt(made, run));
    if (spent > longest) for (const each of made) assert.ok(await processorTime(() => attempt([each], run)) <= longest, `took more than a second: ${shown(each)}`);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  const grown = process.memoryUsage.rss() - before;
  assert.ok(grown < mostGrowth, `${grown >> 20} MB more than before`);
}

async function attempt<Case>(all: readonly Case[], run: (made: Case) => unknown): Promise<void> {
  for (const made of all) {
    try {
      const running = run(made);
      if (running instanceof Promise) await running;
    } catch (error) {
      throw new assert.AssertionError({ message: `seed ${seed}: ${error instanceof Error ? error.stack ?? error.message : String(error)}\nat ${shown(made)}` });
    }
  }
}

async function processorTime(work: () => Promise<void>): Promise<number> {
  const before = processorMs();
  await work();
  return processorMs() - before;
}

function shown(made: unknown): string {
  return (JSON.stringify(made) ?? 'undefined').slice(0, 2_000);
}
