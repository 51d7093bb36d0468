import assert from 'node:assert/strict';
import { constants, getPriority } from 'node:os';
import { run } from './process.ts';

const node = process.execPath;

describe('running another program', () => {
  it('gives its exit code and what it printed', async () => {
    const outcome = await run(node, ['-e', "console.log('out'); console.error('err'); process.exit(3)"], { timeoutMs: 5_000 });
    assert.equal(outcome.code, 3);
    assert.equal(outcome.stdout, 'out\n');
    assert.match(outcome.output, /err/);
  });

  it('ends it and all it started when it takes too long', async () => {
    const child = 'setInterval(() => {}, 1000)';
    const script = `const { spawn } = require('child_process');
      console.log(spawn(process.execPath, ['-e', '${child}'], { stdio: 'ignore' }).pid); ${child}`;
    const outcome = await run(node, ['-e', script], { timeoutMs: 500 });
    assert.equal(outcome.timedOut, true);
    assert.equal(outcome.code, null);
    assert.equal(await isGone(Number(outcome.stdout)), true);
  });

  it('lets all others first where it is told to', async () => {
    const script = "setTimeout(() => console.log(require('os').getPriority()), 200)";
    const priority = async (yields: boolean): Promise<number> => Number((await run(node, ['-e', script], { timeoutMs: 25_000, yields })).stdout);
    assert.ok(await priority(true) >= constants.priority.PRIORITY_BELOW_NORMAL);
    assert.equal(await priority(false), getPriority());
  });

  it('says why a program could not be started', async () => {
    const outcome = await run('there-is-no-such-program', [], { timeoutMs: 5_000 });
    assert.equal(outcome.code, null);
    assert.match(outcome.output, /ENOENT/);
  });
});

/** Gone, or a zombie that nobody has asked about yet. */
async function isGone(pid: number): Promise<boolean> {
  assert.ok(pid > 0);
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)], { timeoutMs: 5_000 });
  return stdout.trim() === '' || stdout.startsWith('Z');
}
