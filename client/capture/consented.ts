import { limited } from '../../shared/consent.ts';
import type { ConsentLevel } from '../../shared/consentLevel.ts';
import type { RecordQueue } from './queue.ts';

/** Kinds of which one record may tell of several folders. */
const ofSeveral: readonly string[] = ['files.changed'];

/**
 * A queue that takes what the folder of each record allows, as it is allowed at that moment: nothing else waits, or leaves this process.
 * @param levelOf of a folder; of `undefined`, the most careful of all that are open
 */
export function underConsent(queue: RecordQueue, levelOf: (folder: string | undefined) => ConsentLevel): RecordQueue {
  return {
    add(record) {
      const allowed = limited(record, levelOf(ofSeveral.includes(record.kind) ? undefined : record.workspace));
      if (allowed) queue.add(allowed);
    },
    flush: queue.flush,
  };
}
