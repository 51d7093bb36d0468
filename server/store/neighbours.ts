/** What came just before a record in its session, and just after it. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import { pageLines, type Blocks } from './blocks.ts';
import type { Sqlite } from './database.ts';
import type { Journal } from './journal.ts';
import { keyOf } from './key.ts';
import { readLines, type Line } from './lineReader.ts';
import { searchText } from './searchText.ts';

export interface Neighbours {
  readonly before?: DaybookRecord;
  readonly after?: DaybookRecord;
}

/** Of a record that is there and belongs to a session; nothing for others. Only records that say something count. */
export type NeighboursOf = (record: { readonly id: string; readonly time: string; readonly sessionId: string | null }) => Neighbours;

/** Recent lines, and pages of a block, that are looked at on each side: a session may lie far apart among others. */
const mostLines = 6;
const mostPages = 6;

interface Around {
  readonly session: number;
  readonly time: number;
  readonly seq: number;
}

export function openNeighbours(database: Sqlite, journal: Journal, blocks: Blocks): NeighboursOf {
  const idOf = database.prepare<[string], number>('SELECT id FROM session WHERE name = ?').pluck();
  const seqOf = database.prepare<[Buffer], number>('SELECT seq FROM record WHERE key = ?').pluck();
  const line = 'SELECT f.path, r.start, r.length FROM record r JOIN journal_file f ON f.id = r.file WHERE r.session = :session AND r.superseded = 0';
  const earlier = database.prepare<[Around], Line>(`${line} AND (r.time, r.seq) < (:time, :seq) ORDER BY r.time DESC, r.seq DESC LIMIT ${mostLines}`);
  const later = database.prepare<[Around], Line>(`${line} AND (r.time, r.seq) > (:time, :seq) ORDER BY r.time, r.seq LIMIT ${mostLines}`);
  const blockBefore = database.prepare<[number, number], { id: number; pages: number }>(`
    SELECT b.id, b.pages FROM block b JOIN block_session s ON s.block = b.id WHERE s.session = ? AND b.first_time <= ? ORDER BY b.last_time DESC LIMIT 1`);

  const recent = (lines: readonly Line[]): DaybookRecord | undefined => readLines(journal, lines).find((each) => each && saysSomething(each));

  /** In a block, from a line on to one of its ends. */
  function sealed(sessionId: string, from: number, step: -1 | 1): DaybookRecord | undefined {
    const named = Buffer.from(JSON.stringify(sessionId));
    const [first, block] = [Math.floor(from / pageLines), blocks.blockOf(Math.floor(from / pageLines))];
    for (let page = first, looked = 0; block && looked < mostPages; page += step, looked++) {
      if (page < block.id || page >= block.id + block.pages) return undefined;
      const beyond = blocks.page(page, (bytes) => bytes.includes(named), block).filter(({ seq }) => (seq - from) * step >= 0);
      const ordered = step === 1 ? beyond : beyond.reverse();
      const found = ordered.find(({ record }) => record.sessionid === sessionId && saysSomething(record));
      if (found) return found.record;
    }
    return undefined;
  }

  return ({ id, time, sessionId }) => {
    const session = sessionId === null ? undefined : idOf.get(sessionId);
    if (session === undefined || sessionId === null) return {};
    const ms = Date.parse(time);
    const seq = seqOf.get(keyOf(id));
    const place = seq === undefined ? blocks.find(id) : undefined;
    const around = { session, time: ms, seq: seq ?? (place === undefined ? 0 : Number.MAX_SAFE_INTEGER) };
    const last = place === undefined ? blockBefore.get(session, ms) : undefined;
    const before = place === undefined
      ? recent(earlier.all(around)) ?? (last && sealed(sessionId, (last.id + last.pages) * pageLines - 1, -1))
      : sealed(sessionId, place - 1, -1);
    const after = (place === undefined ? undefined : sealed(sessionId, place + 1, 1)) ?? recent(later.all(around));
    return { ...(before && { before }), ...(after && { after }) };
  };
}

function saysSomething(record: DaybookRecord): boolean {
  return parseType(record.type)?.kind !== 'session' && searchText(record).trim() !== '';
}
