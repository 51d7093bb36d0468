import assert from 'node:assert/strict';
import { deduplicate, type Known } from '../../../server/ingest/deduplicate.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import type { DaybookRecord } from '../../../shared/record.ts';

const message = (content: string, id = 'tool:1:a'): DaybookRecord => ({
  specversion: '1.0', id, source: 'tool', type: 'dev.daybook.chat.message', time: '2026-11-20T10:00:00.000Z', sessionid: 'tool:1',
  data: { role: 'user', parts: [{ type: 'text', content }] },
});
const event = (id: string, words: string): DaybookRecord => ({ ...message(''), id, type: 'dev.daybook.event.note', data: { words } });

/** What is on record, with the ids that `deduplicate` lets in. */
function createRecord(): { add(...records: DaybookRecord[]): (string | undefined)[] } {
  const kept = new Map<string, number | null>();
  const known: Known = { contentHash, revisionId, seen: (_record, id) => kept.get(id) };
  return {
    add(...records) {
      const fresh = deduplicate(records, known);
      for (const record of fresh) if (record) kept.set(record.id, record.type.includes('.chat.') ? contentHash(record.data) : null);
      return fresh.map((record) => record?.id);
    },
  };
}

const revised = (content: string): string => revisionId('tool:1:a', message(content).data);

describe('deduplicate', () => {
  it('lets a record in once', () => {
    const record = createRecord();
    assert.deepEqual(record.add(event('e', 'x'), message('A')), ['e', 'tool:1:a']);
    assert.deepEqual(record.add(event('e', 'x'), message('A')), [undefined, undefined]);
  });

  it('gives a message that its source changed the id of a revision, once for each content', () => {
    const record = createRecord();
    record.add(message('A'));
    assert.deepEqual(record.add(message('B')), [revised('B')]);
    assert.match(revised('B'), /^tool:1:a~[0-9a-f]{12}$/);
    assert.deepEqual(record.add(message('B'), message('C'), message('B')), [undefined, revised('C'), undefined]);
  });

  it('does the same within one batch', () => {
    assert.deepEqual(createRecord().add(message('A'), message('A'), message('B'), message('B'), message('C')),
      ['tool:1:a', undefined, revised('B'), undefined, revised('C')]);
  });

  it('adds nothing when a source is read again that held several revisions, or went back to the first', () => {
    const record = createRecord();
    const history = [message('A'), message('B'), message('A')];
    assert.deepEqual(record.add(...history), ['tool:1:a', revised('B'), undefined]);
    assert.deepEqual(record.add(...history), [undefined, undefined, undefined]);
  });

  it('lets an event keep what it first said', () => {
    const record = createRecord();
    assert.deepEqual(record.add(event('e', 'x'), event('e', 'y')), ['e', undefined]);
    assert.deepEqual(record.add(event('e', 'z')), [undefined]);
  });

  it('tells records of different ids apart', () => {
    assert.deepEqual(createRecord().add(message('A', 'tool:1:a'), message('A', 'tool:1:b')), ['tool:1:a', 'tool:1:b']);
  });
});
