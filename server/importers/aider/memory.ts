/** What a reader of one history remembers from line to line, and from one reader to the next. */

import type { Usage } from '../../../shared/session.ts';
import type { ReaderState } from '../importer.ts';
import { asArray, asCount, asObject, asText } from '../formats/json.ts';
import { present } from '../formats/fields.ts';

/** One run of Aider. Plain JSON. */
export interface Run {
  readonly id: string;
  /** Date and time of its heading; undefined for what stands before the first one. */
  readonly stamp?: string;
  /** Which run of this second it is, from 1. */
  readonly repeat: number;
  /** RFC 3339. */
  readonly time: string;
  version?: string;
  model?: string;
  title?: string;
  /** Whether anything but the greeting was said. */
  hasRecords: boolean;
  /** Hash of the header as it was last handed over. */
  emitted?: string;
}

/** A message that may still go on. Plain JSON. */
export interface Open {
  readonly kind: 'prompt' | 'reply' | 'notes';
  /** Byte offset of its first line. */
  readonly offset: number;
  lines: string[];
  readonly model?: string;
  /** Offset of the first message of the same response. */
  readonly response?: number;
  usage?: Usage;
}

export interface Memory {
  run?: Run;
  /** The message that the next line may belong to. */
  open?: Open;
  /** The last thing the model said, for the count of tokens that follows it. */
  reply?: Open;
}

/** A longer state is not kept: the file is read from its beginning instead. Characters. */
const longestState = 100_000;

/** Plain JSON for a later reader; undefined when it would be too large. */
export function save(memory: Memory): ReaderState | undefined {
  const length = [memory.open, memory.reply].reduce((sum, open) => sum + (open?.lines.reduce((all, line) => all + line.length, 0) ?? 0), 0);
  return length > longestState ? undefined : structuredClone({ ...memory, sameReply: memory.open === memory.reply });
}

/** What `save` made; a state of another shape gives as much as can be read of it. */
export function restore(state: ReaderState): Memory {
  const open = openOf(state['open']);
  const reply = state['sameReply'] === true ? open : openOf(state['reply']);
  return { ...present('run', runOf(state['run'])), ...present('open', open), ...present('reply', reply) };
}

function runOf(value: unknown): Run | undefined {
  const saved = asObject(value);
  const id = asText(saved?.['id']);
  const time = asText(saved?.['time']);
  if (!saved || id === undefined || time === undefined) return undefined;
  return {
    id, time, repeat: asCount(saved['repeat']) ?? 1, hasRecords: saved['hasRecords'] === true,
    ...present('stamp', asText(saved['stamp'])),
    ...present('version', asText(saved['version'])),
    ...present('model', asText(saved['model'])),
    ...present('title', asText(saved['title'])),
    ...present('emitted', asText(saved['emitted'])),
  };
}

function openOf(value: unknown): Open | undefined {
  const saved = asObject(value);
  const kind = saved?.['kind'];
  if (!saved || (kind !== 'prompt' && kind !== 'reply' && kind !== 'notes')) return undefined;
  return {
    kind, offset: asCount(saved['offset']) ?? 0,
    lines: (asArray(saved['lines']) ?? []).map(String),
    ...present('model', asText(saved['model'])),
    ...present('response', asCount(saved['response'])),
    ...present('usage', asObject(saved['usage']) as Usage | undefined),
  };
}
