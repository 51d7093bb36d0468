/** Files of real tools, cut anywhere and read in pieces: the same two questions to every sample. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Importer } from '../../../server/importers/importer.ts';
import { importers } from '../../../server/importers/registry.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { samples } from '../../support/places.ts';
import { isThorough, thoroughly } from '../../support/thorough.ts';
import { isSuperseded, keyOf, keysOf, problemsOfCut } from './contract/essence.ts';
import { following, said, type Following } from './contract/following.ts';
import { assertSameInPieces } from './contract/pieces.ts';

/** A file up to so many bytes is cut at each of them in a thorough run; a longer one at so many places. */
const everyByte = 8_000;
const places = 4_000;
/** In every run, what is larger is left to the thorough one. */
const usualBytes = 160_000;

/** Samples by their path below all of them, each with who reads it; databases are no sequence of bytes that grows at its end. */
function found(): readonly [name: string, importer: Importer][] {
  const files = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).sort().flatMap((path) => {
    const head = readFileSync(path).subarray(0, 65_536).toString();
    const importer = importers.find((each) => each.recognise({ path, head }));
    return importer && !path.endsWith('.db') ? [[relative(samples, path).split(sep).join('/'), importer] as const] : [];
  });
}

/** Everywhere in a small file; else before and behind line ends, and at places between. */
function cutsOf(bytes: Buffer): number[] {
  if (isThorough() && bytes.length <= everyByte) return Array.from({ length: bytes.length - 1 }, (_, at) => at + 1);
  const wanted = thoroughly(4, places);
  const cuts = new Set<number>();
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) for (const cut of [at, at + 1]) cuts.add(cut);
  const ends = [...cuts].filter((cut) => cut > 0 && cut < bytes.length);
  const step = Math.max(1, Math.ceil(ends.length / (wanted / 2)));
  const between = Array.from({ length: Math.ceil(wanted / 2) }, (_, at) => 1 + Math.floor((at * (bytes.length - 1) * 2) / wanted));
  return [...new Set([...ends.filter((_, index) => index % step === 0), ...between])].filter((cut) => cut < bytes.length).sort((a, b) => a - b);
}

describe('samples, cut', function () {
  this.timeout(isThorough() ? 600_000 : 60_000);
  const at = folderForEachTest();
  // Published recordings, kept beside the checkout on some machines only.
  for (const [name, importer] of existsSync(samples) ? found() : []) {
    const bytes = readFileSync(join(samples, name));
    if (!isThorough() && bytes.length > usualBytes) continue;
    const open = (): Following => following(join(at.path, name), importer);

    it(`anywhere, give a beginning of the whole: ${name}`, async () => {
      const whole = open();
      whole.write(bytes);
      await whole.read();
      // What a person took back has no place in the order any more.
      const taken = new Set(said(whole).filter(isSuperseded).map(keyOf));
      const keys = (of: Following, kind: 'message' | 'unknown'): string[] => keysOf(of, kind).filter((key) => !taken.has(key));
      assert.deepEqual(whole.problems, []);
      for (const cut of cutsOf(bytes)) {
        const cutFile = open();
        cutFile.write(bytes.subarray(0, cut));
        await cutFile.read();
        for (const kind of ['message', 'unknown'] as const) {
          const those = keys(cutFile, kind);
          assert.deepEqual(those, keys(whole, kind).slice(0, those.length), `cut at ${cut}`);
        }
        for (const { code } of cutFile.problems) assert.ok(problemsOfCut.includes(code), `${code}, cut at ${cut}`);
      }
    });

    it(`and read in pieces, give the same as at once: ${name}`, async () => {
      await assertSameInPieces(open, bytes, thoroughly(2, 40));
    });
  }
});
