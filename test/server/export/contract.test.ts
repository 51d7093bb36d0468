import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { ExportResult } from '../../../shared/exportResults.ts';
import { exporters } from '../../../server/export/registry.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { samples } from '../../support/places.ts';
import { checks } from './checks.ts';
import type { Given } from './given.ts';
import { proven } from './proven.ts';
import { filesOf } from './readers.ts';
import { fixtures, generated, openWorld, type World } from './world.ts';

const worlds = {
  'the fixtures of all tools': () => openWorld(async (core) => [await core.import({ from: [fixtures] }), await core.record(proven, 'test')]),
  'the real samples': () => openWorld(async (core) => [await core.import({ from: [samples] }), await core.record(proven, 'test')]),
  'generated work': () => openWorld((core) => core.record([...generated(3_000), ...proven], 'test')),
};

describe('exporters', () => {
  it('each have a check, a name of their own, and say what they lose', () => {
    assert.deepEqual(exporters.map(({ name }) => name).sort(), Object.keys(checks).sort());
    for (const { name, loses, optionTexts, extension } of exporters) {
      assert.match(name, /^[a-z][a-z0-9-]*$/);
      assert.match(extension, /^[a-z]+$/);
      assert.match(loses, /^[A-Z].*\.$/);
      for (const text of Object.values(optionTexts)) assert.notEqual(text, '');
    }
  });
});

for (const [what, open] of Object.entries(worlds)) {
  describe(`exporters, from ${what}`, function () {
    this.timeout(60_000);
    const at = folderForEachTest();
    let world: World | undefined;
    let given: Given;
    const opened = (): World['core'] => world?.core ?? assert.fail('nothing is open');
    before(async function () {
      if (what === 'the real samples' && !existsSync(samples)) this.skip();
      const made = world = await open();
      const sessions = made.core.sessions({ limit: 1_000 }).sessions.toSorted((a, b) => (a.startedAt + a.id < b.startedAt + b.id ? -1 : 1));
      const documents = sessions.map(({ id }) => made.core.session(id)).filter((document) => document !== null);
      const key = ({ time, sessionid = '' }: DaybookRecord): string => `${time} ${sessionid}`;
      const records = made.records().toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)); // the order of a session stays
      given = { records, sessions: documents };
    });
    after(() => world?.close());

    for (const { name, extension, layouts, unit } of exporters) {
      for (const layout of layouts) {
        it(`${name}, as a ${layout}: valid, whole, and the same bytes again`, async function () {
          const isDocument = ['markdown', 'text', 'atif'].includes(name) && layout === 'file';
          const one = given.sessions.filter(({ session }) => session.kind === 'chat').slice(0, 1);
          const selection = isDocument ? { sessions: one.map(({ session }) => session.id) } : {};
          const expected = isDocument ? { ...given, sessions: one } : given;
          const write = (output: string): Promise<ExportResult> => opened().exports().then((exports) => exports.run({ format: name, output, layout, selection }));
          const output = join(at.path, layout === 'file' ? `one.${extension}` : 'one');
          const result = await write(output);
          assert.equal(result.chosen, unit === 'record' ? given.records.length : expected.sessions.length);
          assert.equal(await checks[name]?.(output, expected), result.items);
          const isPicked = ['preference', 'labels', 'next-edit', 'fill-in-the-middle'].includes(name); // any number of items of a session
          const isEvery = ['openai', 'huggingface', 'alpaca', 'sharegpt', 'atif', 'otlp'].includes(name);
          if (isEvery) assert.equal(result.items + result.leftOut, expected.sessions.length);
          else if (!isPicked) assert.equal(result.leftOut, 0);
          assert.equal(result.files.reduce((sum, { bytes }) => sum + bytes, 0), result.bytes);
          assert.equal(filesOf(output).reduce((sum, file) => sum + readFileSync(file).length, 0), result.bytes);

          const again = await write(join(at.path, layout === 'file' ? `two.${extension}` : 'two'));
          assert.deepEqual(again.files.map(({ sha256 }) => sha256), result.files.map(({ sha256 }) => sha256));
          const preview = await (await opened().exports()).preview({ format: name, layout, selection });
          assert.deepEqual([preview.items, preview.bytes, preview.files], [result.items, result.bytes, result.files.length]);
        });
      }
    }
  });
}
