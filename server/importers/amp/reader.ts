import type { ChatMessage, ChatSessionHeader } from '../../../shared/session.ts';
import type { ImportedRecord, SourceFile, SourceReader } from '../importer.ts';
import { present } from '../formats/fields.ts';
import { asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromMs, modified } from '../formats/moment.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { openWholeDocument } from '../formats/wholeDocument.ts';
import { messagesOf } from './conversation.ts';
import { entriesOf, formatName, sourceName, type Entry } from './format.ts';
import { placeOf } from './place.ts';

/** Reads one thread. See `open` of the contract. */
export function openReader(file: SourceFile): SourceReader {
  return openWholeDocument(file, (document) => recordsOf(asObject(document) ?? {}, file));
}

function recordsOf(document: JsonObject, file: SourceFile): readonly ImportedRecord[] | undefined {
  const entries = entriesOf(document);
  const session = asText(document['id']);
  if (!entries || session === undefined) return undefined;
  const { uri, about } = placeOf(document);
  const base = { session, ...present('workspace', uri) };
  const start = fromMs(document['created']) ?? modified(file);
  const records = inTime(entries, start).flatMap(({ entry, time }) => entryRecords(entry, { ...base, time }));
  if (records.length === 0) return [];
  const data: ChatSessionHeader = {
    ...titleOf(document, records),
    ...about,
    fidelity: 'partial',
    fidelityReason: 'Amp writes when a prompt was sent, not when it was answered.',
    format: formatName,
    origin: file.path,
  };
  return [{ kind: 'session', ...base, time: start, data }, ...records];
}

interface Base {
  readonly session: string;
  readonly workspace?: string;
  readonly time: string;
}

function entryRecords(entry: Entry, base: Base): readonly ImportedRecord[] {
  const said = messagesOf(entry);
  if (said) return said.map(({ id, message }) => ({ kind: 'message', id, ...base, ...actorOf(message), data: message }));
  return [{ kind: 'unknown', id: entry.id, ...base, data: { nativeType: entry.role || '(no role)', raw: keepRaw(entry.value) } }];
}

/** The moment of each entry, as far as known: never before that of an earlier one. */
function inTime(entries: readonly Entry[], start: string): readonly { readonly entry: Entry; readonly time: string }[] {
  let last = start;
  return entries.map((entry) => {
    const own = fromMs(asObject(entry.value['meta'])?.['sentAt']);
    if (own !== undefined && own > last) last = own;
    return { entry, time: last };
  });
}

function titleOf(document: JsonObject, records: readonly ImportedRecord[]): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const given = titleFrom(asText(document['title']) ?? '');
  if (given !== undefined) return { title: given, titleSource: 'ai' };
  const texts = records.flatMap((record) => (record.kind === 'message' && isAsked(record.data) ? record.data.parts : []));
  const title = titleFrom(texts.flatMap((part) => (part.type === 'text' ? [part.content] : [])).join('\n'));
  return title === undefined ? {} : { title, titleSource: 'first-prompt' };
}

function actorOf(message: ChatMessage): { readonly actor?: string } {
  if (message.role === 'assistant') return { actor: `agent:${sourceName}` };
  return isAsked(message) ? { actor: 'user' } : {};
}

function isAsked({ role, synthetic }: ChatMessage): boolean {
  return role === 'user' && !synthetic;
}
