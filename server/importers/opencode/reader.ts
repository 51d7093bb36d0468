import type { Problem } from '../../../shared/problem.ts';
import { asNumber, asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromMs, modified } from '../formats/moment.ts';
import { keepRaw } from '../formats/raw.ts';
import type { DatabaseStep, ImportedRecord, ReaderState, Row, SourceDatabase, SourceFile } from '../importer.ts';
import { dataOf, messageQuery, partQuery, sourceName } from './format.ts';
import { messagesOf } from './messages.ts';
import type { StoredPart } from './parts.ts';
import { changedSessions, headerOf, sessionOfId, type Session } from './session.ts';

/** Where a reading is. Plain JSON. */
interface Memory {
  /** Milliseconds: what changed before is read. */
  since: number;
  /** Row of the last message of a reading that is under way. */
  after?: number;
  /** Milliseconds: when that reading began, and the newest change it met. */
  began?: number;
  newest?: number;
  /** Id of the first message that was taken back, by session. */
  reverted: { [session: string]: string };
}

/** A message is written before its parts, and a clock may be set back: what changed so shortly before is read again. */
const overlapMs = 600_000;
const stepMessages = 100;
const stepCharacters = 4 << 20;

/** Reads what changed. See `read` of the contract. */
export function* read(database: SourceDatabase, file: SourceFile, state: ReaderState | undefined): Generator<DatabaseStep> {
  const memory: Memory = { since: 0, reverted: {}, ...(state as Partial<Memory> | undefined) };
  const sessions = new Map<string, Session>();
  const since = Math.max(0, memory.since - overlapMs);
  memory.began ??= Date.now();
  memory.newest ??= memory.since;
  let step = newStep();

  function sessionOf(id: string): Session {
    const session = sessions.get(id) ?? sessionOfId(database, id);
    sessions.set(id, session);
    return session;
  }

  function readMessage(row: Row): void {
    const session = sessionOf(String(row['session_id']));
    const { records, problems, characters } = messageRecords(database, row, session, file);
    if (records.length > 0 && !step.headers.has(session.id)) step.headers.set(session.id, headerOf(session, database, file));
    step.records.push(...records);
    step.problems.push(...problems);
    step.characters += characters;
    step.messages++;
  }

  function taken(): DatabaseStep {
    const { records, headers, problems } = step;
    step = newStep();
    return { records: [...records, ...headers.values()], problems, state: { ...memory, reverted: { ...memory.reverted } } };
  }

  const isFull = (): boolean => step.messages >= stepMessages || step.characters >= stepCharacters;

  for (const session of memory.after === undefined ? changedSessions(database, since) : []) {
    for (const row of turnedMessages(database, session, memory.reverted[session.id])) readMessage(row);
    if (session.reverted === undefined) Reflect.deleteProperty(memory.reverted, session.id);
    else memory.reverted[session.id] = session.reverted;
    // A title may have changed and nothing else.
    if (hasMessages(database, session.id)) step.headers.set(session.id, headerOf(session, database, file));
    if (isFull() || step.headers.size >= stepMessages) yield taken();
  }
  const where = [{ column: 'time_updated', is: '>=', value: since }, { column: 'rowid', is: '>', value: memory.after ?? 0 }] as const;
  for (const row of database.rows({ ...messageQuery, where })) {
    readMessage(row);
    memory.after = asNumber(row['rowid']) ?? 0;
    memory.newest = Math.max(memory.newest, asNumber(row['time_updated']) ?? 0);
    if (isFull()) yield taken();
  }
  memory.since = Math.min(memory.newest, memory.began);
  for (const key of ['after', 'began', 'newest'] as const) Reflect.deleteProperty(memory, key);
  yield taken();
}

interface Step {
  readonly records: ImportedRecord[];
  readonly headers: Map<string, ImportedRecord>;
  readonly problems: Problem[];
  messages: number;
  characters: number;
}

function newStep(): Step {
  return { records: [], headers: new Map(), problems: [], messages: 0, characters: 0 };
}

/** Messages that a person took back, or took back no longer: their own rows did not change. */
function turnedMessages(database: SourceDatabase, { id, reverted }: Session, before: string | undefined): Iterable<Row> {
  const from = [reverted, before].filter((each) => each !== undefined).sort()[0];
  if (from === undefined || reverted === before) return [];
  return database.rows({ ...messageQuery, where: [{ column: 'session_id', is: '=', value: id }, { column: 'id', is: '>=', value: from }] });
}

/** Whether a session has a message. */
export function hasMessages(database: SourceDatabase, id: string): boolean {
  const rows = database.rows({ table: 'message', columns: ['id'], key: 'id', where: [{ column: 'session_id', is: '=', value: id }] });
  return rows[Symbol.iterator]().next().done !== true;
}

interface MessageReading {
  readonly records: readonly ImportedRecord[];
  readonly problems: readonly Problem[];
  readonly characters: number;
}

/** What a row of the table `message` and its parts say. */
export function messageRecords(database: SourceDatabase, row: Row, session: Session, file: SourceFile): MessageReading {
  const id = String(row['id']);
  const value = dataOf(row);
  if (!value) return { records: [], problems: [unreadable(file, 'message', row)], characters: 0 };
  const problems: Problem[] = [];
  const parts: StoredPart[] = [];
  let characters = 0;
  for (const part of database.rows({ ...partQuery, where: [{ column: 'message_id', is: '=', value: id }] })) {
    const stored = dataOf(part);
    characters += String(part['data']).length;
    if (stored) parts.push({ id: String(part['id']), value: stored });
    else problems.push(unreadable(file, 'part', part));
  }
  const created = createdOf(row, value);
  const base = { session: session.id, time: fromMs(created) ?? modified(file), ...(session.workspace !== undefined && { workspace: session.workspace }) };
  const said = messagesOf(id, value, parts, {
    isTask: session.hasParent,
    isCopied: created !== undefined && session.created !== undefined && created < session.created,
    isSuperseded: session.reverted !== undefined && id >= session.reverted,
  });
  if (!said) {
    const nativeType = asText(value['role']) ?? '(no role)';
    return { records: [{ kind: 'unknown', id, ...base, data: { nativeType, raw: keepRaw(value) } }], problems, characters };
  }
  const records = said.map(({ id: own, message }) => ({ kind: 'message' as const, id: own, ...base, ...actorOf(message), data: message }));
  return { records, problems, characters };
}

/** Milliseconds since 1970, as the message says itself. */
function createdOf(row: Row, value: JsonObject): number | undefined {
  return asNumber(asObject(value['time'])?.['created']) ?? asNumber(row['time_created']);
}

function actorOf({ role, synthetic }: { readonly role: string; readonly synthetic?: true }): { readonly actor?: string } {
  if (role === 'assistant') return { actor: `agent:${sourceName}` };
  return role === 'user' && !synthetic ? { actor: 'user' } : {};
}

function unreadable(file: SourceFile, table: string, row: Row): Problem {
  const what = row['data'] === undefined ? 'is too long' : 'holds no JSON object';
  return { code: 'malformed-row', message: `The ${table} ${String(row['id'])} of ${file.path} ${what} and was passed over.`, where: { file: file.path } };
}
