import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetResult } from '../../../../shared/exportResults.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { openWorld, fixtures, type World } from '../world.ts';

const python = process.platform === 'win32' ? 'python' : 'python3';
const script = `
import json, sys
from datasets import load_dataset
rows = load_dataset(sys.argv[1], cache_dir=sys.argv[2])
print(json.dumps({name: list(split) for name, split in rows.items()}))`;

/** Without what a line does not have: a table has it as null. */
function present(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

describe('a dataset folder', function () {
  this.timeout(90_000);
  const at = folderForEachTest();
  let world: World;
  before(async function () {
    const found = spawnSync(python, ['-c', 'import datasets'], { timeout: 60_000 });
    if (found.status !== 0) {
      this.test?.parent?.tests.forEach((test) => { test.title += ' (skipped: there is no Python with the package datasets)'; });
      this.skip();
    }
    world = await openWorld((core) => core.import({ from: [fixtures] }));
  });
  after(async () => world?.close());

  for (const format of ['huggingface', 'openai', 'sharegpt', 'alpaca']) {
    it(`is read by load_dataset: ${format}`, async () => {
      const output = join(at.path, 'set');
      const { splits }: DatasetResult = await (await world.core.exports()).dataset({ output, format, split: { by: 'session', seed: 1, shares: [60, 20, 20] } });
      const { status, stdout, stderr } = spawnSync(python, ['-c', script, output, join(at.path, 'cache')], {
        encoding: 'utf8', timeout: 60_000, env: { ...process.env, HF_HUB_OFFLINE: '1', HF_HOME: join(at.path, 'home') },
      });
      assert.equal(status, 0, stderr);
      const read = JSON.parse(stdout) as Record<string, object[]>;
      assert.deepEqual(Object.keys(read), splits.map(({ name }) => name));
      for (const { name, file } of splits) {
        const lines = readFileSync(join(output, file), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as object);
        assert.deepEqual(read[name]?.map(present), lines);
      }
    });
  }
});
