/**
 * Follows one session while it is written: which requests an op touched, and which were taken back.
 * What it says at the end depends only on the ops, not on how often it was asked on the way.
 */

import { asArray, asObject, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { applyOp } from './oplog.ts';
import type { Fault, Op } from './oplog.ts';

/** A request that changed since the last time. */
export interface TouchedRequest {
  readonly id: string;
  /** Its latest version, with its id; for a request that was taken back, the last one there was. */
  readonly request: JsonObject;
  /** No longer in the session. */
  readonly removed: boolean;
  /** Whether it ever had a reply, even if that was emptied since. */
  readonly replied: boolean;
}

export interface Conversation {
  /** Applies an op; what is wrong with it where it does not fit. */
  apply(op: Op): Fault | undefined;
  /** The document as it is now; undefined before the first whole one. */
  document(): JsonObject | undefined;
  /** Latest version of every request there is, in order, then of those taken back. */
  requests(): readonly JsonObject[];
  /** What changed since the last `take`, in the order of the session. */
  take(): readonly TouchedRequest[];
}

/** An empty conversation. `hasReply` says whether a request has an answer in it. */
export function createConversation(hasReply: (request: JsonObject) => boolean): Conversation {
  let document: JsonObject | undefined;
  const touched = new Set<string>();
  const removed = new Map<string, JsonObject>();
  const replied = new Set<string>();

  function apply(op: Op): Fault | undefined {
    if (renames(op)) return { kind: 'fault', code: 'malformed-line', message: 'The line renames a request, which keeps its id for ever.' };
    const before = changesIdentity(op) ? requestsById(document) : undefined;
    const applied = applyOp(document, op);
    if (applied.fault) return applied.fault;
    document = applied.document;
    const ids = before ? compare(before, requestsById(document)) : touchedBy(op, document);
    for (const id of ids) touched.add(id);
    noteReplies(ids);
    return undefined;
  }

  function compare(before: ReadonlyMap<string, JsonObject>, after: ReadonlyMap<string, JsonObject>): readonly string[] {
    const gone = [...before].filter(([id]) => !after.has(id));
    for (const [id, request] of gone) removed.set(id, request);
    for (const id of after.keys()) removed.delete(id);
    return [...gone.map(([id]) => id), ...[...after].filter(([id, request]) => before.get(id) !== request).map(([id]) => id)];
  }

  function noteReplies(ids: readonly string[]): void {
    const unanswered = ids.filter((id) => !replied.has(id) && !removed.has(id));
    if (unanswered.length === 0) return;
    const present = requestsById(document);
    for (const id of unanswered) {
      const request = present.get(id);
      if (request && hasReply(request)) replied.add(id);
    }
  }

  function take(): readonly TouchedRequest[] {
    const all = [...requestsById(document), ...removed].filter(([id]) => touched.has(id));
    touched.clear();
    return all.map(([id, request]) => ({ id, request: { ...request, requestId: id }, removed: removed.has(id), replied: replied.has(id) }));
  }

  return { apply, document: () => document, requests: () => [...requestsById(document).values(), ...removed.values()], take };
}

/** Whether an op may add, remove or replace requests. */
function changesIdentity(op: Op): boolean {
  return op.kind === 'initial' || (op.path[0] === 'requests' && op.path.length <= 2);
}

function renames(op: Op): boolean {
  return op.kind !== 'initial' && op.path[0] === 'requests' && op.path[2] === 'requestId';
}

function touchedBy(op: Op, document: JsonObject | undefined): readonly string[] {
  if (op.kind === 'initial' || op.path[0] !== 'requests') return [];
  const index = op.path[1];
  if (typeof index !== 'number') return [];
  const request = asObject(asArray(document?.['requests'])?.[index]);
  return request ? [requestId(request, index)] : [];
}

/** Requests by id; of two with the same id the later counts. */
function requestsById(document: JsonObject | undefined): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [index, value] of (asArray(document?.['requests']) ?? []).entries()) {
    const request = asObject(value);
    if (request) found.set(requestId(request, index), request);
  }
  return found;
}

/** The oldest files give requests no id: their place stands in for it. */
function requestId(request: JsonObject, index: number): string {
  return asText(request['requestId']) ?? `request-${index + 1}`;
}
