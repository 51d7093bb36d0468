import type { Problem } from '../../../shared/problem.ts';
import type { ImportedRecord, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { parseJson } from './json.ts';

/**
 * A reader for files that are one JSON document, rewritten whole: nothing is kept between two readings, and all records are
 * handed over each time. `read` gives undefined when the document is not of its format; it must not throw.
 */
export function openWholeDocument(file: SourceFile, read: (document: unknown) => readonly ImportedRecord[] | undefined): SourceReader {
  let records: readonly ImportedRecord[] = [];
  let problems: Problem[] = [];

  function push(unit: SourceUnit): void {
    const text = unit.text.replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    const document = parseJson(text);
    const found = document === undefined ? undefined : read(document);
    if (found) records = found;
    else problems.push(unreadable(file.path, unit, document === undefined));
  }

  function take(): { records: readonly ImportedRecord[]; problems: readonly Problem[] } {
    const reading = { records, problems };
    records = [];
    problems = [];
    return reading;
  }

  return { push, take, state: () => undefined };
}

function unreadable(path: string, { line, offset }: SourceUnit, isTorn: boolean): Problem {
  const message = isTorn ? `${path} is not complete JSON and was not read.` : `${path} does not hold a chat session and was not read.`;
  return { code: 'malformed-document', message, where: { file: path, line, offset } };
}
