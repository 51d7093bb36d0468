/** One day of everything, for the timeline. Fields are only ever added. */

import type { Lane } from './lane.ts';

export interface TimelineParams {
  /** Local day, `2026-11-20`. */
  readonly day: string;
  /** URI of a workspace folder; all when absent. */
  readonly workspace?: string | undefined;
}

export interface Timeline {
  readonly day: string;
  /** Local midnight at both ends, milliseconds since 1970; a day may have 23 or 25 hours. */
  readonly since: number;
  readonly until: number;
  /** By the time at which they end. */
  readonly items: readonly TimelineItem[];
  /** Records of the day that are not among the items, because there are more than one can look at. */
  readonly left: number;
  /** The nearest days with anything on them, before and after; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface TimelineItem {
  readonly id: string;
  readonly lane: Lane;
  /** Milliseconds since 1970; the same where nothing is known of how long it took. */
  readonly start: number;
  readonly end: number;
  /** One line of plain text, at most 120 characters. */
  readonly label: string;
  /** Kind of the record, such as `terminal.command`. */
  readonly kind: string;
  readonly source: string;
  readonly session?: string;
  readonly failed?: true;
}
