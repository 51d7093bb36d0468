/** Times for people, in the time zone of whoever reads. */

export interface Clock {
  /** `2026-11-20 14:05` */
  minute(time: string): string;
  /** `14:05:09` */
  second(time: string): string;
  /** `UTC`, `GMT+1` … at that time. */
  zone(time: string): string;
}

/** @param timeZone IANA name; this machine's own when absent */
export function clockIn(timeZone?: string): Clock {
  // Swedish is the locale that writes dates as ISO 8601 does.
  const minute = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  const second = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium', timeZone });
  const zone = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'short' });
  return {
    minute: (time) => minute.format(new Date(time)),
    second: (time) => second.format(new Date(time)),
    zone: (time) => zone.formatToParts(new Date(time)).find(({ type }) => type === 'timeZoneName')?.value ?? '',
  };
}
