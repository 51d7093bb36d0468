/** What a figure of the benchmark is. */

import Database from 'better-sqlite3';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly daybook: number;
  /** Null where the target is a figure of its own. */
  readonly reference: number | null;
  /** What it is compared with. */
  readonly against: string;
  /** What the target is about: a ratio, a difference, or the figure itself. */
  readonly value: number;
  readonly target: string;
  readonly met: boolean;
}

/** A figure that could not be measured here, and why. */
export interface Missing {
  readonly figure: string;
  readonly missing: string;
}

export interface Bench {
  /** How many records the large store holds. */
  readonly records: number;
  /** Size of the home folder that is imported. */
  readonly megabytes: number;
  /** Alternating runs of which the median is taken. */
  readonly runs: number;
  /** A fresh folder, removed at the end. */
  folder(): string;
  /** The large store: all days but the last sealed; built on first use. */
  large(): Promise<LargeStore>;
  /** Says on standard error how it goes on. */
  say(line: string): void;
}

export interface LargeStore {
  readonly folder: string;
  /** The same records as plain JSON lines, in one file. */
  readonly plain: string;
  readonly plainBytes: number;
  readonly records: number;
  /** What all but the last day took when everything was sealed, and what the same records take as plain lines. */
  readonly sealed: { readonly records: number; readonly bytes: number; readonly plainBytes: number };
}

/** Bytes below a folder of a store, after a checkpoint: as it lies when nobody writes. */
export function storeBytes(folder: string): number {
  const database = new Database(join(folder, 'daybook.db'));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

export interface Figure {
  readonly name: string;
  /** Whether it is measured only when it is asked for, by its name or with all of them: together they take longer than the others. */
  readonly isApart?: true;
  measure(bench: Bench): Promise<readonly (Row | Missing)[]>;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Seconds that some work takes. */
export async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

/** Two things that ran in turn. */
export interface Pairs {
  /** Medians. */
  readonly daybook: number;
  readonly reference: number;
  /** Each run of the one with the run of the other beside it: a shared machine is the same for both of a pair, and another one for the next. */
  readonly pairs: readonly { readonly daybook: number; readonly reference: number }[];
}

export function paired(daybook: readonly number[], reference: readonly number[]): Pairs {
  return {
    daybook: median(daybook), reference: median(reference),
    pairs: daybook.flatMap((each, at) => (reference[at] === undefined ? [] : [{ daybook: each, reference: reference[at] }])),
  };
}

/** Runs the one and the other in turn. */
export async function alternate(runs: number, one: () => Promise<number>, other: () => Promise<number>): Promise<Pairs> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await one());
    theirs.push(await other());
  }
  return paired(ours, theirs);
}

interface Compared {
  readonly figure: string;
  readonly unit: string;
  readonly against: string;
  readonly daybook: number;
  readonly reference: number;
  /** What is compared is the median of these, where there are some. */
  readonly pairs?: Pairs['pairs'];
}

/** A row whose target is a ratio of Daybook to the reference. */
export function ratioRow({ pairs, ...compared }: Compared, target: { readonly atLeast: number } | { readonly atMost: number }): Row {
  const value = median((pairs ?? [compared]).map(({ daybook, reference }) => daybook / reference));
  return { ...compared, value, ...judge(value, target) };
}

/** A row whose target is how much more Daybook needs. */
export function differenceRow({ pairs, ...compared }: Compared, atMost: number): Row {
  const value = median((pairs ?? [compared]).map(({ daybook, reference }) => daybook - reference));
  return { ...compared, value, target: `≤ +${atMost}`, met: value <= atMost };
}

/** A row whose target is a figure of its own. */
export function plainRow(figure: string, unit: string, daybook: number, atMost: number): Row {
  return { figure, unit, daybook, reference: null, against: '–', value: daybook, target: `≤ ${atMost}`, met: daybook <= atMost };
}

/** A row whose target is a figure of its own that must not be less. */
export function leastRow(figure: string, unit: string, daybook: number, atLeast: number): Row {
  return { figure, unit, daybook, reference: null, against: '–', value: daybook, ...judge(daybook, { atLeast }) };
}

function judge(value: number, target: { readonly atLeast: number } | { readonly atMost: number }): { readonly target: string; readonly met: boolean } {
  return 'atLeast' in target ? { target: `≥ ${target.atLeast}`, met: value >= target.atLeast } : { target: `≤ ${target.atMost}`, met: value <= target.atMost };
}
