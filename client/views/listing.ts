/** How the tree *Sessions* looks now: the grouping stays over a reload, a filter does not. */

import { groupings, type Grouping } from './sessionGroups.ts';
import type { Memory } from './dismissed.ts';

export interface Listing {
  grouping: Grouping;
  /** Words that must be in it; empty for none. */
  filter: string;
  /** Whether hidden sessions are shown in place of the others. */
  hidden: boolean;
}

const key = 'sessionGrouping';

/** @param memory of the window's workspace */
export function createListing(memory: Memory): Listing {
  let grouping = groupings.find((each) => each === memory.get(key)) ?? 'day';
  return {
    get grouping() {
      return grouping;
    },
    set grouping(next: Grouping) {
      grouping = next;
      void memory.update(key, next);
    },
    filter: '',
    hidden: false,
  };
}
