/** Rows of numbers as columns: values of one column are alike, which makes them small when they are compressed. */

import { compress, decompressed } from './frames.ts';

export type Value = number | null;
export type Row = readonly Value[];

export interface Shape {
  readonly names: readonly string[];
  /** Columns of which the difference to the row before is kept: times. */
  readonly steps: ReadonlySet<string>;
}

/** Undefined where times are too far apart for a number. @param rows values in the order of the names */
export function packed({ names, steps }: Shape, rows: readonly Row[]): Buffer | undefined {
  const columns = names.map((name, column) => {
    const values = rows.map((row) => row[column] ?? null);
    return steps.has(name) ? differences(values) : values;
  });
  const isExact = columns.every((values) => values.every((value) => value === null || Number.isSafeInteger(value)));
  return isExact ? compress(Buffer.from(JSON.stringify(columns))) : undefined;
}

/** What `packed` was given; undefined when the bytes are damaged. */
export function unpacked({ names, steps }: Shape, bytes: Buffer): Row[] | undefined {
  const json = decompressed(bytes);
  if (!json) return undefined;
  const written = JSON.parse(json.toString('utf8')) as Value[][];
  const columns = names.map((name, column) => {
    const values = written[column] ?? [];
    return steps.has(name) ? sums(values) : values;
  });
  return (columns[0] ?? []).map((_, row) => columns.map((values) => values[row] ?? null));
}

/** A value that is absent changes nothing for the next. */
function differences(values: readonly Value[]): Value[] {
  let before = 0;
  return values.map((value) => {
    if (value === null) return null;
    const step = value - before;
    before = value;
    return step;
  });
}

function sums(steps: readonly Value[]): Value[] {
  let sum = 0;
  return steps.map((step) => (step === null ? null : (sum += step)));
}
