/** What a reader of one file remembers from line to line, and from one reader to the next. Plain JSON. */

import { present } from '../formats/fields.ts';
import type { ReaderState } from '../importer.ts';
import { asCount, asText } from '../formats/json.ts';

export interface Memory {
  /** Native id of the session, once it is known. */
  session?: string;
  /** RFC 3339; the time of the first record. */
  startedAt?: string;
  /** RFC 3339; the time of the line before. */
  lastTime?: string;
  firstPrompt?: string;
  /** Lines that could not be read. */
  unreadable: number;
  /** Hash of the header as it was last handed over. */
  emitted?: string;
}

/** What an earlier reader had saved; a state of another shape gives as much as can be read of it. */
export function restore(state: ReaderState): Memory {
  return {
    ...present('session', asText(state['session'])),
    ...present('startedAt', asText(state['startedAt'])),
    ...present('lastTime', asText(state['lastTime'])),
    ...present('firstPrompt', asText(state['firstPrompt'])),
    unreadable: asCount(state['unreadable']) ?? 0,
    ...present('emitted', asText(state['emitted'])),
  };
}
