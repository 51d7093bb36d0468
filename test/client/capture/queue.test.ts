import assert from 'node:assert/strict';
import { createRecordQueue } from '../../../client/capture/queue.ts';
import type { RecordQueue } from '../../../client/capture/queue.ts';
import type { ShortRecord } from '../../../shared/record.ts';

interface Setup {
  readonly queue: RecordQueue;
  /** Ids and kinds of what was sent, a list per batch. */
  readonly sent: string[][];
  readonly warnings: string[];
  there: boolean;
}

function setUp(capacity = 500): Setup {
  const sent: string[][] = [];
  const warnings: string[] = [];
  const setup = { sent, warnings, there: true };
  const send = async (records: readonly ShortRecord[]) => {
    await Promise.resolve();
    if (!setup.there) throw new Error('not there');
    sent.push(records.map((record) => record.id ?? record.kind));
    return { accepted: records.length, duplicates: 0, rejected: [] };
  };
  return Object.assign(setup, { queue: createRecordQueue({ send, capacity, log: { warn: (message: string) => void warnings.push(message) } }) });
}

const record = (id: string) => ({ id, family: 'tool_executions', kind: 'terminal.command', data: {} }) as const;

describe('client: the queue of records', () => {
  it('sends in order, each once, in batches', async () => {
    const { queue, sent } = setUp();
    for (let id = 0; id < 120; id++) queue.add(record(`r${id}`));
    await queue.flush();
    assert.deepEqual(sent.flat(), Array.from({ length: 120 }, (_none, id) => `r${id}`));
    assert.ok(sent.every((batch) => batch.length <= 50));
  });

  it('keeps what could not be sent until the server is there', async () => {
    const setup = setUp();
    setup.there = false;
    setup.queue.add(record('a'));
    setup.queue.add(record('b'));
    await setup.queue.flush();
    assert.deepEqual(setup.sent, []);
    assert.ok(setup.warnings[0]?.includes('not there'));
    setup.there = true;
    await setup.queue.flush();
    assert.deepEqual(setup.sent.flat(), ['a', 'b']);
  });

  it('counts what there was no room for and records the count', async () => {
    const setup = setUp(2);
    setup.there = false;
    for (const id of ['a', 'b', 'c', 'd']) setup.queue.add(record(id));
    await setup.queue.flush();
    setup.there = true;
    await setup.queue.flush();
    assert.deepEqual(setup.sent, [['a', 'b', 'source.problem']]);
    await setup.queue.flush();
    assert.equal(setup.sent.length, 1);
  });
});
