/** What agents did, as the calls of their tools say: by the file that a call was to change, and by the time of a command. */

import { filePath } from '../../shared/filePath.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { ToolCallPart } from '../../shared/session.ts';
import type { Blocks } from './blocks.ts';
import type { Sqlite } from './database.ts';
import { commandPath } from './deedIndex.ts';
import type { Journal } from './journal.ts';
import { hash48 } from './key.ts';
import { readLines, type Line } from './lineReader.ts';
import { messageOf } from './payload.ts';

export interface Deed {
  /** The message that holds the call, its latest revision. */
  readonly record: DaybookRecord;
  /** Absent where the message names the edit and no call. */
  readonly call?: ToolCallPart;
  /** Milliseconds since 1970. */
  readonly called: number;
  /** Milliseconds since 1970; null where no answer is on record. */
  readonly answered: number | null;
  /** As the answer says: `succeeded`, `failed` …; null without one. */
  readonly status: string | null;
}

export interface Deeds {
  /**
   * Calls that were to change a file and were under way between two moments, the nearest to the end first, at most 50.
   * @param file URI or absolute path
   * @param vagueMs how much earlier or later a call may be that has no answer on record
   */
  on(file: string, since: number, until: number, vagueMs: number): Deed[];
  /** Calls that ran commands then, likewise. */
  commands(since: number, until: number, vagueMs: number): Deed[];
}

interface Row {
  readonly call: number;
  readonly time: number;
  readonly record: Buffer;
  readonly answered: number | null;
  readonly status: string | null;
}

const mostDeeds = 50;
/** How long a call may wait for its answer: a person is asked, and comes back from lunch. */
const longestMs = 2 * 3_600_000;

export function openDeeds(database: Sqlite, journal: Journal, blocks: Blocks, latest: (id: string) => DaybookRecord | undefined): Deeds {
  const pathId = database.prepare<[string], number>('SELECT id FROM path WHERE name = ?').pluck();
  const under = database.prepare<[{ path: number; from: number; since: number; until: number; vague: number; limit: number }], Row>(`
    SELECT d.call, d.time, d.record, coalesce(t.answered, d.answered) AS answered, w.text AS status FROM deed d
    LEFT JOIN tool_execution t ON t.session = d.session AND t.call = d.call LEFT JOIN word w ON w.id = coalesce(t.status, d.status)
    WHERE d.path = :path AND d.time >= :from AND d.time < :until + :vague AND d.changes = 1
      AND ((coalesce(t.answered, d.answered) >= :since AND d.time < :until) OR (coalesce(t.answered, d.answered) IS NULL AND d.time >= :since - :vague))
    ORDER BY abs(d.time - :until) LIMIT :limit`);
  // Most edits are nobody's but the user's: this is answered by the index alone, in a twentieth of the time.
  const any = database.prepare<[{ path: number; from: number; until: number }], number>(
    'SELECT 1 FROM deed WHERE path = :path AND time >= :from AND time < :until LIMIT 1').pluck();
  const line = database.prepare<[Buffer], Line>('SELECT f.path, r.start, r.length FROM record r JOIN journal_file f ON f.id = r.file WHERE r.key = ?');

  function recordOf(key: Buffer): DaybookRecord | undefined {
    const at = line.get(key);
    const id = at ? readLines(journal, [at])[0]?.id : blocks.idOf(key);
    return id === undefined ? undefined : latest(id);
  }

  function find(path: number, since: number, until: number, vague: number): Deed[] {
    const from = since - longestMs;
    if (any.get({ path, from, until: until + vague }) === undefined) return [];
    return under.all({ path, from, since, until, vague, limit: mostDeeds }).flatMap(({ call: hash, time: called, record: key, answered, status }) => {
      const record = recordOf(key);
      const parts = (record && messageOf(record)?.parts) ?? [];
      const call = parts.find((part): part is ToolCallPart => part.type === 'tool_call' && typeof part.id === 'string' && hash48(part.id) === hash);
      return record ? [{ record, called, answered, status, ...(call && { call }) }] : [];
    });
  }

  return {
    on(file, since, until, vagueMs) {
      const name = filePath(file);
      const path = name === undefined ? undefined : pathId.get(name);
      return path === undefined ? [] : find(path, since, until, vagueMs);
    },
    commands: (since, until, vagueMs) => find(commandPath, since, until, vagueMs),
  };
}
