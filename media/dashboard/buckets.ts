/** Days, weeks or months: a year of days is a hedge. */

export type Unit = 'day' | 'week' | 'month';

export interface Bucket {
  readonly unit: Unit;
  /** First day, `2026-11-20`. */
  readonly start: string;
  /** The day after the last. */
  readonly end: string;
}

const dayMs = 86_400_000;

export function unitOf(since: string, until: string): Unit {
  const days = (Date.parse(until) - Date.parse(since)) / dayMs + 1;
  return days <= 92 ? 'day' : days <= 3 * 366 ? 'week' : 'month';
}

/** The bucket of a day; weeks begin on Monday. */
export function bucketOf(day: string, unit: Unit): Bucket {
  const date = new Date(`${day}T00:00Z`);
  if (unit === 'month') {
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    return { unit, start: text(Date.UTC(year, month, 1)), end: text(Date.UTC(year, month + 1, 1)) };
  }
  const start = unit === 'day' ? date.getTime() : date.getTime() - ((date.getUTCDay() + 6) % 7) * dayMs;
  return { unit, start: text(start), end: text(start + (unit === 'day' ? 1 : 7) * dayMs) };
}

/** Rows of days summed up by bucket and a name, in the order of time. */
export function sumBy<Row extends { readonly day: string }>(
  rows: readonly Row[], unit: Unit, nameOf: (row: Row) => string, valueOf: (row: Row) => number,
): { readonly bucket: Bucket; readonly name: string; readonly value: number }[] {
  const sums = new Map<string, { bucket: Bucket; name: string; value: number }>();
  for (const row of rows) {
    const bucket = bucketOf(row.day, unit);
    const name = nameOf(row);
    const key = `${bucket.start} ${name}`;
    const sum = sums.get(key) ?? { bucket, name, value: 0 };
    sum.value += valueOf(row);
    sums.set(key, sum);
  }
  return [...sums.values()].sort((a, b) => (a.bucket.start < b.bucket.start ? -1 : a.bucket.start > b.bucket.start ? 1 : 0));
}

/** The names with the greatest sums; what is left shares one. */
export function leading(rows: readonly { readonly name: string; readonly value: number }[], most: number): string[] {
  const sums = new Map<string, number>();
  for (const { name, value } of rows) sums.set(name, (sums.get(name) ?? 0) + value);
  return [...sums].filter(([, value]) => value > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, most).map(([name]) => name);
}

function text(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
