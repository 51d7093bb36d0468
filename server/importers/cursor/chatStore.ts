/**
 * The store of Cursor's command line: `chats/<md5 of the folder>/<session>/store.db`, one database for each session. Its table `meta`
 * says what the session is, as JSON in hexadecimal; its table `blobs` has messages as JSON and the graph between them as protobuf, each
 * under the hash of its content, and only ever gains rows. Messages are read in the order in which they were written.
 *
 * The producer publishes no schema. Learned from readers that others wrote and the stores they make for their tests:
 * https://github.com/yashas-salankimatt/sidecar (docs/plans/cursor-cli-adapter.md), and from what Cursor keeps beside a store since
 * 2026, `meta.json` with title and folder.
 */

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asNumber, asObject, asText, parseJson, parseObject, type JsonObject } from '../formats/json.ts';
import { fromMs, modified } from '../formats/moment.ts';
import { fileUri, segments } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import type { DatabaseStep, ImportedRecord, ReaderState, SourceDatabase, SourceFile } from '../importer.ts';
import { chatMessagesOf } from './chatMessage.ts';
import { sourceName } from './format.ts';

/** Name of the format in recognitions and session headers. */
export const storeFormat = 'cursor-cli-store';

/** Where a reading is. Plain JSON. */
interface Memory {
  /** Row of the last blob that was read. */
  row: number;
  /** RFC 3339; of the last prompt. */
  time: string;
  prompt?: string;
  hasMessages: boolean;
}

const stepRecords = 200;
const untitled = /^new agent$/i;

/** Reads what was added. See `read` of the contract. */
export function* readChatStore(database: SourceDatabase, file: SourceFile, state: ReaderState | undefined): Generator<DatabaseStep> {
  const about = aboutOf(database, file);
  const newest = database.newest('blobs');
  const known = state as Partial<Memory> | undefined;
  const memory: Memory = { row: 0, time: about.created, hasMessages: false, ...((known?.row ?? 0) > newest ? {} : known) };
  let records: ImportedRecord[] = [];
  const where = [{ column: 'rowid', is: '>', value: memory.row }] as const;
  for (const row of database.rows({ table: 'blobs', columns: ['rowid', 'id', 'data'], key: 'rowid', where })) {
    const id = String(row['id']);
    memory.row = asNumber(row['rowid']) ?? memory.row;
    if (row['data'] === undefined) {
      const message = `The blob ${id} of ${file.path} is too long and was passed over.`;
      yield { records, problems: [{ code: 'malformed-row', message, where: { file: file.path } }], state: { ...memory } };
      records = [];
      continue;
    }
    records.push(...recordsOf(id, messageIn(row['data']), about, memory));
    if (records.length < stepRecords) continue;
    yield { records, problems: [], state: { ...memory } };
    records = [];
  }
  memory.hasMessages ||= records.length > 0;
  if (memory.hasMessages) records.push({ kind: 'session', ...baseOf(about, about.created), data: headerOf(about, memory.prompt, file) });
  yield { records, problems: [], state: { ...memory } };
}

/** Files that the agent saw are blobs too: only what has a role is a message. */
function messageIn(data: string | number | null): JsonObject | undefined {
  const value = typeof data === 'string' && data.startsWith('{') ? parseObject(data) : undefined;
  return value !== undefined && asText(value['role']) !== undefined && value['content'] !== undefined ? value : undefined;
}

function recordsOf(id: string, value: JsonObject | undefined, about: About, memory: Memory): readonly ImportedRecord[] {
  if (!value) return [];
  memory.hasMessages = true;
  const read = chatMessagesOf(id, value, about.model);
  memory.time = read?.time ?? memory.time;
  const base = baseOf(about, memory.time);
  if (!read) return [{ kind: 'unknown', id, ...base, data: { nativeType: String(value['role']), raw: keepRaw(value) } }];
  return read.said.map(({ id: own, message: data }) => {
    const words = data.role === 'user' && !data.synthetic ? data.parts.find((part) => part.type === 'text') : undefined;
    if (words) Object.assign(memory, present('prompt', memory.prompt ?? titleFrom(words.content)));
    const actor = data.role === 'assistant' ? `agent:${sourceName}` : data.role === 'user' && !data.synthetic ? 'user' : undefined;
    return { kind: 'message', id: own, ...base, ...present('actor', actor), data };
  });
}

interface About {
  readonly session: string;
  /** RFC 3339. */
  readonly created: string;
  readonly title?: string;
  readonly model?: string;
  readonly cwd?: string;
}

function aboutOf(database: SourceDatabase, file: SourceFile): About {
  let meta: JsonObject = {};
  for (const { value } of database.rows({ table: 'meta', columns: ['value'], key: 'key', where: [{ column: 'key', is: '=', value: '0' }] })) {
    const text = asText(value) ?? '';
    meta = asObject(parseJson(text.startsWith('{') ? text : Buffer.from(text, 'hex').toString('utf8'))) ?? {};
  }
  const beside = parseObject(file.neighbour('meta.json') ?? '') ?? {};
  const name = titleFrom(asText(beside['title']) ?? asText(meta['name']) ?? '');
  return {
    session: asText(meta['agentId']) ?? segments(file.path).at(-2) ?? file.path,
    created: fromMs(meta['createdAt']) ?? fromMs(beside['createdAtMs']) ?? modified(file),
    ...present('title', name !== undefined && untitled.test(name) ? undefined : name),
    ...present('model', asText(meta['lastUsedModel'])),
    ...present('cwd', asText(beside['cwd'])),
  };
}

function baseOf({ session, cwd }: About, time: string): { readonly session: string; readonly time: string; readonly workspace?: string } {
  return { session, time, ...present('workspace', cwd === undefined ? undefined : fileUri(cwd)) };
}

function headerOf({ title, cwd }: About, prompt: string | undefined, file: SourceFile): ChatSessionHeader {
  const shown = title ?? prompt;
  return {
    ...(shown === undefined ? {} : { title: shown, titleSource: title === undefined ? 'first-prompt' : 'ai' }),
    ...present('cwd', cwd),
    agent: { name: 'Cursor' },
    fidelity: 'partial',
    fidelityReason: 'The command line of Cursor writes no token counts and times of prompts only, and keeps what was said twice once.',
    format: storeFormat,
    origin: file.path,
  };
}
