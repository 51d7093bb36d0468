/** `npm test` runs everything; `npm run test:host` and `npm run test:e2e` one kind. The last line says how it went. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { e2eFirst, e2eLater, e2eTests } from './e2e.ts';
import { endAll } from './endings.ts';
import { hostTests } from './host.ts';
import { unitTests } from './unit.ts';
import { thoroughVariable } from './thorough.ts';
import { root } from './places.ts';
import { run } from './process.ts';
import { inWords, oneFailed, onePassed, oneSkipped, sum } from './tally.ts';
import type { Tally } from './tally.ts';
import type { Unavailable } from './vscode/available.ts';

interface Step {
  readonly name: string;
  run(): Promise<Tally | Unavailable>;
}

const commandMs = 4 * 60_000;
/** What yields to the tests may be done only after them. */
const yieldingMs = 40 * 60_000;
/** On a quiet machine a quarter of it; one that is shared may get a third of its processors. */
const unitMs = 15 * 60_000;
const thoroughMs = 40 * 60_000;

const [kind = 'all', ...rest] = process.argv.slice(2);
// A pattern given for one kind reaches mocha inside VS Code through the environment.
const grep = rest[0] === '--grep' ? rest[1] : undefined;
if (grep !== undefined) process.env['DAYBOOK_TEST_GREP'] = grep;

const build: Step = command('build', 'node esbuild.mjs');
const unit: Step = { name: 'unit tests', run: () => unitTests(rest, unitMs) };
const host: Step = { name: 'tests inside VS Code', run: () => hostTests() };
const e2e: Step = { name: "a person's path", run: () => e2eTests(rest) };

/**
 * Both mostly wait for a window: two lanes beside each other, and what the longer one has too much is in the other. A third would take
 * the time of what waits for a click.
 */
const insideCode = together('VS Code', [host, { ...e2e, run: e2eLater }, { ...e2e, run: e2eFirst }]);
const tests: Step = { name: 'unit tests and VS Code', run: async () => sum(await inOrder([unit, insideCode])) };

const tally = sum(await inOrder(await stepsOf(kind)));
await endAll();
console.log(inWords(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;

async function stepsOf(which: string): Promise<Step[]> {
  switch (which) {
    case 'all':
      // Nothing waits for the linter: it has the time that the tests leave over, while they wait for a disk, a window or each other.
      return [build, together('lint and tests', [...(await lintSteps('beside')), tests])];
    case 'lint':
      return lintSteps();
    case 'unit':
      return [build, unit];
    case 'thorough':
      process.env[thoroughVariable] = 'yes';
      return [build, { name: 'unit tests, thoroughly', run: () => unitTests(rest, thoroughMs) }, host, e2e];
    case 'host':
      return [build, host];
    case 'e2e':
      return [build, e2e];
    default:
      throw new Error(`There is no kind of tests named ${which}: use lint, unit, thorough, host, e2e, or none for all.`);
  }
}

/** What `npm run lint` chains, one step each, so that each is counted and all are seen. */
async function lintSteps(how: How = 'alone'): Promise<Step[]> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: { lint: string } };
  return manifest.scripts.lint.split('&&').map((line) => command(line.trim(), line.trim(), how));
}

/** Beside tests it yields to them, and what it prints is shown in one piece. */
type How = 'alone' | 'beside';

function command(name: string, line: string, how: How = 'alone'): Step {
  const [program = '', ...args] = line.split(' ');
  const node = program === 'node';
  return {
    name,
    run: async () => {
      const path = node ? process.execPath : join(root, 'node_modules', '.bin', program);
      const alone = how === 'alone';
      const timeoutMs = alone ? commandMs : yieldingMs;
      const outcome = await run(path, args, { cwd: root, timeoutMs, show: alone, yields: !alone });
      if (!alone) console.log(`\n== ${name}\n${outcome.output}`);
      if (outcome.timedOut) throw new Error(`It did not end in ${timeoutMs / 1000} seconds.`);
      return outcome.code === 0 ? onePassed : oneFailed;
    },
  };
}

/** The last of the steps runs beside the others, which run one after the other. Each that fails is counted. */
function together(name: string, steps: readonly Step[]): Step {
  const run = (step: Step): Promise<Tally | Unavailable> => step.run().catch(failed);
  const others = async (): Promise<Tally> => {
    const tallies: Tally[] = [];
    for (const step of steps.slice(0, -1)) tallies.push(orSkipped(step, await run(step)));
    return sum(tallies);
  };
  return {
    name,
    run: async () => sum(await Promise.all([others(), ...steps.slice(-1).map(async (step) => orSkipped(step, await run(step)))])),
  };
}

function orSkipped(step: Step, result: Tally | Unavailable): Tally {
  return 'reason' in result ? skipped(step.name, result.reason) : result;
}

async function inOrder(steps: readonly Step[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const step of steps) {
    console.log(`\n== ${step.name}`);
    const startedAt = Date.now();
    const result = await step.run().catch(failed);
    const tally = orSkipped(step, result);
    console.log(`   ${step.name}: ${inWords(tally)} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
    tallies.push(tally);
  }
  console.log('');
  return tallies;
}

function failed(error: unknown): Tally {
  console.error(error instanceof Error ? error.message : error);
  return oneFailed;
}

/** Where every change is checked, a whole kind of tests that does not run is a failure. */
function skipped(name: string, reason: string): Tally {
  console.log(`Skipped: ${name}. ${reason}`);
  return process.env['CI'] ? oneFailed : oneSkipped;
}
