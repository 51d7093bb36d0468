/** `npm run fuzz`: the tests that draw random cases, with a new seed each time, until one fails or the time is up. Options: --minutes N, --seed N. */
import { readdir, readFile } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mochaTests } from './mocha.ts';
import { root } from './places.ts';
import { total } from './tally.ts';

const roundMs = 10 * 60_000;

const { values: options } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
const endsAt = Date.now() + Number(options.minutes) * 60_000;
const files = await drawingTests();

for (let round = 1; ; round += 1) {
  const seed = options.seed ?? String(randomInt(2 ** 31));
  console.log(`\n== round ${round}, seed ${seed}`);
  const report = await mochaTests(['--no-config', '--extension', 'ts', '--require', './test/support/seed.ts', '--timeout', '60000', ...files], { DAYBOOK_SEED: seed }, roundMs);
  if (total(report).failed > 0) {
    console.log(`Seed ${seed} failed. Draw the same cases again with: npm run fuzz -- --seed ${seed}`);
    process.exit(1);
  }
  if (options.seed !== undefined || Date.now() >= endsAt) break;
}

async function drawingTests(): Promise<string[]> {
  const names = await readdir(join(root, 'test'), { recursive: true });
  const tests = names.filter((name) => name.endsWith('.test.ts')).map((name) => join('test', name)).sort();
  const draws = await Promise.all(tests.map(async (name) => /from '(fast-check|[^']*\/(fuzzing|pieces|hostileLines|geminiReading|geminiSoundness|importing)\.ts)'/.test(await readFile(join(root, name), 'utf8'))));
  return tests.filter((_, index) => draws[index]);
}
