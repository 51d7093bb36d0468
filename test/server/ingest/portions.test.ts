import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createIngest } from '../../../server/ingest/pipeline.ts';
import { joined, portionsOf } from '../../../server/ingest/portions.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import type { Submission } from '../../../server/ingest/submission.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore } from '../../../server/store/store.ts';
import { folderForEachTest } from '../../support/folder.ts';

const message = (id: string, content: string): object => ({
  specversion: '1.0', id: `claude-code:s:${id}`, source: 'claude-code', type: 'dev.daybook.chat.message', time: '2026-11-20T10:00:00.000Z', sessionid: 'claude-code:s',
  data: { role: 'user', parts: [{ type: 'text', content }] },
});
const cursor = { path: '/sessions/s.jsonl', source: 'claude-code', cursor: '{"offset":9}', sessions: ['claude-code:s'] };

describe('portions of what is read', () => {
  const at = folderForEachTest();

  it('are bounded by their text, in order, and the last says how far the source is read', () => {
    const records = Array.from({ length: 10 }, (_, each) => message(String(each), 'x'.repeat(each === 4 ? 9_000 : 1_000)));
    const portions = portionsOf({ records, source: 'claude-code', cursor }, 4_000);
    assert.deepEqual(portions.flatMap((portion) => portion.records), records);
    assert.deepEqual(portions.map((portion) => portion.records.length), [2, 2, 1, 2, 2, 1]);
    assert.deepEqual(portions.map((portion) => portion.cursor), [undefined, undefined, undefined, undefined, undefined, cursor]);
  });

  it('are one where there is nothing to part', () => {
    const live: Submission = { records: [message('a', 'x'.repeat(9_000)), message('b', 'y')], source: 'lsp' };
    assert.deepEqual(portionsOf(live, 10), [live]);
    const pasted: Submission = { ...live, cursor, contents: new Map([['ab', new Uint8Array(1)]]) };
    assert.deepEqual(portionsOf(pasted, 10), [pasted]);
    const nothing: Submission = { records: [], source: 'claude-code', cursor };
    assert.deepEqual(portionsOf(nothing, 10), [nothing]);
  });

  it('have one result, and lines are those of the whole', () => {
    const portions = [{ records: [1, 2, 3], source: 's' }, { records: [4, 5], source: 's' }];
    const results = [{ accepted: 1, duplicates: 1, rejected: [{ line: 3, reason: 'no' }] }, { accepted: 1, duplicates: 0, rejected: [{ line: 1, reason: 'never' }] }];
    assert.deepEqual(joined(portions, results), { accepted: 2, duplicates: 1, rejected: [{ line: 3, reason: 'no' }, { line: 4, reason: 'never' }] });
  });

  it('give what the whole at once gives, revisions and duplicates too, in several transactions', async () => {
    const store = openStore(join(at.path, 'data'));
    let writes = 0;
    const ingest = createIngest({
      store: { write: (work) => (writes++, store.write(work)) }, redactor: createRedactor(), hashes: { contentHash, revisionId },
    });
    const long = 'word '.repeat(20_000);
    const records = [message('a', long), message('b', long), message('a', 'another'), { kind: 'no' }, message('b', long), message('c', long), message('a', 'a third')];
    const result = await ingest.submit({ records, source: 'claude-code', cursor });
    assert.deepEqual([result.accepted, result.duplicates, result.rejected.map(({ line }) => line)], [5, 1, [4]]);
    assert.equal(writes, 4);
    const texts = store.queries.sessionRecords('claude-code:s').map(({ data }) => (data as { parts: { content: string }[] }).parts[0]?.content.slice(0, 8));
    assert.deepEqual(texts.sort(), ['a third', 'word wor', 'word wor']);
    assert.equal(store.cursors.get(cursor.path)?.cursor, cursor.cursor);
    assert.equal((await ingest.submit({ records, source: 'claude-code', cursor })).accepted, 0);
    store.close();
  });
});
