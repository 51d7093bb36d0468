/** Numbers of blocks and their pages: each day has a row of its own, so that a span of time is a span of numbers. */

const dayMs = 86_400_000;
const epochDay = Date.UTC(2020, 0, 1) / dayMs;
/** 2199: what claims to be later is taken for that. */
export const lastDay = 65_535;
export const pagesADay = 65_536;

/** Days since 2020, not below 0. @param time milliseconds since 1970 */
export function dayNumber(time: number): number {
  return Math.max(0, Math.floor(time / dayMs) - epochDay);
}

/** No record of a page, nor of one with a smaller number, is later: milliseconds since 1970. */
export function endOfPage(page: number): number {
  return (Math.floor(page / pagesADay) + epochDay + 1) * dayMs;
}
