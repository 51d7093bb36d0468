/** What every importer of databases must stand: the same questions to each, asked of real databases through the real engine. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importers } from '../../../server/importers/registry.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { databases, type ToolDatabase } from './contract/databases.ts';
import { following, headers, identity, promptsIn, said, type Following } from './contract/following.ts';
import { machineAt } from './contract/home.ts';

const words = 'naïve 你好 👩‍👩‍👧 e\u0301 ‏שלום‏ \u2028 tab\there \u{1F600}';

describe('the contract of importers of databases', function () {
  this.timeout(60_000);
  const at = folderForEachTest();

  for (const example of databases) {
    describe(`${example.source}, ${example.format}`, () => {
      const importer = importers.find(({ source }) => source === example.source);
      assert.ok(importer);
      const path = (): string => join(at.path, example.at);
      const open = (): Following => following(path(), importer);
      let tool: ToolDatabase;
      beforeEach(() => {
        mkdirSync(dirname(path()), { recursive: true });
        tool = example.open(path());
      });
      afterEach(() => tool.database.close());

      const readOnce = async (): Promise<Following> => {
        const file = open();
        await file.read();
        return file;
      };
      /** Everything in the one file, as after the tool ended. */
      const checkpoint = (): void => void tool.database.pragma('wal_checkpoint(TRUNCATE)');

      it('lies where the importer looks, and is taken for its format by this importer alone', () => {
        checkpoint();
        const head = readFileSync(path()).subarray(0, 65_536).toString();
        assert.deepEqual(importers.flatMap((each) => each.recognise({ path: path(), head })?.format ?? []), [example.format]);
        assert.ok(importer.roots(machineAt(at.path)).some((root) => path().startsWith(`${root.path}/`) && root.mayHold(path().slice(root.path.length + 1))));
      });

      it('gives nothing for an empty database', async () => {
        checkpoint();
        const file = await readOnce();
        assert.deepEqual([file.records.size, file.problems], [0, []]);
      });

      it('gives the same ids when it is read again, and reads nothing that did not change', async () => {
        const sessions = new Set(['a', 'b'].map((id) => tool.session(id)));
        checkpoint();
        const [first, second] = [await readOnce(), await readOnce()];
        assert.deepEqual(new Set(headers(first).keys()), sessions);
        assert.deepEqual(essence(second), essence(first));
        assert.equal(await second.read(), 'unchanged');
      });

      it('gives the same read row by row as read at once, also from the log alone', async () => {
        const file = open();
        for (const step of [() => tool.session('a'), () => tool.ask('a', 'And then?'), () => tool.session('b'), () => tool.ask('b', words), () => tool.add('a', 'mark')]) {
          step();
          checkpointFirst();
          assert.equal(await file.read(), 'read');
          file.restart();
        }
        assert.deepEqual(essence(file), essence(await readOnce()));
        assert.ok(promptsIn(file).includes(words), JSON.stringify(promptsIn(file)));
      });

      /** Without its first pages in the file nobody knows what it is. */
      function checkpointFirst(): void {
        if (readFileSync(path()).length < 8_192) checkpoint();
      }

      it('cut at any byte gives no more than there was, and no error but one that is named', async () => {
        for (const id of ['a', 'b']) tool.session(id);
        checkpoint();
        const whole = await readOnce();
        const bytes = readFileSync(path());
        rmSync(path());
        for (let cut = 40; cut < bytes.length; cut += Math.ceil(bytes.length / 40)) {
          const file = open();
          file.write(bytes.subarray(0, cut));
          await file.read().catch((error: unknown) => {
            assert.match(`${(error as Error).name} ${String((error as { code?: string }).code)}`, /ProblemError|SqliteError/);
          });
          for (const key of file.records.keys()) assert.ok(whole.records.has(key), `${key}, cut at ${cut}`);
        }
      });

      it('keeps what it does not know as it is, counted, and everything else', async () => {
        tool.session('a');
        checkpoint();
        const known = await readOnce();
        tool.add('a', 'what nobody knows');
        const other = await readOnce();
        const unknown = said(other).filter(({ kind }) => kind === 'unknown');
        assert.deepEqual(said(other).filter(({ kind }) => kind !== 'unknown'), said(known));
        assert.deepEqual([unknown.length, JSON.stringify(unknown).includes('what nobody knows'), other.problems], [1, true, []]);
      });

      it('reads the releases to come as far as they are like those it knows, and says when they are not', async () => {
        tool.session('a');
        checkpoint();
        const known = await readOnce();
        tool.database.exec(example.later);
        checkpoint();
        assert.deepEqual(essence(await readOnce()), essence(known));
        tool.database.exec(example.drift);
        checkpoint();
        await assert.rejects(readOnce(), (error: Error & { problem?: { code: string } }) => error.problem?.code === 'format-drift');
      });

      it('passes over a value of 100 MB, and says so', async () => {
        tool.session('a');
        tool.addLong('a', 'zeroblob(100000000)');
        tool.ask('a', words);
        checkpoint();
        const file = await readOnce();
        assert.deepEqual(file.problems.map(({ code }) => code), ['malformed-row']);
        assert.match(file.problems[0]?.message ?? '', /is too long/);
        assert.ok(promptsIn(file).includes(words));
      });

      it('reads a database from its beginning that another was put in the place of', async () => {
        tool.session('a');
        checkpoint();
        const file = await readOnce();
        const other = example.open(`${path()}.other`);
        const session = other.session('b');
        other.database.pragma('wal_checkpoint(TRUNCATE)');
        other.database.close();
        copyFileSync(`${path()}.other`, `${path()}.new`);
        tool.database.close();
        renameSync(`${path()}.new`, path());
        file.records.clear();
        assert.equal(await file.read(), 'read');
        assert.deepEqual([...headers(file).keys()], [session]);
      });
    });
  }
});

function essence(file: Following): unknown {
  return { records: said(file).sort((a, b) => (identity(a) < identity(b) ? -1 : 1)), headers: [...headers(file)] };
}
