/** Finding a text in a session, as its document shows it. */

import type { SessionFound, Sought } from '../../../shared/sessionView.ts';
import type { Item } from './items.ts';

const mostFound = 2_000;
/** Nobody looks for more. */
const longestWanted = 1_000;

/** The text may reach over line breaks; the item of the record alone, where it is one. */
export function findItems(items: readonly Item[], { text, record }: Sought): SessionFound {
  const at = record === undefined ? -1 : items.findIndex((item) => item.record.id === record);
  if (at !== -1) return { items: [at], more: false };
  const wanted = squeezed(text.slice(0, longestWanted)).trim();
  if (wanted === '') return { items: [], more: false };
  const found: number[] = [];
  for (const [number, item] of items.entries()) {
    if (!holds(item, wanted)) continue;
    if (found.length === mostFound) return { items: found, more: true };
    found.push(number);
  }
  return { items: found, more: false };
}

function holds({ shown }: Item, wanted: string): boolean {
  const isIn = (text: string): boolean => squeezed(text).includes(wanted);
  return shown.some((each) => {
    if (isIn(each.label)) return true;
    const { text, input, edits } = each.whole();
    return isIn(text) || isIn(input) || edits.some(({ path, before, after }) => isIn(path) || isIn(before) || isIn(after));
  });
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ');
}
