/** The table of sessions: who they are and their figures, kept up to date record by record. */

import type { DaybookRecord } from '../../shared/record.ts';
import type { ChatMessage, ChatSessionHeader, Usage } from '../../shared/session.ts';
import { isPrompt, isReply } from '../../shared/session.ts';
import type { Sqlite } from './database.ts';
import { hash48 } from './key.ts';
import { text, whole } from './payload.ts';
import type { StatisticsIndex, TokenPlace } from './statisticsIndex.ts';
import type { Words } from './words.ts';

export interface SessionIndex {
  /** The session of a record, new where needed. */
  idFor(record: DaybookRecord, isChat: boolean, path: string): number;
  /** Counts the time of a record, whether or not it is the latest revision. */
  addTime(session: number, time: number): void;
  setHeader(session: number, header: Partial<ChatSessionHeader>): void;
  addMessage(session: number, id: string, message: ChatMessage, record: DaybookRecord): void;
  /** Takes back what `addMessage` counted. */
  removeMessage(session: number, id: string, message: ChatMessage): void;
  addExecutions(session: number, count: number): void;
  /** Sessions whose figures cannot be told from what was added and removed: they have to be counted anew. */
  takeUnclear(): number[];
  /** Says that a session has to be counted anew. */
  unclear(session: number): void;
  /** Sets the figures of a session to nothing. */
  reset(session: number): void;
  /** Writes what was counted. */
  flush(): void;
  /** Forgets what was counted and not written. */
  discard(): void;
}

const tokens = ['input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens'] as const;
type Tokens = readonly (number | null)[];

interface Delta {
  started: number;
  ended: number;
  prompts: number;
  replies: number;
  executions: number;
  tokens: number[];
}

export function openSessionIndex(database: Sqlite, words: Words, statistics: Pick<StatisticsIndex, 'addTokens'>): SessionIndex {
  const deltas = new Map<number, Delta>();
  const unclear = new Set<number>();
  const ids = new Map<string, number>();
  const select = database.prepare<[string], { id: number; kind: string }>('SELECT id, kind FROM session WHERE name = ?');
  const insert = database.prepare('INSERT INTO session (name, kind, source, path, workspace) VALUES (?, ?, ?, ?, ?)');
  const becomeChat = database.prepare(`UPDATE session SET kind = 'chat', source = ?, path = ? WHERE id = ?`);
  const setWorkspace = database.prepare('UPDATE session SET workspace = ? WHERE id = ? AND workspace IS NULL');
  const setHeader = database.prepare('UPDATE session SET title = ?, parent = ?, relation = ?, fidelity = ?, fidelity_reason = ?, origin = ? WHERE id = ?');
  const responses = openResponses(database);
  const write = prepareWrite(database);

  function delta(session: number): Delta {
    let found = deltas.get(session);
    if (!found) {
      found = { started: Infinity, ended: -Infinity, prompts: 0, replies: 0, executions: 0, tokens: tokens.map(() => 0) };
      deltas.set(session, found);
    }
    return found;
  }

  function addTokens(session: number, place: TokenPlace, responses: number, before: Tokens, after: Tokens): void {
    const sums = delta(session).tokens;
    const added = tokens.map((_, at) => (after[at] ?? 0) - (before[at] ?? 0));
    for (const [at, more] of added.entries()) sums[at] = (sums[at] ?? 0) + more;
    statistics.addTokens(place, responses, added);
  }

  const placeOf = ({ time, source, workspace }: DaybookRecord, { model }: ChatMessage): TokenPlace =>
    [Math.floor(Date.parse(time) / 3_600_000), words.number(source), words.number(text(model) ?? ''), words.id(workspace) ?? 0];

  function discard(): void {
    deltas.clear();
    unclear.clear();
    ids.clear();
  }

  return {
    idFor(record, isChat, path) {
      const name = record.sessionid ?? '';
      const known = ids.get(`${isChat} ${record.workspace ?? ''} ${name}`);
      if (known !== undefined) return known;
      const found = select.get(name);
      const id = found?.id ?? Number(insert.run(
        name, isChat ? 'chat' : 'coding', words.id(record.source), isChat ? path : null, words.id(record.workspace),
      ).lastInsertRowid);
      if (found) {
        if (isChat && found.kind !== 'chat') becomeChat.run(words.id(record.source), path, id);
        if (record.workspace !== undefined) setWorkspace.run(words.id(record.workspace), id);
      }
      ids.set(`${isChat} ${record.workspace ?? ''} ${name}`, id);
      return id;
    },
    addTime(session, time) {
      const sums = delta(session);
      sums.started = Math.min(sums.started, time);
      sums.ended = Math.max(sums.ended, time);
    },
    setHeader(session, { title, parent, relation, fidelity, fidelityReason, origin }) {
      setHeader.run(...[title, parent, relation, fidelity, fidelityReason, origin].map(text), session);
    },
    addMessage(session, id, message, record) {
      if (isPrompt(message)) delta(session).prompts++;
      if (!isReply(message)) return;
      const { isNew, place, before, after } = responses.add(session, responseOf(id, message), usageOf(message), placeOf(record, message));
      if (isNew) delta(session).replies++;
      addTokens(session, place, isNew ? 1 : 0, before, after);
    },
    removeMessage(session, id, message) {
      if (isPrompt(message)) delta(session).prompts--;
      if (!isReply(message)) return;
      const gone = responses.remove(session, responseOf(id, message));
      if (!gone) return void unclear.add(session);
      delta(session).replies--;
      addTokens(session, gone.place, -1, gone.usage, []);
    },
    addExecutions(session, count) {
      delta(session).executions += count;
    },
    takeUnclear() {
      const sessions = [...unclear];
      unclear.clear();
      return sessions;
    },
    unclear: (session) => void unclear.add(session),
    reset(session) {
      deltas.delete(session);
      for (const { place, usage } of responses.clear(session)) statistics.addTokens(place, -1, usage.map((count) => -(count ?? 0)));
      write.reset(session);
    },
    flush() {
      for (const [session, sums] of deltas) write.add(session, sums);
      discard(); // another process may write before the next batch
    },
    discard,
  };
}

/** A reply without an id of its own is one response. */
function responseOf(id: string, { responseId }: ChatMessage): number {
  return hash48(typeof responseId === 'string' ? responseId : `message ${id}`);
}

function usageOf(message: ChatMessage): Tokens {
  const usage: Usage = message.usage ?? {};
  return [usage.inputTokens, usage.cacheReadTokens, usage.cacheWriteTokens, usage.outputTokens, usage.reasoningTokens].map(whole);
}

interface Counted {
  /** Of its first message: there its tokens are counted. */
  readonly place: TokenPlace;
  readonly usage: Tokens;
}

interface Responses {
  add(session: number, id: number, usage: Tokens, place: TokenPlace): {
    readonly isNew: boolean; readonly place: TokenPlace; readonly before: Tokens; readonly after: Tokens;
  };
  /** What was counted of a response that has no message any more; undefined when it has, and its usage is uncertain. */
  remove(session: number, id: number): Counted | undefined;
  /** Returns what was counted. */
  clear(session: number): Counted[];
}

function openResponses(database: Sqlite): Responses {
  const places = ['hour', 'source', 'model', 'workspace'];
  const columns = [...places, ...tokens].join(', ');
  const select = database.prepare<[number, number]>(`SELECT messages, ${columns} FROM response WHERE session = ? AND id = ?`).raw();
  const all = database.prepare<[number]>(`SELECT messages, ${columns} FROM response WHERE session = ?`).raw();
  const put = database.prepare(`REPLACE INTO response (session, id, messages, ${columns}) VALUES (?, ?, ?, ${[...places, ...tokens].map(() => '?').join(', ')})`);
  const drop = database.prepare('DELETE FROM response WHERE session = ? AND id = ?');
  const clear = database.prepare('DELETE FROM response WHERE session = ?');
  const counted = ([messages = 0, hour = 0, source = 0, model = 0, workspace = 0, ...usage]: readonly (number | null)[]): Counted & { messages: number } =>
    ({ messages: messages ?? 0, place: [hour ?? 0, source ?? 0, model ?? 0, workspace ?? 0], usage });
  const find = (session: number, id: number): (Counted & { messages: number }) | undefined => {
    const row = select.get(session, id) as (number | null)[] | undefined;
    return row && counted(row);
  };
  return {
    add(session, id, usage, here) {
      const before = find(session, id);
      const place = before?.place ?? here;
      const after = tokens.map((_, at) => largest(before?.usage[at], usage[at]));
      put.run(session, id, (before?.messages ?? 0) + 1, ...place, ...after);
      return { isNew: !before, place, before: before?.usage ?? [], after };
    },
    remove(session, id) {
      const before = find(session, id);
      if (before?.messages !== 1) return undefined;
      drop.run(session, id);
      return before;
    },
    clear(session) {
      const rows = (all.all(session) as (number | null)[][]).map(counted);
      clear.run(session);
      return rows;
    },
  };
}

function largest(one: number | null | undefined, other: number | null | undefined): number | null {
  const known = [one, other].filter((tokens) => typeof tokens === 'number');
  return known.length > 0 ? Math.max(...known) : null;
}

function prepareWrite(database: Sqlite): { add(session: number, sums: Delta): void; reset(session: number): void } {
  const update = database.prepare(`
    UPDATE session SET
      started = min(coalesce(started, @started), coalesce(@started, started)), ended = max(coalesce(ended, @ended), coalesce(@ended, ended)),
      prompts = prompts + @prompts, replies = replies + @replies, tool_executions = tool_executions + @executions,
      ${tokens.map((name) => `${name} = ${name} + @${name}`).join(', ')}
    WHERE id = @id`);
  const zero = database.prepare(`
    UPDATE session SET started = NULL, ended = NULL, prompts = 0, replies = 0, tool_executions = 0, ${tokens.map((name) => `${name} = 0`).join(', ')}
    WHERE id = ?`);
  return {
    add(id, { started, ended, prompts, replies, executions, tokens: sums }) {
      const times = { started: Number.isFinite(started) ? started : null, ended: Number.isFinite(ended) ? ended : null };
      update.run({ id, ...times, prompts, replies, executions, ...Object.fromEntries(tokens.map((name, at) => [name, sums[at] ?? 0])) });
    },
    reset: (session) => void zero.run(session),
  };
}
