import type { SourceReader } from '../importer.ts';

/** The reader of a source that has no lines and is no document: its rows are read by `read` of the contract. */
export function noLines(): SourceReader {
  return { push: () => undefined, take: () => ({ records: [], problems: [] }), state: () => undefined };
}
