/** What to forget, chosen: from words of a person to ids and names, and what that would be. */

import { ProblemError } from '../shared/problem.ts';
import type { ForgetParams, ForgetSelection } from '../shared/protocol.ts';
import type { DaybookRecord } from '../shared/record.ts';
import type { ForgetPreview, ForgetReceipt, ForgottenRecord, SessionSummary } from '../shared/results.ts';
import type { LookedInto } from './exported/forgetting.ts';
import type { Going } from './exported/judging.ts';
import type { Select } from './query/select.ts';
import { baseId } from './store/counts.ts';

/** What forgetting needs of the store. */
export interface ForgetStore {
  forget(what: { readonly records: Iterable<string>; readonly sessions: Iterable<string> }, onProgress?: OnForgetProgress): ForgottenRecord;
  record(id: string): DaybookRecord | undefined;
  scan(range: { readonly kinds: readonly string[] }): Iterable<DaybookRecord>;
  sessions(limit: number, before: { readonly endedAt: string; readonly id: string } | undefined, choice: { readonly only: 'everything' }): readonly SessionSummary[];
  sessionRecords(id: string): readonly DaybookRecord[];
}

/** Journal files that were looked through, of all. */
export type OnForgetProgress = (done: number, total: number) => void;

export interface Forgetting {
  /** Rejects with a ProblemError: `nothing-chosen`, `not-found`. */
  preview(selection: ForgetSelection): Promise<ForgetPreview>;
  /** Gone for good when it resolves. Rejects like `preview`. */
  forget(params: ForgetParams, onProgress?: OnForgetProgress): Promise<ForgetReceipt>;
}

interface Chosen {
  readonly sessions: readonly SessionSummary[];
  /** Records that are not in those sessions. */
  readonly records: Iterable<DaybookRecord>;
}

const sessionPage = 500;

/** @param intoExports looks for what is to go in files that were exported */
export function createForgetting(store: ForgetStore, select: Select, intoExports: (going: Going) => Promise<LookedInto>): Forgetting {
  function choose({ ids, files, ...selection }: ForgetSelection): Chosen {
    if (ids) return { sessions: [], records: about(narrowed(ids.map(record), selection), files) };
    const { sessions, ...others } = selection;
    if (!files && isEmpty(others)) {
      if (sessions) return wholeSessions(sessions);
      throw new ProblemError({ code: 'nothing-chosen', message: 'Say what to forget. To forget everything, delete the data directory.' });
    }
    return { sessions: [], records: about(select.records(selection), files) };
  }

  function record(id: string): DaybookRecord {
    const found = store.record(id);
    if (!found) throw new ProblemError({ code: 'not-found', message: `There is no record ${id}.` });
    return found;
  }

  function narrowed(records: readonly DaybookRecord[], selection: Omit<ForgetSelection, 'files' | 'ids'>): readonly DaybookRecord[] {
    if (isEmpty(selection)) return records;
    const chosen = new Set(Array.from(select.records(selection), ({ id }) => id));
    return records.filter(({ id }) => chosen.has(id));
  }

  /** A chat goes by its name, with its subagents. A coding session goes on in the editor: what it has so far goes record by record. */
  function wholeSessions(names: readonly string[]): Chosen {
    const all = everySession();
    const byId = new Map(all.map((session) => [session.id, session]));
    const unknown = names.find((name) => !byId.has(name));
    if (unknown !== undefined) throw new ProblemError({ code: 'not-found', message: `There is no session ${unknown}.` });
    const chosen = new Set(names);
    for (let before = 0; before < chosen.size;) {
      before = chosen.size;
      for (const { id, parent, relation } of all) if (relation === 'subagent' && parent !== undefined && chosen.has(parent)) chosen.add(id);
    }
    const [chats, coding] = ['chat', 'coding'].map((kind) => all.filter((session) => session.kind === kind && chosen.has(session.id))) as [SessionSummary[], SessionSummary[]];
    return { sessions: chats, records: coding.length > 0 ? [...coding.flatMap(({ id }) => store.sessionRecords(id)), ...marksOf(new Set(coding.map(({ id }) => id)))] : [] };
  }

  function marksOf(sessions: ReadonlySet<string>): DaybookRecord[] {
    return [...store.scan({ kinds: ['session.marked'] })].filter(({ data }) => sessions.has((data as { readonly session?: string }).session ?? ''));
  }

  function everySession(): SessionSummary[] {
    const all: SessionSummary[] = [];
    for (let page = store.sessions(sessionPage, undefined, { only: 'everything' }); page.length > 0;) {
      all.push(...page);
      const last = page.at(-1);
      page = last ? store.sessions(sessionPage, { endedAt: last.endedAt, id: last.id }, { only: 'everything' }) : [];
    }
    return all;
  }

  return {
    async preview(selection) {
      const { sessions, records } = choose(selection);
      const span = createSpan();
      for (const { id } of sessions) store.sessionRecords(id).forEach(span.add);
      const parts = new Set<string>();
      const ids = new Set<string>();
      for (const each of records) {
        span.add(each);
        ids.add(each.id);
        if (each.sessionid !== undefined) parts.add(each.sessionid);
      }
      const { found } = await intoExports(goingOf(sessions, ids));
      return { ...span.get(), sessions: sessions.map(({ id, title }) => ({ id, title })), parts: parts.size, exports: found };
    },
    async forget({ exports: choice = 'lines', ...selection }, onProgress) {
      const { sessions, records } = choose(selection);
      // All ids first: what is read here is rewritten below.
      const ids = new Set(Array.from(records, ({ id }) => id));
      const exports = await intoExports(goingOf(sessions, ids));
      // Exports first, for what they hold is told by the record: whoever dies in between can do it once more.
      await exports.take(choice);
      const receipt = store.forget({ sessions: sessions.map(({ id }) => id), records: ids }, onProgress);
      return { ...receipt, exports: await exports.receipt() };
    },
  };
}

function goingOf(sessions: readonly SessionSummary[], ids: ReadonlySet<string>): Going {
  return { sessions: new Set(sessions.map(({ id }) => id)), records: new Set(Array.from(ids, baseId)) };
}

function isEmpty(selection: object): boolean {
  return Object.values(selection).every((each) => each === undefined);
}

function about(records: Iterable<DaybookRecord>, files: readonly string[] | undefined): Iterable<DaybookRecord> {
  return files ? those(records, new Set(files)) : records;
}

function* those(records: Iterable<DaybookRecord>, files: ReadonlySet<string>): Generator<DaybookRecord> {
  for (const record of records) {
    const { uri, oldUri } = (record.data ?? {}) as { readonly uri?: unknown; readonly oldUri?: unknown };
    const subject = record.subject !== undefined && record.workspace !== undefined ? `${record.workspace}/${encodeURI(record.subject)}` : undefined;
    if ([uri, oldUri, subject].some((each) => typeof each === 'string' && files.has(each))) yield record;
  }
}

function createSpan(): { add(record: DaybookRecord): void; get(): Pick<ForgetPreview, 'records' | 'first' | 'last'> } {
  const span: { records: number; first: string | null; last: string | null } = { records: 0, first: null, last: null };
  return {
    add({ time }) {
      span.records++;
      if (span.first === null || time < span.first) span.first = time;
      if (span.last === null || time > span.last) span.last = time;
    },
    get: () => span,
  };
}
