/** Whether a data directory holds what it has to, however its last process ended. */

import { openStore } from '../../../server/store/store.ts';
import { journalLines } from './sealedLines.ts';

/** What was acknowledged, and what may or may not be there. */
export interface Expected {
  readonly there: Set<string>;
  readonly gone: Set<string>;
}

/** What is wrong, in a few words; nothing when all is well. */
export function wrong(at: string, { there, gone }: Expected): string[] {
  const store = openStore(at);
  try {
    store.catchUp();
    const found: string[] = [];
    const look = (when: string): void => {
      const ids = [...store.queries.scan()].map(({ id }) => id);
      if (new Set(ids).size !== ids.length) found.push(`${when}: a record is there twice`);
      for (const id of there) if (!ids.includes(id) && !gone.has(id)) found.push(`${when}: ${id} was acknowledged and is not there`);
      if (store.stats().records !== ids.length) found.push(`${when}: it counts ${store.stats().records} records and has ${ids.length}`);
      if (store.check().length > 0) found.push(`${when}: the database is damaged`);
    };
    look('at the next start');
    const lines = journalLines(at);
    if (new Set(lines).size !== lines.length) found.push('a line is in the journal twice');
    store.rebuild();
    look('after a rebuild');
    return found;
  } finally {
    store.close();
  }
}
