/** What a record that counts adds to the figures, and takes away again when it is replaced. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { ChatSessionHeader } from '../../shared/session.ts';
import type { Sqlite } from './database.ts';
import { openDayIndex, type Counted } from './dayIndex.ts';
import { openDeedIndex } from './deedIndex.ts';
import { openFactIndex } from './factIndex.ts';
import { openMarkIndex } from './markIndex.ts';
import { fields, messageOf, whole } from './payload.ts';
import type { SessionPacks } from './sessionPacks.ts';
import { openSessionIndex, type SessionIndex } from './sessionIndex.ts';
import { openStatisticsIndex, type ReadRecords } from './statisticsIndex.ts';
import { openToolIndex } from './toolIndex.ts';
import type { Words } from './words.ts';

export interface Counts {
  readonly sessions: Pick<SessionIndex, 'idFor' | 'addTime' | 'unclear'>;
  /** @param session null when the record belongs to none */
  add(record: DaybookRecord, session: number | null): void;
  remove(record: DaybookRecord, session: number | null): void;
  /** Takes records off their days that nobody can read any more. */
  removeFromDay(counted: Counted): void;
  /** Writes what was counted. Call once before the transaction ends. `read` gives the records of a session, `scan` those of a time. */
  flush(read: (session: number) => Iterable<{ readonly record: DaybookRecord; readonly counts: boolean }>, scan: ReadRecords): void;
  discard(): void;
  /** Forgets the numbers of names: another process may have taken some away. */
  forgetNames(): void;
}

export function openCounts(database: Sqlite, words: Words, packs: Pick<SessionPacks, 'unpack' | 'discard'>): Counts {
  const statistics = openStatisticsIndex(database, words);
  const sessions = openSessionIndex(database, words, statistics);
  const tools = openToolIndex(database, words, statistics);
  const days = openDayIndex(database);
  const marks = openMarkIndex(database);
  const deeds = openDeedIndex(database);
  const facts = openFactIndex(database);

  function addToSession(record: DaybookRecord, session: number): void {
    const message = messageOf(record);
    if (message) {
      packs.unpack(session);
      sessions.addMessage(session, baseId(record.id), message, record);
      sessions.addExecutions(session, tools.addMessage(session, record, message));
      deeds.addMessage(session, baseId(record.id), record, message);
    } else if (record.type === 'dev.daybook.chat.session') {
      sessions.setHeader(session, fields<ChatSessionHeader>(record));
    } else if (record.type === 'dev.daybook.tool_execution.terminal.command') {
      packs.unpack(session);
      sessions.addExecutions(session, tools.addCommand(session, record));
    } else deeds.addWork(session, record);
  }

  function removeFromSession(record: DaybookRecord, session: number): void {
    const message = messageOf(record);
    if (!message) return;
    packs.unpack(session);
    sessions.removeMessage(session, baseId(record.id), message);
    sessions.addExecutions(session, -tools.removeMessage(session, message));
    deeds.removeMessage(session, baseId(record.id), message);
  }

  function recount(session: number, records: Iterable<{ readonly record: DaybookRecord; readonly counts: boolean }>): void {
    packs.unpack(session);
    sessions.reset(session);
    tools.clear(session);
    deeds.clear(session);
    for (const { record, counts } of records) {
      sessions.addTime(session, Date.parse(record.time));
      if (counts) addToSession(record, session);
    }
  }

  return {
    sessions,
    add(record, session) {
      days.add(countedOf(record, words));
      facts.add(record);
      statistics.add(record);
      if (record.type === 'dev.daybook.event.session.marked') marks.add(record);
      if (session !== null) addToSession(record, session);
    },
    remove(record, session) {
      days.remove(countedOf(record, words));
      statistics.remove(record);
      if (session !== null) removeFromSession(record, session);
    },
    removeFromDay(counted) {
      days.remove(counted);
      statistics.unclear(counted.time);
    },
    flush(read, scan) {
      for (const session of sessions.takeUnclear()) recount(session, read(session));
      sessions.flush();
      days.flush();
      deeds.flush();
      facts.flush();
      statistics.flush(scan);
      packs.discard();
    },
    discard() {
      sessions.discard();
      days.discard();
      deeds.discard();
      facts.discard();
      statistics.discard();
      packs.discard();
    },
    forgetNames() {
      deeds.forgetNames();
      statistics.forgetNames();
    },
  };
}

const revisionMark = /~[0-9a-f]{12}$/;

/** The id of the first revision of a thing; the id itself where it has none. */
export function baseId(id: string): string {
  return id.replace(revisionMark, '');
}

function countedOf(record: DaybookRecord, words: Words): Counted {
  const { family, kind } = parseType(record.type) ?? { family: 'events', kind: record.type };
  return {
    time: Date.parse(record.time), family: words.number(family), source: words.number(record.source), kind: words.number(kind),
    redactions: whole(record.redactions) ?? 0,
  };
}
