import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderForEachTest } from '../../support/folder.ts';
import { thoroughly } from '../../support/thorough.ts';
import { wrong } from './outcome.ts';
import { seeded } from './random.ts';

const preload = import.meta.resolve('../../support/faults.ts');
const program = fileURLToPath(import.meta.resolve('./faultyStore.ts'));
const cases = thoroughly(15, 1_200);
const kills = thoroughly(4, 250);
/** Calls that write, in one run of the program. */
const calls = 140;

async function run(...args: readonly string[]): Promise<{ readonly output: string; readonly signal: NodeJS.Signals | null; readonly code: number | null }> {
  const child = spawn(process.execPath, ['--import', preload, program, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text; });
  const [code, signal] = await once(child, 'close') as [number | null, NodeJS.Signals | null];
  return { output, code, signal };
}

interface Found {
  readonly found: readonly unknown[];
  readonly faultsMade: number;
  readonly calls: number;
  readonly sentences: readonly string[];
}

describe('a store whose disk fails', () => {
  const folder = folderForEachTest();

  it(`holds all that was acknowledged, once, and refuses the rest clearly, wherever it fails, over ${cases} faults`, async function () {
    this.timeout(1_200_000);
    const { output, code } = await run(join(folder.path, 'runs'), '20261121', String(cases));
    assert.equal(code, 0, output);
    const { found, faultsMade, calls: counted, sentences } = JSON.parse(output) as Found;
    assert.deepEqual(found, []);
    assert.ok(faultsMade >= cases && counted > 100, `${faultsMade} faults among ${counted} calls`);
    assert.ok(sentences.length > 0);
    for (const sentence of sentences) assert.match(sentence, /^ProblemError: .*<data>.*(daybook\.dataDirectory|until it is done)\.$/, sentence);
  });

  it(`holds all that was acknowledged, once, over ${kills} kills right before or after a call that writes`, async function () {
    this.timeout(1_200_000);
    const random = seeded(20_261_123);
    let killed = 0;
    for (let kill = 0; kill < kills; kill++) {
      const at = join(folder.path, `kill ${kill}`);
      const point = 1 + Math.floor(random() * calls);
      const { output, code, signal } = await run(at, String(kill + 1), '0', String(point));
      assert.ok(signal === 'SIGKILL' || code === 0, output);
      if (signal === 'SIGKILL') killed++;
      const there = new Set(output.split('\n').slice(0, -1).flatMap((line) => line.split(' ')));
      // Which of them were being forgotten when it died, nobody can say: the first two events.
      const gone = new Set([...there].filter((id) => id.startsWith('e')).slice(0, 2));
      if (existsSync(at)) assert.deepEqual(wrong(join(at, 'data'), { there, gone }), [], `killed at call ${point} of run ${kill + 1}`);
      rmSync(at, { recursive: true, force: true });
    }
    assert.ok(killed >= kills * 0.7, `only ${killed} processes were killed in the middle`);
  });
});
