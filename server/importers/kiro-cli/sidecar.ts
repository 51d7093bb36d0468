/** The small `<session>.json` beside a session's lines. What changes with every turn is left out: lines must read the same later. */

import { present } from '../formats/fields.ts';
import type { SourceFile } from '../importer.ts';
import { asText, parseObject } from '../formats/json.ts';
import { fromText } from '../formats/moment.ts';
import { fileStem } from '../formats/place.ts';
import { titleFrom } from '../formats/title.ts';
import { plainId } from './format.ts';

export interface Sidecar {
  readonly title?: string;
  readonly cwd?: string;
  /** RFC 3339. */
  readonly createdAt?: string;
  /** Native id of the session whose agent began this one. */
  readonly parent?: string;
}

/** What the file beside it says of a session; empty where there is none. */
export function readSidecar(file: SourceFile): Sidecar {
  const text = file.neighbour(`${fileStem(file.path)}.json`);
  const value = text === undefined ? undefined : parseObject(text);
  if (!value) return {};
  return {
    ...present('title', titleFrom(asText(value['title']) ?? '')),
    ...present('cwd', asText(value['cwd'])),
    ...present('createdAt', fromText(value['created_at'])),
    // `session_created_reason` says `subagent` of every session; the parent is what tells.
    ...present('parent', plainId(value['parent_session_id'])),
  };
}
