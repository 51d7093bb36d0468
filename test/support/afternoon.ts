/** A time zone in which it is afternoon now: what happens during a test, and some hours before it, is all of one day. */

const afternoon = 15;
/** Whole hours ahead of UTC for which there is a zone. */
const east = 14;

/** For the variable TZ. */
export function afternoonZone(now = new Date()): string {
  const ahead = Math.min(east, afternoon - now.getUTCHours());
  // These names count the other way round: Etc/GMT-2 is two hours ahead.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
