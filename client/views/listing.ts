/** How the tree *Sessions* looks now: grouping and filter stay over a reload; a look at what is hidden does not. */

import { groupings, type Grouping } from './sessionGroups.ts';
import type { Memory } from './dismissed.ts';

export interface Listing {
  grouping: Grouping;
  /** Words that must be in it; empty for none. */
  filter: string;
  /** Whether hidden sessions are shown in place of the others. */
  hidden: boolean;
}

const keys = { grouping: 'sessionGrouping', filter: 'sessionFilter' };

/** @param memory of the window's workspace */
export function createListing(memory: Memory): Listing {
  let grouping = groupings.find((each) => each === memory.get(keys.grouping)) ?? 'day';
  const kept = memory.get(keys.filter);
  let filter = typeof kept === 'string' ? kept : '';
  return {
    get grouping() {
      return grouping;
    },
    set grouping(next: Grouping) {
      grouping = next;
      void memory.update(keys.grouping, next);
    },
    get filter() {
      return filter;
    },
    set filter(next: string) {
      filter = next;
      void memory.update(keys.filter, next);
    },
    hidden: false,
  };
}
