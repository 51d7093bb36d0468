/** Reads databases through an importer as the engine does. */

import type { Importer, Reading, ReaderState, SourceFile } from '../../../server/importers/importer.ts';
import { openForeign } from '../../../server/store/foreign.ts';

export interface DatabaseReading extends Reading {
  /** As it would be stored after each step; the last one is what the next reading goes on from. */
  readonly states: readonly ReaderState[];
}

/** @param most steps after which reading is stopped */
export function readDatabase(importer: Importer, path: string, state?: ReaderState, most = Infinity): DatabaseReading {
  const database = openForeign(path);
  if (!database || !importer.read) throw new Error(`${path} cannot be read.`);
  const format = importer.capabilities.formats.at(-1) ?? '';
  const file: SourceFile = { path, format, modifiedAt: '2026-10-01T00:00:00.000Z', neighbour: () => undefined };
  const [records, problems, states]: [Reading['records'][number][], Reading['problems'][number][], ReaderState[]] = [[], [], []];
  try {
    for (const step of importer.read(database, file, state)) {
      records.push(...step.records);
      problems.push(...step.problems);
      states.push(JSON.parse(JSON.stringify(step.state)) as ReaderState);
      if (states.length >= most) break;
    }
  } finally {
    database.close();
  }
  return { records, problems, states };
}
