/** Stage 3: leaves out what is recorded already, and gives a thing that its source changed the id of a revision. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';

export interface Known {
  /** Hash of the payload recorded under `id`, null where none is kept; undefined when the id is new. */
  seen(record: DaybookRecord, id: string): number | null | undefined;
  contentHash(data: unknown): number;
  revisionId(id: string, data: unknown): string;
}

/** One entry for each record: what to append, undefined for what is recorded already. */
export function deduplicate(records: readonly DaybookRecord[], known: Known): readonly (DaybookRecord | undefined)[] {
  const inBatch = new Map<string, number | null>();
  return records.map((record) => {
    const seen = (id: string): number | null | undefined => (inBatch.has(id) ? inBatch.get(id) : known.seen(record, id));
    const isChat = parseType(record.type)?.family === 'chats';
    const content = isChat ? known.contentHash(record.data) : null;
    const before = seen(record.id);
    if (before === undefined) {
      inBatch.set(record.id, content);
      return record;
    }
    // What has a level left another store with less than was recorded, and never takes the place of something whole.
    if (!isChat || before === content || record.consent !== undefined) return undefined;
    const id = known.revisionId(record.id, record.data);
    if (seen(id) !== undefined) return undefined;
    inBatch.set(id, content);
    return { ...record, id };
  });
}
