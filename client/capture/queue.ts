import { sentence } from '../../shared/problem.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ShortRecord } from '../../shared/record.ts';
import type { RecordResult } from '../../shared/results.ts';

/** Records on their way to the server: kept while it starts, sent in batches, in order. */
export interface RecordQueue {
  /** Never waits and never throws; each record carries its own id, so that sending it twice is harmless. */
  add(record: ShortRecord & { readonly id: string }): void;
  /** Sends what waits; called when the server is there. Resolves when nothing waits or the server turned it away. */
  flush(): Promise<void>;
}

export interface QueueWorld {
  /** Rejects when the server is not there. */
  readonly send: (records: readonly ShortRecord[]) => Promise<RecordResult>;
  readonly log: { warn(message: string): void };
  /** How many records may wait. */
  readonly capacity: number;
}

const batchSize = 50;

export function createRecordQueue({ send, log, capacity }: QueueWorld): RecordQueue {
  const waiting: ShortRecord[] = [];
  let dropped = 0;
  let sending: Promise<void> | undefined;
  /** Whether it was said that they wait: each that comes meanwhile would say it again. */
  let isSaid = false;

  async function sendAll(): Promise<void> {
    while (waiting.length > 0 || dropped > 0) {
      const batch = waiting.slice(0, batchSize);
      const counted = dropped;
      const gap = counted > 0 ? [gapRecord(counted)] : [];
      const result = await send([...batch, ...gap]);
      isSaid = false;
      waiting.splice(0, batch.length);
      dropped -= counted;
      for (const { line, reason } of result.rejected) log.warn(`The server did not take record ${line} of ${batch.length}: ${reason}`);
    }
  }

  function flush(): Promise<void> {
    sending ??= sendAll()
      .catch((error: unknown) => {
        if (!isSaid) log.warn(`${waiting.length} records wait for the server. ${sentence(error)}`);
        isSaid = true;
      })
      .finally(() => (sending = undefined));
    return sending;
  }

  return {
    add(record) {
      if (waiting.length < capacity) waiting.push(record);
      else dropped += 1;
      void flush();
    },
    flush,
  };
}

/** What was lost is recorded too. */
function gapRecord(count: number): ShortRecord<Problem> {
  const message = `${count} records were lost: the server was not there or could not write, and too many were waiting for it.`;
  return { family: 'events', kind: 'source.problem', data: { code: 'queue-full', message } };
}
