import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openStore, type Store } from '../../../server/store/store.ts';
import { marksProblem } from '../../../shared/marks.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';

function message(session: string, time: string): DaybookRecord {
  return {
    specversion: '1.0', id: `${session}:1`, source: 'tool', type: 'dev.daybook.chat.message', time, sessionid: session, workspace: 'file:///home/ada/shop',
    data: { role: 'user', parts: [{ type: 'text', content: `Fix the ${session}` }] },
  };
}

let made = 0;
function mark(session: string, marks: object, time = '2026-11-20T12:00:00.000Z'): DaybookRecord {
  return { specversion: '1.0', id: `mark-${String(++made).padStart(4, '0')}`, source: 'vscode', type: 'dev.daybook.event.session.marked', time, data: { session, ...marks } };
}

describe('marks of sessions', () => {
  const at = folderForEachTest();
  let store: Store;
  beforeEach(() => {
    store = openStore(join(at.path, 'data'));
    append(message('tool:a', '2026-11-20T10:00:00.000Z'), message('tool:b', '2026-11-20T11:00:00.000Z'), message('tool:c', '2026-11-19T10:00:00.000Z'));
  });
  afterEach(() => store.close());

  const append = (...records: DaybookRecord[]): void => store.write((batch) => batch.append(records));
  const listed = (choice: object = {}): string => store.queries.sessions(10, undefined, choice).map(({ id }) => id.slice(5)).join(' ');

  it('pin, hide, rename and tag, each apart from the others', () => {
    append(mark('tool:a', { pinned: true }), mark('tool:b', { hidden: true }), mark('tool:a', { title: 'Mine', tags: ['ship', 'ci'] }));
    assert.deepEqual([listed(), listed({ only: 'pinned' }), listed({ only: 'hidden' }), listed({ only: 'everything' })], ['a c', 'a', 'b', 'b a c']);
    const session = store.queries.session('tool:a');
    assert.deepEqual([session?.title, session?.pinned, session?.tags], ['Mine', true, ['ship', 'ci']]);
    assert.notEqual(session?.ownTitle, undefined);
    append(mark('tool:a', { pinned: false, title: null, tags: [] }, '2026-11-20T12:00:01.000Z'));
    const again = store.queries.session('tool:a');
    assert.deepEqual([again?.title === session?.ownTitle, again?.pinned, again?.tags, again?.ownTitle], [true, undefined, undefined, undefined]);
  });

  it('are what was said last, in whatever order it is read, sealed or not, after a rebuild too', () => {
    append(mark('tool:a', { pinned: true }, '2026-11-20T13:00:00.000Z'));
    append(mark('tool:a', { pinned: false }, '2026-11-20T12:00:00.000Z'));
    append(mark('tool:later', { pinned: true }));
    append(message('tool:later', '2026-11-18T10:00:00.000Z'));
    assert.equal(listed({ only: 'pinned' }), 'a later');
    store.seal({ everything: true, settled: true });
    store.rebuild();
    assert.equal(listed({ only: 'pinned' }), 'a later');
  });

  it('are found by a filter, with the title, the folder and the source', () => {
    append(mark('tool:a', { title: 'Über Grundlagen' }), mark('tool:b', { tags: ['ship'] }));
    assert.deepEqual(['SHIP', 'shop', 'tool shop grundlagen', 'nothing', 'shop nothing', '%', "'"].map((filter) => listed({ filter })), ['b', 'b a c', 'a', '', '', '', '']);
  });

  it('page on where the last page ended', () => {
    const [first] = store.queries.sessions(1);
    assert.equal(first?.id, 'tool:b');
    assert.deepEqual(store.queries.sessions(5, { endedAt: first?.endedAt ?? '', id: first?.id ?? '' }).map(({ id }) => id), ['tool:a', 'tool:c']);
  });

  it('are left out where they make no sense', () => {
    append(mark('tool:a', { pinned: 'yes', title: 7, tags: 'ship', hidden: true }));
    assert.deepEqual([listed({ only: 'hidden' }), listed({ only: 'pinned' }), store.queries.session('tool:a')?.tags], ['a', '', undefined]);
    assert.equal(marksProblem({ title: 'x'.repeat(500) }), 'A title has 1 to 400 characters.');
    assert.equal(marksProblem({ tags: [' '] }), 'A session has at most 40 tags of 1 to 60 characters.');
    assert.equal(marksProblem({ pinned: true, title: null, tags: [] }), undefined);
  });
});
