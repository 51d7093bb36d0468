import type { ChatMessage, ChatSessionHeader } from '../../../shared/session.ts';
import type { ImportedRecord, SourceFile } from '../importer.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asText, type JsonObject } from '../formats/json.ts';
import { fromMs, modified } from '../formats/moment.ts';
import { fileUri, segments } from '../formats/place.ts';
import { keepRaw } from '../formats/raw.ts';
import { titleFrom } from '../formats/title.ts';
import { formats, sourceName } from './format.ts';
import { manifestOf, type Manifest } from './manifest.ts';
import { messagesOf } from './messages.ts';

type MessageRecord = Extract<ImportedRecord, { kind: 'message' }>;

/** The records of a session of 2026; undefined when the document is none. */
export function sessionRecords(document: unknown, file: SourceFile): readonly ImportedRecord[] | undefined {
  const value = asObject(document);
  const messages = asArray(value?.['messages'])?.map((one) => asObject(one) ?? {});
  if (!value || !messages) return undefined;
  const manifest = manifestOf(file);
  const session = asText(value['sessionId']) ?? (segments(file.path).at(-1) ?? '').replace(/\.messages\.json$/, '');
  const agent = asText(value['agent']) ?? 'lead';
  const isAgent = agent !== 'lead';
  const owner = segments(file.path).at(-2);
  const start = manifest.startedAt ?? messages.map((one) => fromMs(one['ts'])).find((time) => time !== undefined) ?? modified(file);
  const base = { session, ...present('workspace', manifest.cwd === undefined ? undefined : fileUri(manifest.cwd)) };
  const records = recordsOf(messages, { start, base, isAgent, ...present('forkedAt', manifest.forkedAt) });
  if (records.length === 0) return [];
  const data: ChatSessionHeader = {
    ...titleOf(manifest, records),
    ...present('cwd', manifest.cwd),
    agent: { name: 'Cline' },
    ...originOf(manifest, isAgent && owner !== session ? owner : undefined),
    fidelity: 'full',
    format: formats.session,
    origin: file.path,
  };
  return [{ kind: 'session', ...base, time: start, data }, ...records];
}

interface Around {
  readonly base: { readonly session: string; readonly workspace?: string };
  /** RFC 3339. */
  readonly start: string;
  /** RFC 3339; what was said before is a copy. */
  readonly forkedAt?: string;
  /** Whether another agent asks, not a person. */
  readonly isAgent: boolean;
}

function recordsOf(messages: readonly JsonObject[], { base, start, forkedAt, isAgent }: Around): readonly ImportedRecord[] {
  const taken = new Set<string>();
  let time = start;
  return messages.flatMap((value, index): readonly ImportedRecord[] => {
    const named = asText(value['id']);
    const id = named === undefined || taken.has(named) ? `message-${index}` : named;
    taken.add(id);
    // A message without a time of its own is as old as the one before it. Copies were said before the session began.
    time = fromMs(value['ts']) ?? time;
    const at = time;
    const said = messagesOf(value, id);
    if (!said) {
      return [{ kind: 'unknown', id, ...base, time: at, data: { nativeType: asText(value['role']) ?? '(no role)', raw: keepRaw(value) } }];
    }
    const copied = forkedAt !== undefined && at < forkedAt ? { copied: true as const } : {};
    return said.map((one) => {
      const synthetic = isAgent && one.message.role === 'user' ? { synthetic: true as const } : {};
      const data = { ...one.message, ...synthetic, ...copied };
      return { kind: 'message', id: one.id, ...base, time: at, ...actorOf(data), data };
    });
  });
}

function originOf({ forkedFrom }: Manifest, parent: string | undefined): Pick<ChatSessionHeader, 'parent' | 'relation'> {
  if (parent !== undefined) return { parent: `${sourceName}:${parent}`, relation: 'subagent' };
  return forkedFrom === undefined ? {} : { parent: `${sourceName}:${forkedFrom}`, relation: 'fork' };
}

function titleOf({ title, prompt }: Manifest, records: readonly ImportedRecord[]): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const asked = records.find((record): record is MessageRecord => record.kind === 'message' && record.data.role === 'user');
  const words = asked?.data.parts.find((part) => part.type === 'text')?.content ?? prompt ?? '';
  const given = titleFrom(title ?? '');
  const own = titleFrom(words);
  // Until it is named, a session is called by the beginning of its prompt.
  if (given !== undefined && !own?.startsWith(given.replace(/(?:…|\.{3})$/, ''))) return { title: given, titleSource: 'ai' };
  return own === undefined ? {} : { title: own, titleSource: 'first-prompt' };
}

function actorOf({ role, synthetic }: ChatMessage): { readonly actor?: string } {
  if (role === 'assistant') return { actor: `agent:${sourceName}` };
  return role === 'user' && !synthetic ? { actor: 'user' } : {};
}
