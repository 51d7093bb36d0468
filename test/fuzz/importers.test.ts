import assert from 'node:assert/strict';
import { join } from 'node:path';
import { importers } from '../../server/importers/registry.ts';
import { toRecord } from '../../server/importers/toRecord.ts';
import type { Importer, ImportedRecord, Row, SourceDatabase, SourceFile } from '../../server/importers/importer.ts';
import { openForeign } from '../../server/store/foreign.ts';
import { validate } from '../../server/ingest/validate.ts';
import { ProblemError } from '../../shared/problem.ts';
import { folderForAll } from '../support/folder.ts';
import { databases } from '../server/importers/contract/databases.ts';
import { examples, type Example } from '../server/importers/contract/examples.ts';
import { layHome } from '../server/importers/contract/home.ts';
import { unitsOf } from '../server/importers/lineFiles.ts';
import { cases, fuzz } from './fuzzing.ts';
import type { Mutants } from './mutants.ts';

const linesOfFile = 25;

/** What an importer makes of anything can be recorded: the inlet takes it as it is. */
function assertRecordable(importer: Importer, records: readonly ImportedRecord[]): void {
  for (const imported of records) {
    const record = toRecord(importer.source, imported);
    const result = validate(record, importer.source);
    assert.ok('record' in result, 'reason' in result ? `${result.reason} ${JSON.stringify(record).slice(0, 2_000)}` : '');
  }
}

function importerOf(source: string): Importer {
  const found = importers.find((each) => each.source === source);
  assert.ok(found);
  return found;
}

describe('hostile sessions', function () {
  this.timeout(300_000);
  const at = folderForAll();
  before(() => layHome(at.path));

  const unitOf = ({ source, at: path, text }: Example): string | undefined => importerOf(source).recognise({ path: `/home/${path}`, head: text.slice(0, 65_536) })?.unit;
  const ofLines = examples.filter((example) => unitOf(example) === 'line');
  const ofDocuments = examples.filter((example) => unitOf(example) === 'document');
  const fileOf = (example: Example): SourceFile =>
    ({ path: join('/home', example.at), format: example.format, modifiedAt: '2026-10-01T00:00:00.000Z', neighbour: () => undefined, entries: () => [] });

  it('are of every format', () => {
    assert.deepEqual(examples.length, ofLines.length + ofDocuments.length);
  });

  for (const example of ofLines) {
    const files = Math.ceil(cases.lines / ofLines.length / linesOfFile);
    it(`${files * linesOfFile} lines of ${example.source}, ${example.format}, are read, kept as unknown or named`, async () => {
      const importer = importerOf(example.source);
      const lines = unitsOf(example.text).map(({ text }) => text);
      const values = lines.map((line) => (line.startsWith('{') ? JSON.parse(line) as unknown : undefined));
      const mutated = (mutants: Mutants): string => {
        const index = mutants.below(lines.length);
        const [line = '', value] = [lines[index], values[index]];
        const pick = mutants.below(10);
        const text = pick === 0 ? line : pick < 8 && value !== undefined ? JSON.stringify(mutants.json(value)) : mutants.text(line);
        return text.replaceAll('\n', ' ');
      };
      const make = (mutants: Mutants): string[] => Array.from({ length: linesOfFile }, () => mutated(mutants));
      await fuzz(files, make, (those) => {
        const text = those.join('\n');
        importer.recognise({ path: `/home/${example.at}`, head: text });
        const reader = importer.open(fileOf(example));
        let offset = 0;
        those.forEach((line, index) => {
          reader.push({ text: line, line: index + 1, offset });
          offset += line.length + 1;
        });
        assertRecordable(importer, reader.take().records);
        JSON.stringify(reader.state());
      });
    });
  }

  for (const example of ofDocuments) {
    const count = Math.ceil(cases.documents / ofDocuments.length);
    it(`${count} documents of ${example.source}, ${example.format}, likewise`, async () => {
      const importer = importerOf(example.source);
      const value = JSON.parse(example.text) as unknown;
      const make = (mutants: Mutants): string => (mutants.below(4) === 0 ? mutants.text(example.text) : JSON.stringify(mutants.json(value)));
      await fuzz(count, make, (text) => {
        importer.recognise({ path: `/home/${example.at}`, head: text.slice(0, 65_536) });
        const reader = importer.open(fileOf(example));
        reader.push({ text, line: 1, offset: 0 });
        assertRecordable(importer, reader.take().records);
      });
    });
  }

  for (const { source, format, at: path, open } of databases) {
    const count = Math.ceil(cases.rows / databases.length);
    it(`${count} databases of ${source}, ${format}, likewise`, async () => {
      const importer = importerOf(source);
      const file: SourceFile = { path: join(at.path, 'fuzzed', path), format, modifiedAt: '2026-10-01T00:00:00.000Z', neighbour: () => undefined, entries: () => [] };
      const tool = open(file.path);
      const session = tool.session('one');
      tool.ask(session, 'And then?');
      tool.add(session, 'new');
      tool.database.close();
      const database = openForeign(file.path);
      assert.ok(database && importer.read);
      const { read } = importer;
      await fuzz(count, (mutants) => mutants, (mutants) => {
        try {
          for (const step of read(mutated(database, mutants), file, undefined)) assertRecordable(importer, step.records);
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
        }
      });
      database.close();
    });
  }
});

/** The same tables, of which some values are something else. */
function mutated(database: SourceDatabase, mutants: Mutants): SourceDatabase {
  const change = (value: Row[string]): Row[string] => {
    if (mutants.below(4) !== 0) return value;
    if (typeof value !== 'string') return mutants.one([null, undefined, -1, 0, 1e300, '', 'x']);
    if (!/^[[{]/.test(value)) return mutants.below(2) === 0 ? mutants.text(value) : mutants.one([null, undefined, 7, '']);
    return JSON.stringify(mutants.json(JSON.parse(value)));
  };
  return {
    columns: (table) => database.columns(table),
    newest: (table) => database.newest(table),
    * rows(query) {
      for (const row of database.rows(query)) {
        yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name === query.key ? value : change(value)]));
      }
    },
  };
}
