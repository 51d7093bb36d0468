import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise, type IReporterOutput } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { folderForEachTest } from './support/folder.ts';

const root = join(import.meta.dirname, '..');

/** Statements of SQL, as they would stand in a string. */
const sql = /\b(?:SELECT\s+[\w*,.()\s]+\s+FROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+(?:VIRTUAL\s+)?TABLE|PRAGMA\s+\w+)\b/;

describe('layers', () => {
  const folder = folderForEachTest();

  it('keep SQL in the store', () => {
    assert.match('SELECT seq FROM record', sql);
    for (const room of ['client', 'server', 'shared', 'media']) {
      for (const entry of readdirSync(join(root, room), { recursive: true, withFileTypes: true })) {
        const file = join(entry.parentPath, entry.name);
        if (!entry.isFile() || !file.endsWith('.ts') || file.startsWith(join(root, 'server/store'))) continue;
        assert.doesNotMatch(readFileSync(file, 'utf8'), sql, file);
      }
    }
  });

  const wrong: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['no-cycle', { 'server/a.ts': "import './b.ts';", 'server/b.ts': "import './a.ts';" }],
    ['no-cycle', { 'server/a.ts': "import type { B } from './b.ts'; export type A = B;", 'server/b.ts': "import type { A } from './a.ts'; export type B = A;" }],
    ['vscode-in-client', { 'server/a.ts': "import 'vscode';" }],
    ['sqlite-in-store', { 'server/ingest/a.ts': "import 'better-sqlite3';" }],
    ['shared-imports-nothing', { 'shared/a.ts': "import 'node:fs';" }],
    ['shared-imports-nothing', { 'shared/a.ts': "import '../server/b.ts';", 'server/b.ts': 'export {};' }],
    ['client-and-server-apart', { 'client/a.ts': "import '../server/b.ts';", 'server/b.ts': 'export {};' }],
    ['product-without-tests', { 'server/a.ts': "import '../test/b.ts';", 'test/b.ts': 'export {};' }],
    ['store-knows-nobody', { 'server/store/a.ts': "import '../core.ts';", 'server/core.ts': 'export {};' }],
    ['importers-hand-over-values', { 'server/importers/a.ts': "import '../store/b.ts';", 'server/store/b.ts': 'export {};' }],
    ['importers-know-not-each-other', { 'server/importers/one/a.ts': "import '../two/b.ts';", 'server/importers/two/b.ts': 'export {};' }],
    ['attribution-is-pure', { 'server/attribution/a.ts': "import '../store/b.ts';", 'server/store/b.ts': 'export {};' }],
    ['exporters-know-not-each-other', { 'server/export/formats/a.ts': "import './b.ts';", 'server/export/formats/b.ts': 'export {};' }],
    ['hosts-through-core', { 'server/cli/a.ts': "import '../store/b.ts';", 'server/store/b.ts': 'export {};' }],
    ['core-knows-no-host', { 'server/core.ts': "import './cli/b.ts';", 'server/cli/b.ts': 'export {};' }],
  ];
  for (const [rule, files] of wrong) {
    it(`are held by the rule ${rule}`, async () => {
      for (const room of ['client', 'server', 'shared']) mkdirSync(join(folder.path, room));
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder.path, file)), { recursive: true });
        writeFileSync(join(folder.path, file), text);
      }
      const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.mjs'));
      const { output, exitCode }: IReporterOutput = await cruise(['client', 'server', 'shared'], { ...options, baseDir: folder.path, outputType: 'err' });
      assert.match(output as string, new RegExp(`error ${rule}:`));
      assert.notEqual(exitCode, 0);
    }).timeout(40_000);
  }
});
