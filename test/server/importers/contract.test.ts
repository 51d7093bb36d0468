/** What every importer must stand, whatever its format: one table, the same questions to each, asked of real files through the real engine. */

import assert from 'node:assert/strict';
import { renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportedRecord } from '../../../server/importers/importer.ts';
import { importers } from '../../../server/importers/registry.ts';
import { folderForAll } from '../../support/folder.ts';
import { databases } from './contract/databases.ts';
import { essence, isSuperseded, keyOf, keysOf, problemsOfCut } from './contract/essence.ts';
import { examples } from './contract/examples.ts';
import { following, promptsIn, said, type Following } from './contract/following.ts';
import { layHome, machineAt } from './contract/home.ts';
import { assertSameInPieces } from './contract/pieces.ts';

const mark = 'what nobody knows';
const words = 'naïve 你好 👩‍👩‍👧 e\u0301 ‏שלום‏ \u2028 tab\there \u{1F600}';
const importerOf = (source: string): (typeof importers)[number] => {
  const found = importers.find((each) => each.source === source);
  assert.ok(found);
  return found;
};

describe('the contract of importers', function () {
  this.timeout(60_000);
  const at = folderForAll();
  before(() => layHome(at.path));

  it('is asked of every format of every importer', () => {
    const asked = new Set([...examples, ...databases].map(({ source, format }) => `${source} ${format}`));
    const all = importers.flatMap(({ source, capabilities }) => capabilities.formats.map((format) => `${source} ${format}`));
    // A session of the old opencode is a folder of many small files: opencode/tree.test.ts asks of it what can be asked.
    assert.deepEqual(all.filter((each) => !asked.has(each)), ['opencode opencode-json']);
  });

  for (const example of examples) {
    describe(`${example.source}, ${example.format}`, () => {
      const importer = importerOf(example.source);
      const path = (): string => join(at.path, example.at);
      const unit = (): string | undefined => importer.recognise({ path: path(), head: example.text.slice(0, 65_536) })?.unit;
      const open = (): Following => following(path(), importer);

      async function readOnce(content: string | Uint8Array): Promise<Following> {
        const file = open();
        file.write(content);
        await file.read();
        return file;
      }

      it('lies where the importer looks, and is taken for its format by this importer alone', () => {
        const sample = { path: path(), head: example.text.slice(0, 65_536) };
        const takers = importers.flatMap((each) => each.recognise(sample)?.format ?? []);
        assert.deepEqual(takers, [example.format]);
        const roots = importer.roots(machineAt(at.path));
        const isExport = example.format === 'copilot-chat-export';
        assert.ok(isExport || roots.some((root) => path().startsWith(`${root.path}/`) && root.mayHold(path().slice(root.path.length + 1))));
      });

      it('gives nothing for an empty file', async () => {
        const file = open();
        file.write('');
        assert.deepEqual([await file.read(), file.records.size, file.problems], ['unchanged', 0, []]);
      });

      it('gives the same ids when it is read again, and reads nothing that did not change', async () => {
        const [first, second] = [await readOnce(example.text), await readOnce(example.text)];
        assert.ok(first.records.size > 1);
        assert.deepEqual(first.problems, []);
        assert.deepEqual(essence(second), essence(first));
        assert.equal(await second.read(), 'unchanged');
      });

      it('cut at any byte gives a beginning of the whole', async () => {
        const whole = await readOnce(example.text);
        // What a person took back has no place in the order any more.
        const taken = new Set(said(whole).filter(isSuperseded).map(keyOf));
        for (const cut of cutsOf(example.text)) {
          const file = await readOnce(Buffer.from(example.text).subarray(0, cut));
          for (const kind of ['message', 'unknown'] as const) {
            const keys = keysOf(file, kind).filter((key) => !taken.has(key));
            assert.deepEqual(keys, keysOf(whole, kind).filter((key) => !taken.has(key)).slice(0, keys.length), `cut at ${cut}`);
          }
          for (const { code } of file.problems) assert.ok(problemsOfCut.includes(code), code);
        }
      });

      it('gives the same read in pieces as read at once, wherever they end', async () => {
        await assertSameInPieces(open, Buffer.from(example.text), 8);
      });

      it('names a last line that is torn, and reads it when its rest comes', async function () {
        if (unit() !== 'line' || !example.text.startsWith('{')) this.skip();
        const bytes = Buffer.from(example.text);
        const start = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
        const file = await readOnce(bytes.subarray(0, start + 20));
        const line = example.text.split('\n').length - 1;
        assert.deepEqual(file.problems.map(({ code, where }) => [code, where]), [['torn-line', { file: path(), line, offset: start }]]);
        file.append(bytes.subarray(start + 20));
        assert.equal(await file.read(), 'read');
        assert.deepEqual(essence(file), essence(await readOnce(bytes)));
        assert.equal(file.problems.length, 1);
      });

      it('keeps what it does not know as it is, counted, and everything else', async function () {
        if (!example.withUnknown) this.skip();
        const [known, other] = [await readOnce(example.text), await readOnce(example.withUnknown(mark))];
        assert.deepEqual(other.problems, []);
        assert.deepEqual(said(other).map(keyOf).filter((key) => said(known).some((one) => keyOf(one) === key)), said(known).map(keyOf));
        assert.equal(unknownIn(other).length, unknownIn(known).length + 1);
        assert.ok(JSON.stringify(unknownIn(other).at(-1)).includes(mark));
      });

      it('reads the releases to come as far as they are like those it knows', async function () {
        if (!example.ofVersion) this.skip();
        const later = example.ofVersion('99');
        assert.notEqual(later, example.text);
        const [known, other] = [await readOnce(example.text), await readOnce(later)];
        assert.deepEqual(said(other).map(rolesOf), said(known).map(rolesOf));
        assert.deepEqual(other.problems, []);
      });

      it('keeps every character that a person wrote', async () => {
        const text = example.asking(words);
        const bytes = Buffer.from(text);
        const file = open();
        const middle = bytes.indexOf('👩') + 2;
        file.write(bytes.subarray(0, middle));
        await file.read();
        file.append(bytes.subarray(middle));
        await file.read();
        assert.ok(promptsIn(file).includes(words), JSON.stringify(promptsIn(file)));
      });

      it('passes over what is too long to be held, and says so', async () => {
        const file = open();
        if (unit() === 'document') {
          file.write(example.text);
          truncateSync(path(), 257 << 20);
          file.settle();
          await file.read();
          assert.deepEqual([file.records.size, file.problems.map(({ code }) => code)], [0, ['document-too-large']]);
          return;
        }
        file.write(example.text);
        truncateSync(path(), Buffer.byteLength(example.text) + 100 * 1_000_000);
        const after = example.asking(words).slice(example.text.length);
        file.append(`\n${after}`);
        await file.read();
        assert.deepEqual(file.problems.map(({ code }) => code), ['line-too-long']);
        assert.ok(promptsIn(file).includes(words));
        assert.ok(said(file).length > said(await readOnce(example.text)).length);
      });

      it('reads a file from its beginning that another was put in the place of', async () => {
        const file = await readOnce(example.text);
        const other = example.asking(words);
        for (const text of [other, example.text, other]) {
          file.records.clear();
          writeFileSync(`${path()}.new`, text);
          renameSync(`${path()}.new`, path());
          file.settle();
          assert.equal(await file.read(), 'read');
          assert.deepEqual(essence(file), essence(await readOnce(text)));
        }
      });
    });
  }
});

/** What a record is, whatever its id and its words. */
function rolesOf(record: ImportedRecord): unknown {
  return record.kind === 'message' ? [record.data.role, record.data.synthetic, ...record.data.parts.map(({ type }) => type)] : record.kind;
}

/** Records of unknown types and unknown parts of messages. */
function unknownIn(file: Following): unknown[] {
  return said(file).flatMap((record): readonly unknown[] => {
    if (record.kind === 'unknown') return [record.data];
    return record.kind === 'message' ? record.data.parts.filter(({ type }) => type === 'unknown') : [];
  });
}

/** Every kind of place a file may end at: after a line break, before it, within a line, within a character. */
function cutsOf(text: string): number[] {
  const bytes = Buffer.from(text);
  const cuts = new Set<number>([1, bytes.length - 1]);
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) for (const cut of [at - 1, at, at + 1]) cuts.add(cut);
  for (const [at, byte] of bytes.entries()) if (byte >= 0xc0) cuts.add(at + 1);
  for (let at = 17; at < bytes.length; at += Math.ceil(bytes.length / 30)) cuts.add(at);
  const all = [...cuts].filter((cut) => cut > 0 && cut < bytes.length).sort((a, b) => a - b);
  const step = Math.max(1, Math.floor(all.length / 50));
  return all.filter((_, index) => index % step === 0);
}
