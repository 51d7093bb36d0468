import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceLook } from '../../../client/sources.ts';
import type { Machine } from '../../../server/importers/importer.ts';
import { importers } from '../../../server/importers/registry.ts';

const folder = join(import.meta.dirname, '../../../server/importers');
const machines: readonly Machine[] = (['linux', 'darwin', 'win32'] as const).map((platform) => ({
  platform, home: platform === 'win32' ? 'C:\\Users\\ada' : '/home/ada', env: {}, vscodeUserDirectories: [],
}));

describe('every importer', () => {
  it('has a folder of its own, and every folder is on the list once', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'formats').map(({ name }) => name);
    assert.deepEqual(importers.map(({ source }) => source).sort(), folders.sort());
  });

  it('can be switched off by name in the settings', () => {
    const manifest = readFileSync(join(folder, '../../package.json'), 'utf8');
    const named = /"daybook\.sources\.disabled": \{[^]*?"enum": (\[[^\]]*\])/.exec(manifest)?.[1] ?? '[]';
    assert.deepEqual(JSON.parse(named), importers.map(({ source }) => source).sort());
  });

  for (const importer of importers) {
    describe(importer.displayName, () => {
      it('has the same files as the others', () => {
        for (const file of ['index.ts', 'format.ts', 'reader.ts']) assert.ok(existsSync(join(folder, importer.source, file)), file);
      });

      it('is shown under the name it gives itself', () => {
        assert.equal(sourceLook(importer.source).displayName, importer.displayName);
      });

      it('says where it looks on every platform, and takes nothing it does not know', () => {
        for (const machine of machines) assert.ok(importer.roots(machine).length > 0);
        for (const head of ['', '\0\0\0', '{}', '[]', '{"a":1}\n{"b":2}\n', '# Title\n\nSome prose.\n', 'null', '"text"', '{'.repeat(1_000)]) {
          assert.equal(importer.recognise({ path: '/home/ada/file.txt', head }), undefined, JSON.stringify(head.slice(0, 20)));
        }
      });

      it('gives nothing and throws nothing for an empty, a torn and a foreign file', () => {
        for (const format of importer.capabilities.formats) {
          for (const text of ['', '{', '{"type":', '[1,2', 'null', '{"kind":0}', '\u{1F600}'.repeat(100)]) {
            const file = { path: '/home/ada/file', format, modifiedAt: '2026-11-20T10:00:00.000Z', neighbour: () => undefined };
            const reader = importer.open(file);
            if (text) reader.push({ text, line: 1, offset: 0 });
            assert.ok(reader.take().records.length <= 2);
            reader.state();
          }
        }
      });
    });
  }
});
