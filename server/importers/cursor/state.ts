/**
 * Cursor's database `state.vscdb`: keys and values. Its table replaces a row that is written again (`UNIQUE ON CONFLICT REPLACE`), so
 * that every change has a larger `rowid` than all before: only keys behind the last one are looked at, and values by their key alone.
 * The table beside it holds tokens of the account and is never read.
 */

import type { Problem } from '../../../shared/problem.ts';
import { present } from '../formats/fields.ts';
import { asNumber, asObject, asText, parseJson, type JsonObject } from '../formats/json.ts';
import { keepRaw } from '../formats/raw.ts';
import type { DatabaseStep, ImportedRecord, ReaderState, Row, SourceDatabase, SourceFile } from '../importer.ts';
import { messagesOf, momentOf } from './bubble.ts';
import { composerOf, headerOf, type Composer } from './composer.ts';
import { sourceName } from './format.ts';

const table = 'cursorDiskKV';
const chats = 'composerData:';
/** When the newest rows are deleted, their numbers are given to the next ones. */
const overlapRows = 500;
/** Records of a step of a long chat. */
const stepRecords = 200;

/** Reads the chats that changed. See `read` of the contract. */
export function* readState(database: SourceDatabase, file: SourceFile, state: ReaderState | undefined): Generator<DatabaseStep> {
  const newest = database.newest(table);
  const known = asNumber(state?.['row']);
  if (known === undefined) {
    const after = asText(state?.['chat']) ?? chats;
    const until = asNumber(state?.['until']) ?? newest;
    const where = [{ column: 'key', is: '>', value: after }, { column: 'key', is: '<', value: 'composerData;' }] as const;
    for (const row of database.rows({ table, columns: ['key', 'value'], key: 'key', where })) {
      yield* stepsOf(row, database, file, { chat: String(row['key']), until }, state ?? { until });
    }
    yield { records: [], problems: [], state: { row: until } };
  } else {
    const from = newest < known ? 0 : Math.max(0, known - overlapRows);
    for (const id of changedChats(database, from)) {
      const where = [{ column: 'key', is: '=', value: chats + id }] as const;
      for (const row of database.rows({ table, columns: ['key', 'value'], key: 'key', where })) yield* stepsOf(row, database, file, { row: known }, { row: known });
    }
    yield { records: [], problems: [], state: { row: newest } };
  }
}

/** @param from row behind which is looked */
function changedChats(database: SourceDatabase, from: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { key } of database.rows({ table, columns: ['key'], key: 'rowid', where: [{ column: 'rowid', is: '>', value: from }] })) {
    const [, id] = /^(?:composerData|bubbleId):([^:]+)/.exec(String(key)) ?? [];
    if (id !== undefined) found.add(id);
  }
  return found;
}

/** One chat, in several steps when it is long; only behind the last of them it is read. */
function* stepsOf(row: Row, database: SourceDatabase, file: SourceFile, done: ReaderState, underWay: ReaderState): Generator<DatabaseStep> {
  const key = String(row['key']);
  if (row['value'] === null) return; // a chat that was deleted
  const value = objectIn(row);
  if (!value) {
    yield { records: [], problems: [unreadable(file, key, row)], state: done };
    return;
  }
  const composer = composerOf(key.slice(chats.length), value, file);
  let [records, problems]: [ImportedRecord[], Problem[]] = [[], []];
  let time = composer.created;
  let first: string | undefined;
  let isEmpty = true;
  for (const { id, inline } of composer.bubbles) {
    const stored = inline === undefined ? bubbleRow(database, composer.id, id) : undefined;
    const bubble = inline ?? (stored && objectIn(stored));
    if (!bubble) {
      // Cursor keeps the names of bubbles that it deleted.
      if (stored && stored['value'] !== null) problems.push(unreadable(file, `bubbleId:${composer.id}:${id}`, stored));
      continue;
    }
    time = momentOf(bubble) ?? time;
    first ??= bubble['type'] === 1 ? asText(bubble['text']) : undefined;
    records.push(...recordsOf(id, bubble, composer, time));
    isEmpty &&= records.length === 0;
    if (records.length < stepRecords) continue;
    yield { records, problems, state: underWay };
    [records, problems] = [[], []];
  }
  if (!isEmpty) records.push({ kind: 'session', ...baseOf(composer, composer.created), data: headerOf(composer, first, file) });
  yield { records, problems, state: done };
}

function recordsOf(id: string, bubble: JsonObject, composer: Composer, time: string): readonly ImportedRecord[] {
  const base = baseOf(composer, time);
  const said = messagesOf(id, bubble, composer.model);
  if (!said) return [{ kind: 'unknown', id, ...base, data: { nativeType: `bubble ${JSON.stringify(bubble['type']) ?? ''}`.slice(0, 80), raw: keepRaw(bubble) } }];
  return said.map(({ id: own, message }) => {
    const actor = message.role === 'assistant' ? `agent:${sourceName}` : message.role === 'user' ? 'user' : undefined;
    return { kind: 'message', id: own, ...base, ...present('actor', actor), data: message };
  });
}

function baseOf({ id, workspace }: Composer, time: string): { readonly session: string; readonly time: string; readonly workspace?: string } {
  return { session: id, time, ...present('workspace', workspace) };
}

function bubbleRow(database: SourceDatabase, composer: string, id: string): Row | undefined {
  const where = [{ column: 'key', is: '=', value: `bubbleId:${composer}:${id}` }] as const;
  for (const row of database.rows({ table, columns: ['value'], key: 'key', where })) return row;
  return undefined;
}

function objectIn({ value }: Row): JsonObject | undefined {
  return typeof value === 'string' ? asObject(parseJson(value)) : undefined;
}

function unreadable(file: SourceFile, key: string, { value }: Row): Problem {
  const what = value === undefined ? 'is too long' : 'holds no JSON object';
  return { code: 'malformed-row', message: `The value of ${key} in ${file.path} ${what} and was passed over.`, where: { file: file.path } };
}
