/**
 * opencode's database: a row per session, message and part, the latter two with JSON in `data`, changed in place while a reply streams.
 * Learned from `packages/opencode/src/session/session.sql.ts` and `message-v2.ts` of https://github.com/anomalyco/opencode.
 */

import { asObject, parseJson, type JsonObject } from '../formats/json.ts';
import type { Row, RowQuery } from '../importer.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'opencode-sqlite';

/** The same of the tree of JSON files before the database. */
export const treeFormat = 'opencode-json';

/** The record's `source`. */
export const sourceName = 'opencode';

/** Kinds of part that are known and carry nothing to keep. */
export const leftOut = {
  'step-start': 'Says that a request to the model begins.',
  'step-finish': 'Its tokens are counted with the reply, the rest says that a request ended.',
  snapshot: 'The hash of a copy of the work tree that opencode keeps.',
  agent: 'The place in the prompt where an agent is named; the prompt says it too.',
} as const satisfies Record<string, string>;

export const sessionQuery = {
  table: 'session',
  columns: ['id', 'parent_id', 'directory', 'title', 'version', 'time_created'],
  key: 'id',
} as const satisfies RowQuery;

export const messageQuery = {
  table: 'message',
  columns: ['rowid', 'id', 'session_id', 'time_created', 'time_updated', 'data'],
  key: 'rowid',
} as const satisfies RowQuery;

/** Columns that only some releases have. */
export const laterSessionColumns = ['revert'] as const;

export const partQuery = { table: 'part', columns: ['id', 'data'], key: 'id' } as const satisfies RowQuery;

/** The object in `data`; undefined when it is none, or too long to be read. */
export function dataOf(row: Row): JsonObject | undefined {
  const { data } = row;
  return typeof data === 'string' ? asObject(parseJson(data)) : undefined;
}
