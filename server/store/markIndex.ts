/** What people say of sessions: pinned, hidden, a title of their own, tags. Of each the latest word counts, in whatever order records are read. */

import { sessionMarks, type SessionMarked } from '../../shared/marks.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Sqlite } from './database.ts';
import { fields } from './payload.ts';

export interface MarkIndex {
  add(record: DaybookRecord): void;
}

export function openMarkIndex(database: Sqlite): MarkIndex {
  const set = database.prepare<[string, string, string, number, string]>(`
    INSERT INTO session_mark (session, mark, value, time, record) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (session, mark) DO UPDATE SET value = excluded.value, time = excluded.time, record = excluded.record
    WHERE (excluded.time, excluded.record) > (time, record)`);
  return {
    add(record) {
      const data = fields<SessionMarked>(record);
      if (typeof data.session !== 'string') return;
      for (const [mark, isValid] of Object.entries(sessionMarks)) {
        const value: unknown = data[mark as keyof typeof sessionMarks];
        if (value !== undefined && isValid(value)) set.run(data.session, mark, JSON.stringify(value), Date.parse(record.time), record.id);
      }
    },
  };
}
