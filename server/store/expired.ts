/**
 * Days that were let go because they are old or the record is too large: what happened on them is refused when it is read again, as with
 * tombstones, but a day takes one line however much there was. Sessions that were kept, and what people said of sessions, still count.
 */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';
import { parseType, type DaybookRecord, type Family } from '../../shared/record.ts';
import type { Forgotten } from './forgotten.ts';
import { dayFile } from './paths.ts';
import { replaceFile } from './replaceFile.ts';

/** A family with one journal file for each day. */
export type DayFamily = Exclude<Family, 'chats'>;

/** What is let go: one day of one family. */
export interface ExpiredDay {
  readonly family: DayFamily;
  /** UTC, `2026-11-20`. */
  readonly day: string;
  /** Names of sessions whose records stay. */
  readonly kept?: readonly string[];
}

export interface Expired {
  holds(record: DaybookRecord): boolean;
  /** Takes notice of what another process added; returns whether there was anything. Cheap. */
  refresh(): boolean;
  /** Adds days durably; without any, others only learn that names they remember may be no more. Call under the write lock. */
  add(days: readonly ExpiredDay[]): void;
  /** Lets days in again. Call under the write lock. */
  remove(days: readonly ExpiredDay[]): void;
}

/** Marks stay for as long as their sessions may: a pin must not go with the day on which it was set. */
const marked = 'dev.daybook.event.session.marked';

/**
 * @param root absolute path of the data directory
 * @throws ProblemError `expired-unreadable`: to go on would bring back what was let go
 */
export function openExpired(root: string): Expired {
  const path = join(root, 'expired.jsonl');
  let days = new Map<string, ReadonlySet<string>>();
  let lines = new Map<string, string>();
  let identity = 'none';
  refresh();

  function refresh(): boolean {
    const stat = statSync(path, { throwIfNoEntry: false });
    const now = stat ? `${stat.ino}:${stat.size}:${stat.mtimeMs}` : 'none';
    if (now === identity) return false;
    const read = stat ? readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').map((line) => parse(line, path)) : [];
    days = new Map(read.map(({ family, day, kept = [] }) => [dayFile(family, day), new Set(kept)]));
    lines = new Map(read.map((each) => [dayFile(each.family, each.day), JSON.stringify(each)]));
    identity = now;
    return true;
  }

  function write(): void {
    replaceFile(path, [...lines.values()].sort().map((line) => `${line}\n`));
    refresh();
  }

  return {
    holds(record) {
      if (days.size === 0 || record.type === marked) return false;
      const family = parseType(record.type)?.family;
      const kept = family === undefined || family === 'chats' ? undefined : days.get(dayFile(family, record.time));
      return kept !== undefined && !(record.sessionid !== undefined && kept.has(record.sessionid));
    },
    refresh,
    add(added) {
      refresh();
      for (const { family, day, kept = [] } of added) {
        lines.set(dayFile(family, day), JSON.stringify({ family, day, ...(kept.length > 0 && { kept: [...kept].sort() }) }));
      }
      write();
    },
    remove(those) {
      refresh();
      for (const { family, day } of those) lines.delete(dayFile(family, day));
      write();
    },
  };
}

function parse(line: string, path: string): ExpiredDay {
  try {
    return JSON.parse(line) as ExpiredDay;
  } catch (error) {
    const message = `${path} has a line that is no JSON, and without it what was let go would come back. Mend it, or delete the file to do without.`;
    throw new ProblemError({ code: 'expired-unreadable', message, where: { file: path } }, { cause: error });
  }
}

/** What is refused, by whichever of the two. */
export function refusing(forgotten: Forgotten, expired: Expired): Forgotten {
  return {
    ...forgotten,
    holds: (record) => forgotten.holds(record) || expired.holds(record),
    refresh() {
      const [isNew, isNewToo] = [forgotten.refresh(), expired.refresh()];
      return isNew || isNewToo;
    },
  };
}
