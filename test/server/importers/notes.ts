/** An importer as small as one can be: JSON lines `{"note", "text"}`, or a document `{"notes": [...]}`, one session a file. */

import { basename } from 'node:path';
import { asArray, asObject, asText, parseObject } from '../../../server/importers/formats/json.ts';
import type { ImportedRecord, Importer, Machine, SourceFile, SourceReader } from '../../../server/importers/importer.ts';
import type { Problem } from '../../../shared/problem.ts';

export interface NotesImporter extends Importer {
  /** What was opened so far: `new` readers and `resumed` ones, in order. */
  readonly opened: readonly ('new' | 'resumed')[];
}

/** A machine on which nothing is found but what the importers' roots name. */
export const nowhere: Machine = { platform: 'linux', home: '/nonexistent', env: {}, vscodeUserDirectories: [] };

/** @param isResumable whether its readers can go on from a saved state */
export function notesImporter(root: string, isResumable = true): NotesImporter {
  const opened: ('new' | 'resumed')[] = [];
  return {
    source: 'notes',
    displayName: 'Notes',
    capabilities: { formats: ['lines', 'document'], leftOut: {}, usage: false },
    roots: () => [{ path: root, mayHold: (path) => path.endsWith('.notes'), mayEnter: (path) => !path.startsWith('private') }],
    recognise: ({ head }) => {
      if (head.startsWith('{"notes"')) return { format: 'document', unit: 'document' };
      return head.startsWith('{"note"') ? { format: 'lines', unit: 'line' } : undefined;
    },
    open(file, state) {
      opened.push(state ? 'resumed' : 'new');
      return reader(file, isResumable, Number(state?.['lines'] ?? 0));
    },
    opened,
  };
}

/** One line of a file. */
export function note(id: string, text = 'text'): string {
  return `${JSON.stringify({ note: id, text })}\n`;
}

function reader(file: SourceFile, isResumable: boolean, before: number): SourceReader {
  let records: ImportedRecord[] = [];
  let problems: Problem[] = [];
  let lines = before;
  const add = (value: unknown): void => {
    const object = asObject(value);
    const id = asText(object?.['note']);
    if (!id) return;
    records.push({
      kind: 'message', id, session: basename(file.path), time: '2026-11-20T10:00:00.000Z',
      data: { role: 'user', parts: [{ type: 'text', content: asText(object?.['text']) ?? '' }] },
    });
  };
  return {
    push({ text, line, offset }) {
      lines++;
      if (text === '') return;
      const value = parseObject(text);
      if (!value) problems.push({ code: 'malformed-line', message: `Line ${line} is not JSON.`, where: { file: file.path, line, offset } });
      else for (const each of asArray(value['notes']) ?? [value]) add(each);
    },
    take() {
      const reading = { records, problems };
      records = [];
      problems = [];
      return reading;
    },
    state: () => (isResumable ? { lines } : undefined),
  };
}
