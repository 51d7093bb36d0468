/** How a run went: what is counted, added up and said at the end. */

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How each of the outermost suites went, by its title; what belongs to none has the title ''. */
export type Report = ReadonlyMap<string, Tally>;

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Tally = { ...nothing, passed: 1 };
export const oneFailed: Tally = { ...nothing, failed: 1 };
export const oneSkipped: Tally = { ...nothing, skipped: 1 };

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    nothing,
  );
}

export function total(report: Report): Tally {
  return sum([...report.values()]);
}

/** Suites of one title are one suite. */
export function joined(reports: readonly Report[]): Report {
  const all = new Map<string, Tally>();
  for (const [title, tally] of reports.flatMap((report) => [...report])) all.set(title, sum([all.get(title) ?? nothing, tally]));
  return all;
}

export function inWords(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
}

export function writeReport(report: Report): string {
  return JSON.stringify([...report]);
}

/** Undefined for anything that is not a report of at least one test: an empty run proves nothing. */
export function readReport(json: string): Report | undefined {
  const value: unknown = JSON.parse(json);
  if (!Array.isArray(value) || !value.every(isSuite)) return undefined;
  const { passed, failed, skipped } = total(new Map(value));
  return passed + failed + skipped > 0 ? new Map(value) : undefined;
}

function isSuite(value: unknown): value is readonly [string, Tally] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isTally(value[1]);
}

function isTally(value: unknown): value is Tally {
  if (typeof value !== 'object' || value === null) return false;
  const { passed, failed, skipped } = value as Partial<Record<string, unknown>>;
  return [passed, failed, skipped].every((count) => Number.isSafeInteger(count));
}
