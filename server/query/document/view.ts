/** A session as its document shows it: outline first, items page by page, a block as a whole, places of a text, a turn as Markdown. */

import type { SessionDocument } from '../../../shared/results.ts';
import type { SessionFound, SessionItems, SessionOutline, Sought, WholeBlock } from '../../../shared/sessionView.ts';
import { sessionMarkdown } from '../../export/markdown.ts';
import { findItems } from './find.ts';
import { itemsOf, sessionItem } from './items.ts';
import { turnOutline } from './outline.ts';

export interface SessionView {
  outline(): SessionOutline;
  /** @param from number of the first item, from 0 */
  items(from: number, limit: number): SessionItems;
  /** Undefined when the record, or the block, is no longer there. */
  block(record: string, block: number): WholeBlock | undefined;
  find(sought: Sought): SessionFound;
  /** Undefined when there is no turn of this number. */
  turnMarkdown(index: number): string | undefined;
}

export function sessionView(document: SessionDocument): SessionView {
  const turns = itemsOf(document);
  const items = turns.flatMap((turn) => turn.items);
  let outline: SessionOutline | undefined;
  return {
    outline: () => (outline ??= { session: document.session, turns: turns.map(turnOutline), items: items.length }),
    items: (from, limit) => ({ from, items: items.slice(from, from + limit).map(sessionItem) }),
    block: (record, block) => items.find((item) => item.record.id === record)?.shown[block]?.whole(),
    find: (sought) => findItems(items, sought),
    turnMarkdown(index) {
      const turn = document.turns.find((each) => each.index === index);
      return turn && turnOf(sessionMarkdown({ ...document, turns: [turn] }));
    },
  };
}

/** Without the head of the document: a person who copies a turn wants what was said in it. */
function turnOf(markdown: string): string {
  const start = markdown.search(/^(?:## |\*\*)/m);
  return start === -1 ? markdown : markdown.slice(start);
}
