/** What is seen of a day, and what happens to it when somebody zooms or moves. Times are milliseconds since 1970. */

import { lanes, type Lane } from '../../shared/lane.ts';
import type { TimelineItem } from '../../shared/timeline.ts';

export interface View {
  readonly from: number;
  readonly to: number;
}

/** Nearer than this nobody can tell apart what was recorded. */
const least = 10_000;

/** @param at what stays where it is @param factor less than 1 to see less, and that larger */
export function zoomed({ from, to }: View, at: number, factor: number, day: View): View {
  const length = Math.min(day.to - day.from, Math.max(least, (to - from) * factor));
  const share = (at - from) / (to - from);
  return within({ from: at - share * length, to: at + (1 - share) * length }, day);
}

/** @param share of what is seen */
export function moved({ from, to }: View, share: number, day: View): View {
  const by = (to - from) * share;
  return within({ from: from + by, to: to + by }, day);
}

/** As long as it is, inside the day. */
function within({ from, to }: View, day: View): View {
  const length = Math.min(to - from, day.to - day.from);
  const start = Math.round(Math.min(Math.max(from, day.from), day.to - length));
  return { from: start, to: Math.round(start + length) };
}

export function inView(items: readonly TimelineItem[], { from, to }: View): TimelineItem[] {
  return items.filter(({ start, end }) => end >= from && start <= to);
}

/** Items of a lane that are so near to each other that they share some pixels. */
export interface Bin {
  readonly lane: Lane;
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly failed: number;
}

/** @param width of a bin in milliseconds; what took longer is in each bin that it touches, at most from edge to edge */
export function binned(items: readonly TimelineItem[], { from, to }: View, width: number): Bin[] {
  const bins = new Map<number, { lane: Lane; start: number; end: number; count: number; failed: number }>();
  for (const { lane, start, end, failed } of items) {
    const last = Math.floor((Math.min(end, to) - from) / width);
    for (let at = Math.floor((Math.max(start, from) - from) / width); at <= last; at++) {
      const key = at * lanes.length + lanes.indexOf(lane);
      const bin = bins.get(key) ?? { lane, start: from + at * width, end: from + (at + 1) * width, count: 0, failed: 0 };
      bin.count++;
      if (failed) bin.failed++;
      bins.set(key, bin);
    }
  }
  return [...bins.values()];
}

/** The item nearest to a time in a lane, within a distance; of those that are equally near the shortest. */
export function nearest(items: readonly TimelineItem[], lane: Lane, time: number, distance: number): TimelineItem[] {
  const away = ({ start, end }: TimelineItem): number => (time < start ? start - time : time > end ? time - end : 0);
  return items.filter((item) => item.lane === lane && away(item) <= distance)
    .sort((a, b) => away(a) - away(b) || (a.end - a.start) - (b.end - b.start));
}
