/** Formats that are one file of lines. */

import type { Outcome, Sink } from './exporter.ts';

/**
 * Writes the lines that each unit gives, a line break after each.
 * @param name of the file, where it lands in a folder
 */
export async function writeLines<Unit>(units: AsyncIterable<Unit>, sink: Sink, name: string, linesOf: (unit: Unit) => Iterable<string> | Promise<Iterable<string>>): Promise<Outcome> {
  const file = await sink.open(name);
  let items = 0;
  let leftOut = 0;
  for await (const unit of units) {
    const before = items;
    for (const line of await linesOf(unit)) {
      await file.write(`${line}\n`);
      items++;
    }
    if (items === before) leftOut++;
  }
  await file.close();
  return { items, leftOut };
}

/** A yes or no among the options of a format; no when absent. */
export const yesOrNo = ['yes', 'no'] as const;
