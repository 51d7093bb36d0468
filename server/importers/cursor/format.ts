/**
 * Cursor's agent transcripts: JSON lines, appended to, one file per session below `projects/<folder>/agent-transcripts/<session>/`.
 * The producer publishes no schema. Learned from a file of 2026 and from what others counted in real ones:
 * https://github.com/kenn-io/agentsview/issues/1627, https://github.com/AgentWorkforce/relayhistory/pull/198,
 * https://docs.rs/ctx-agent/latest/ctx/surface/cursor/index.html.
 *
 * A line has a role and a message and nothing else: no id, no time, no tokens. What tools answer is not written.
 */

import { asArray, asObject, asString, asText, type JsonObject } from '../formats/json.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'cursor-transcript';

/** The record's `source`. */
export const sourceName = 'cursor';

/** Kinds of line that are known and carry nothing to keep. */
export const leftOut = {
  'turn_ended/success': 'Says that the agent ended its work; one that failed or was stopped is kept.',
} as const satisfies Record<string, string>;

export type Line =
  | { readonly kind: 'message'; readonly role: 'user' | 'assistant'; readonly blocks: readonly unknown[]; readonly at: unknown }
  | { readonly kind: 'end'; readonly status: string; readonly error?: string }
  | { readonly kind: 'unknown'; readonly nativeType: string };

/** What a line is. Never throws. */
export function lineOf(value: JsonObject): Line {
  const type = asText(value['type']);
  if (type === 'turn_ended') {
    const error = asText(value['error']) ?? asText(asObject(value['error'])?.['message']);
    return { kind: 'end', status: asText(value['status']) ?? 'unknown', ...(error === undefined ? {} : { error }) };
  }
  const role = value['role'];
  const blocks = blocksOf(asObject(value['message'])?.['content']);
  if ((role !== 'user' && role !== 'assistant') || !blocks) return { kind: 'unknown', nativeType: type ?? asText(role) ?? '(no type)' };
  return { kind: 'message', role, blocks, at: value['timestamp'] };
}

/** Whether a parsed line is of this format and of no other. */
export function isTranscriptLine(value: JsonObject): boolean {
  const keys = Object.keys(value);
  if (value['type'] === 'turn_ended') return keys.every((key) => ['type', 'status', 'error'].includes(key));
  const message = asObject(value['message']);
  const isBare = keys.every((key) => key === 'role' || key === 'message') && Object.keys(message ?? {}).every((key) => key === 'content');
  return isBare && lineOf(value).kind === 'message';
}

function blocksOf(content: unknown): readonly unknown[] | undefined {
  return asString(content) === undefined ? asArray(content) : [{ type: 'text', text: content }];
}
