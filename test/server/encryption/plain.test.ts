import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../support/process.ts';
import { folderForEachTest } from '../../support/folder.ts';

/** Records, seals and searches, then says what of native code the process has loaded. */
const script = `
  import { openStore } from ${JSON.stringify(new URL('../../../server/store/store.ts', import.meta.url).href)};
  const store = openStore(process.argv[1]);
  store.write((batch) => batch.append([{ specversion: '1.0', id: 'n', source: 'lsp', type: 'dev.daybook.event.note', time: '2026-11-01T10:00:00.000Z', data: { text: 'quincezanzibar' } }]));
  store.seal({ everything: true });
  store.close();
  process.stdout.write(JSON.stringify(process.report.getReport().sharedObjects.filter((path) => path.endsWith('.node'))));`;

describe('a record that is not encrypted', () => {
  const at = folderForEachTest();

  it('loads no SQLite with encryption, and lies there as plain files', async () => {
    const { stdout, code } = await run(process.execPath, ['--input-type=module', '-e', script, at.path], { timeoutMs: 60_000, env: { ...process.env, NODE_NO_WARNINGS: '1' } });
    assert.equal(code, 0);
    const loaded = JSON.parse(stdout) as string[];
    assert.ok(loaded.some((path) => path.includes('better-sqlite3')), stdout);
    assert.ok(!loaded.some((path) => path.includes('ciphers')), stdout);
    assert.ok(!existsSync(join(at.path, 'encryption.json')));
    assert.equal(readFileSync(join(at.path, 'daybook.db')).subarray(0, 15).toString(), 'SQLite format 3');
  });
});
