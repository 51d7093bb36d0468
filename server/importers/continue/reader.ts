import type { ChatSessionHeader } from '../../../shared/session.ts';
import type { ImportedRecord, SourceFile, SourceReader } from '../importer.ts';
import { present } from '../formats/fields.ts';
import { asArray, asNumber, asObject, asText, parseJson, type JsonObject } from '../formats/json.ts';
import { fromMs, fromText, modified } from '../formats/moment.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { openWholeDocument } from '../formats/wholeDocument.ts';
import { textOf } from './content.ts';
import { conversationOf, type Said } from './conversation.ts';
import { formatName, givenTitle, itemsOf, sourceName } from './format.ts';
import { workspaceOf } from './place.ts';

/** Reads one session. See `open` of the contract. */
export function openReader(file: SourceFile): SourceReader {
  return openWholeDocument(file, (document) => recordsOf(asObject(document) ?? {}, file));
}

function recordsOf(document: JsonObject, file: SourceFile): readonly ImportedRecord[] | undefined {
  const items = itemsOf(document);
  const session = asText(document['sessionId']);
  if (!items || session === undefined) return undefined;
  const { said, unknown } = conversationOf(items, document);
  if (said.length === 0) return [];
  const workspace = workspaceOf(document['workspaceDirectory']);
  const start = createdAt(session, file) ?? said.map(({ at }) => fromMs(at)).find((time) => time !== undefined) ?? modified(file);
  const base = { session, ...present('workspace', workspace.uri) };
  const data: ChatSessionHeader = {
    ...titleOf(document, said),
    ...present('cwd', workspace.cwd),
    agent: { name: 'Continue' },
    fidelity: 'partial',
    fidelityReason: 'Continue writes no times of messages.',
    format: formatName,
    origin: file.path,
  };
  return [
    { kind: 'session', ...base, time: start, data },
    ...inTime(said, start).map(({ id, message, time }): ImportedRecord => {
      return { kind: 'message', id, ...base, time, ...actorOf(message), data: message };
    }),
    ...unknown.map((item): ImportedRecord => {
      const nativeType = item.role || '(no role)';
      return { kind: 'unknown', id: item.id, ...base, time: start, data: { nativeType, raw: keepRaw(item.value) } };
    }),
  ];
}

/** The moment each thing was said, as far as known: never before what was said earlier. */
function inTime(said: readonly Said[], start: string): readonly (Said & { readonly time: string })[] {
  let last = start;
  return said.map((one) => {
    const own = fromMs(one.at);
    if (own !== undefined && own > last) last = own;
    return { ...one, time: last };
  });
}

/** The tool's index of its sessions says when this one began. */
function createdAt(session: string, file: SourceFile): string | undefined {
  const text = file.neighbour('sessions.json');
  const entries = text === undefined ? [] : (asArray(parseJson(text)) ?? []).map(asObject);
  const created = entries.find((entry) => entry?.['sessionId'] === session)?.['dateCreated'];
  return fromText(created) ?? fromMs(asNumber(created) ?? Number(asText(created)));
}

function titleOf(document: JsonObject, said: readonly Said[]): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const prompt = said.find(({ message }) => message.role === 'user' && !message.synthetic);
  const words = prompt ? textOf(prompt.message.parts) : '';
  const given = titleFrom(givenTitle(document) ?? '');
  // Without a model that names it, a session is called by the beginning of its prompt.
  const isPrompt = given !== undefined && words.startsWith(given.replace(/(?:…|\.{3})$/, ''));
  if (given !== undefined) return { title: given, titleSource: isPrompt ? 'first-prompt' : 'ai' };
  const title = titleFrom(words);
  return title === undefined ? {} : { title, titleSource: 'first-prompt' };
}

function actorOf({ role, synthetic }: Said['message']): { readonly actor?: string } {
  if (role === 'assistant') return { actor: `agent:${sourceName}` };
  return role === 'user' && !synthetic ? { actor: 'user' } : {};
}
