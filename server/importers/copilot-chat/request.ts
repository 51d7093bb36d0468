/** One request of a session as records: what was asked, and what was answered. */

import type { ChatMessage } from '../../../shared/session.ts';
import type { ImportedRecord } from '../importer.ts';
import type { JsonObject } from '../formats/json.ts';
import type { TouchedRequest } from './conversation.ts';
import { durationOf, endOf, modelOf, outcomeOf, usageOf } from './outcome.ts';
import { promptParts } from './prompt.ts';
import { replyParts } from './reply.ts';
import { fromMs } from './time.ts';

/** What all records of a session share. */
export interface Setting {
  readonly session: string;
  readonly workspace?: string;
  /** RFC 3339; for requests that do not say when they were made. */
  readonly time: string;
}

/** The prompt, and the reply once there is one. */
export function requestRecords(touched: TouchedRequest, setting: Setting): readonly ImportedRecord[] {
  const { id, request } = touched;
  const { session, workspace } = setting;
  const shared = { kind: 'message', session, ...(workspace === undefined ? {} : { workspace }) } as const;
  const asked = fromMs(request['timestamp']) ?? setting.time;
  const prompt = promptMessage(touched);
  const records: ImportedRecord[] = [
    { ...shared, id: `${id}:prompt`, time: asked, ...(prompt.synthetic ? {} : { actor: 'user' }), data: prompt },
  ];
  if (touched.replied) {
    records.push({ ...shared, id: `${id}:reply`, time: endOf(request) ?? asked, actor: 'agent:copilot-chat', data: replyMessage(touched) });
  }
  return records;
}

function promptMessage(touched: TouchedRequest): ChatMessage {
  const outcome = touched.replied ? undefined : outcomeOf(touched.request);
  return {
    role: 'user',
    parts: promptParts(touched.request),
    ...(isSynthetic(touched.request) ? { synthetic: true } : {}),
    ...(isSuperseded(touched) ? { superseded: true } : {}),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function replyMessage(touched: TouchedRequest): ChatMessage {
  const { id, request } = touched;
  const parts = replyParts(request);
  const [model, usage, outcome, durationMs] = [modelOf(request), usageOf(request), outcomeOf(request), durationOf(request)];
  return {
    role: 'assistant',
    parts,
    responseId: typeof request['responseId'] === 'string' && request['responseId'] !== '' ? request['responseId'] : id,
    ...(model === undefined ? {} : { model }),
    ...(usage === undefined ? {} : { usage }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(durationMs === undefined ? {} : { durationMs }),
    // A reply that was there and is empty now was taken back, to be written anew.
    ...(isSuperseded(touched) || parts.length === 0 ? { superseded: true } : {}),
  };
}

function isSynthetic(request: JsonObject): boolean {
  return request['isSystemInitiated'] === true || request['hiddenFromTranscript'] === true || request['isHidden'] === true;
}

function isSuperseded(touched: TouchedRequest): boolean {
  return touched.removed || Boolean(touched.request['shouldBeRemovedOnSend']);
}
