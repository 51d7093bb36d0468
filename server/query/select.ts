/** What is taken out, chosen and put in order: the port between the store and everything that walks over much of it. */

import type { ExportSelection } from '../../shared/protocol.ts';
import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { SessionDocument, SessionSummary } from '../../shared/results.ts';

/** What is known of a record that was found, without holding it. */
interface Hit {
  readonly id: string;
  /** RFC 3339. */
  readonly time: string;
  readonly sessionId: string | null;
}

/** What choosing needs of the store. */
export interface SelectStore {
  /** All records that count, by time; milliseconds since 1970, `until` excluded. */
  scan(range: { readonly since?: number; readonly until?: number }): Iterable<DaybookRecord>;
  /** All records that hold what is asked for, in no order. */
  matches(query: string): Iterable<Hit>;
  record(id: string): DaybookRecord | undefined;
  /** The latest activity first. */
  sessions(limit: number, before: { readonly endedAt: string; readonly id: string } | undefined, choice: { readonly only: 'everything' }): readonly SessionSummary[];
  session(id: string): SessionDocument | null;
  /** Oldest first, in the order in which the session has them. */
  sessionRecords(id: string): readonly DaybookRecord[];
}

export interface Select {
  /** By time; at equal times by session and its own order, then by id. */
  records(selection: ExportSelection): Iterable<DaybookRecord>;
  /** By their beginning, then by id. Sessions of which something is chosen; each is whole. */
  sessions(selection: ExportSelection): Iterable<SessionDocument>;
  /** The same sessions in the same order, without their records. */
  outline(selection: ExportSelection): Pick<SessionSummary, 'id' | 'parent' | 'workspace' | 'startedAt'>[];
}

const sessionPage = 500;
/** What is hidden is part of the record too. */
const everything = { only: 'everything' } as const;
/** Sessions whose order is remembered while one walks over their time. */
const rememberedOrders = 32;

export function createSelect(store: SelectStore): Select {
  function* records(selection: ExportSelection): Generator<DaybookRecord> {
    const wanted = filter(selection);
    const position = createPositions(store);
    let group: DaybookRecord[] = [];
    for (const record of found(selection)) {
      if (!wanted(record)) continue;
      if (group.length > 0 && group[0]?.time !== record.time) {
        yield* ordered(group, position);
        group = [];
      }
      group.push(record);
    }
    yield* ordered(group, position);
  }

  function found({ query, since, until }: ExportSelection): Iterable<DaybookRecord> {
    if (query !== undefined) return matching(query);
    return store.scan({ ...(since !== undefined && { since: Date.parse(since) }), ...(until !== undefined && { until: Date.parse(until) }) });
  }

  function* matching(query: string): Generator<DaybookRecord> {
    for (const { id } of [...store.matches(query)].sort((a, b) => compare(a.time, b.time))) {
      const record = store.record(id);
      if (record) yield record;
    }
  }

  function* sessions(selection: ExportSelection): Generator<SessionDocument> {
    for (const { id } of outline(selection)) {
      const document = store.session(id);
      if (document) yield document;
    }
  }

  function outline(selection: ExportSelection): ReturnType<Select['outline']> {
    return summaries(selection).map(({ id, parent, workspace, startedAt }) => ({ id, workspace, startedAt, ...(parent !== undefined && { parent }) }))
      .sort((a, b) => compare(a.startedAt, b.startedAt) || compare(a.id, b.id));
  }

  function summaries(selection: ExportSelection): SessionSummary[] {
    const { query, families, since, until, sources, sessions: ids, workspaces } = selection;
    const hits = query === undefined ? undefined : new Set(Array.from(store.matches(query), ({ sessionId }) => sessionId));
    const kind = (session: SessionSummary): boolean => (session.kind === 'chat' ? families?.includes('chats') : families?.some((each) => each !== 'chats')) ?? true;
    return [...everySession(store)].filter((session) =>
      kind(session) && (hits?.has(session.id) ?? true) && (ids?.includes(session.id) ?? true) && (sources?.includes(session.source) ?? true)
      && (workspaces?.includes(session.workspace ?? '') ?? true)
      && (since === undefined || Date.parse(session.endedAt) >= Date.parse(since)) && (until === undefined || Date.parse(session.startedAt) < Date.parse(until)));
  }

  return { records, sessions, outline };
}

function* everySession(store: SelectStore): Generator<SessionSummary> {
  for (let page = store.sessions(sessionPage, undefined, everything); page.length > 0;) {
    yield* page;
    const last = page.at(-1);
    page = last ? store.sessions(sessionPage, { endedAt: last.endedAt, id: last.id }, everything) : [];
  }
}

function filter({ sessions, families, sources, workspaces, since, until }: ExportSelection): (record: DaybookRecord) => boolean {
  const [ids, origins, folders] = [sessions, sources, workspaces].map((list) => list && new Set(list));
  const from = since === undefined ? -Infinity : Date.parse(since);
  const to = until === undefined ? Infinity : Date.parse(until);
  return (record) => {
    const time = Date.parse(record.time);
    return time >= from && time < to
      && (!ids || ids.has(record.sessionid ?? '')) && (!origins || origins.has(record.source)) && (!folders || folders.has(record.workspace ?? ''))
      && (!families || families.includes(parseType(record.type)?.family ?? 'events'));
  };
}

/** Where a record stands in its session. */
type Positions = (record: DaybookRecord) => number;

/** Reads the order of a session once, and only where two of its records have one time. */
function createPositions(store: SelectStore): Positions {
  const orders = new Map<string, ReadonlyMap<string, number>>();
  return ({ sessionid = '', id }) => {
    const order = orders.get(sessionid) ?? new Map(store.sessionRecords(sessionid).map((record, at) => [record.id, at]));
    orders.delete(sessionid);
    orders.set(sessionid, order);
    const oldest = orders.keys().next();
    if (orders.size > rememberedOrders && !oldest.done) orders.delete(oldest.value);
    return order.get(id) ?? order.size;
  };
}

/** Records of one time: those of a session in its own order, so that reading an export back gives the session as it was. */
function ordered(group: readonly DaybookRecord[], position: Positions): readonly DaybookRecord[] {
  if (group.length < 2) return group;
  const bySession = Map.groupBy(group, ({ sessionid }) => sessionid ?? '');
  return [...bySession].sort(([a], [b]) => compare(a, b)).flatMap(([session, those]) => {
    if (session === '' || those.length < 2) return those.sort((a, b) => compare(a.id, b.id));
    return those.map((record) => ({ record, at: position(record) })).sort((a, b) => a.at - b.at || compare(a.record.id, b.record.id)).map(({ record }) => record);
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
