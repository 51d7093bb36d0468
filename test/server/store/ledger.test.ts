import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger, LedgerSlice } from '../../../server/store/ledger.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';

function record(id: string, source: string, kind: string, more: Partial<DaybookRecord> = {}): DaybookRecord {
  return { specversion: '1.0', id, source, type: `dev.daybook.event.${kind}`, time: '2026-11-20T10:00:00.000Z', data: { code: 'x', message: id }, ...more };
}

describe('ledger', () => {
  const at = folderForEachTest();
  let store: Store;
  beforeEach(() => {
    store = openStore(join(at.path, 'data'));
  });
  afterEach(() => store.close());

  function slices(kinds: readonly string[], ledger: Ledger = store.ledger): LedgerSlice[] {
    const all: LedgerSlice[] = [];
    for (let after: number | undefined = 0; after !== undefined; after = all.at(-1)?.next) all.push(ledger.slice(after, kinds));
    return all;
  }

  it('has nothing where there is nothing', () => {
    assert.deepEqual(slices(['note']), [{ figures: [], marked: [], next: undefined }]);
    assert.deepEqual([store.ledger.sessions(), store.ledger.files('', 10), store.ledger.header('x')], [{}, [], undefined]);
    assert.deepEqual([store.ledger.filesOf([]).size, store.ledger.kept(['x']).size], [0, 0]);
  });

  it('adds up to the figures of the store, slice by slice', () => {
    for (let from = 0; from < 30_000; from += 10_000) {
      store.write((batch) => batch.append(Array.from({ length: 10_000 }, (_none, each) =>
        record(`r${from + each}`, each % 3 === 0 ? 'a' : 'b', each % 1_000 === 0 ? 'source.problem' : 'note', { redactions: each % 2 }))));
    }
    store.seal({ everything: true });
    store.write((batch) => batch.append([record('late', 'b', 'source.problem')]));
    const all = slices(['source.problem']);
    assert.ok(all.length > 1);
    const { bySource, redactions, problems } = store.queries.figures();
    const sum = (pick: (figures: LedgerSlice['figures'][number]) => number): number => all.flatMap(({ figures }) => figures).reduce((total, each) => total + pick(each), 0);
    assert.equal(sum(({ source, records }) => (source === 'a' ? records : 0)), bySource['a']);
    assert.equal(sum(({ source, records }) => (source === 'b' ? records : 0)), bySource['b']);
    assert.equal(sum((each) => each.redactions), redactions);
    const marked = all.flatMap((slice) => slice.marked);
    assert.deepEqual([marked.length, new Set(marked.map(({ place }) => place)).size], [problems, problems]);
    assert.deepEqual(marked.map((entry) => entry.read()?.id).slice(0, 3), ['late', 'r0', 'r1000']);
  }).timeout(20_000);

  it('counts of a thing that was revised the latest revision only', () => {
    const chat = (id: string, data: unknown) => record(id, 'a', '', { type: 'dev.daybook.chat.unknown', sessionid: 'a:1', data });
    store.write((batch) => batch.append([chat('a:1:x', { nativeType: 'old', raw: 1 })]));
    store.write((batch) => batch.append([chat('a:1:x~0123456789ab', { nativeType: 'new', raw: 2 })]));
    const [slice] = slices(['unknown']);
    assert.deepEqual(slice?.figures.map(({ kind, records }) => [kind, records]), [['unknown', 1]]);
    assert.deepEqual(slice.marked.map((entry) => (entry.read()?.data as { nativeType: string }).nativeType), ['new']);
  });

  it('knows the files of a session and pages through all files', () => {
    const cursor = (sessions: readonly string[]) => ({ source: 'a', cursor: '{}', sessions });
    store.write((batch) => {
      batch.setCursor('/1', cursor(['a:1', 'a:2']));
      batch.setCursor('/2', cursor(['a:2']));
      batch.setCursor('/3', cursor([]));
    });
    const { ledger } = store;
    assert.deepEqual([...ledger.filesOf(['a:1', 'a:2', 'a:9'])].map(([session, paths]) => [session, [...paths].sort()]), [['a:1', ['/1']], ['a:2', ['/1', '/2']]]);
    assert.deepEqual(ledger.files('', 2).map(({ path }) => path), ['/1', '/2']);
    assert.deepEqual(ledger.files('/2', 2), [{ path: '/3', ...cursor([]) }]);
  });

  it('gives the latest header, and nothing for a line that somebody took away', () => {
    const header = (title: string, id: string) => record(id, 'a', '', { type: 'dev.daybook.chat.session', sessionid: 'a:1', data: { title, fidelity: 'full', format: 'x' } });
    store.write((batch) => batch.append([header('Old', 'a:1:session')]));
    store.write((batch) => batch.append([header('New', 'a:1:session~0123456789ab')]));
    assert.equal((store.ledger.header('a:1')?.read()?.data as { title: string }).title, 'New');
    assert.deepEqual([[...store.ledger.kept(['a:1', 'a:2'])], store.ledger.sessions()], [['a:1'], { a: 1 }]);
    const { ledger } = store;
    rmSync(join(store.paths.journal, 'chats'), { recursive: true });
    assert.equal(ledger.header('a:1')?.read(), undefined);
  });
});
