/** Reading a session page by page. The session that is being read is kept until the server rests: its pages come one after the other. */

import type { BlockPlace, SessionFound, SessionItems, SessionOutline, Sought, WholeBlock } from '../shared/sessionView.ts';
import type { SessionDocument } from '../shared/results.ts';
import { sessionView, type SessionView } from './query/document/view.ts';

export interface SessionReading {
  /** Of the session as it is now; what follows is of this state. Null when there is none of this id, here as below. */
  outline(id: string): SessionOutline | null;
  /** @param from number of the first item, from 0 */
  items(id: string, from: number, limit: number): SessionItems | null;
  block(place: BlockPlace): WholeBlock | null;
  find(id: string, sought: Sought): SessionFound;
  /** @param turn from 1 */
  turnMarkdown(id: string, turn: number): { readonly markdown: string } | null;
  /** Lets go of the session that is kept. */
  rest(): void;
}

/** @param stateOf another text whenever what is read may have changed: a session that goes on is not read for every news of another */
export function createSessionReading(read: (id: string) => SessionDocument | null, stateOf: (id: string) => string): SessionReading {
  let kept: { readonly id: string; readonly state: string; readonly view: SessionView } | undefined;

  function open(id: string, asItIsNow = false): SessionView | undefined {
    if (kept?.id === id && !asItIsNow) return kept.view;
    const state = stateOf(id);
    if (kept?.id === id && kept.state === state) return kept.view;
    const document = read(id);
    kept = document ? { id, state, view: sessionView(document) } : undefined;
    return kept?.view;
  }

  return {
    outline: (id) => open(id, true)?.outline() ?? null,
    items: (id, from, limit) => open(id)?.items(from, limit) ?? null,
    block: ({ id, record, block }) => open(id)?.block(record, block) ?? null,
    find: (id, sought) => open(id)?.find(sought) ?? { items: [], more: false },
    turnMarkdown(id, turn) {
      const markdown = open(id)?.turnMarkdown(turn);
      return markdown === undefined ? null : { markdown };
    },
    rest() {
      kept = undefined;
    },
  };
}
