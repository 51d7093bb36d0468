/** What the record proves about the actions in it: a label a line, with the ids of the records that prove it, so that they can be joined. */

import { wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { labelsOf } from '../labels/labels.ts';
import { writeLines } from '../lines.ts';

export const labels = sessionExporter({
  name: 'labels',
  displayName: 'Labels',
  extension: 'jsonl',
  audience: 'programs',
  layouts: ['file'],
  loses: 'All but the labels and the ids of the records that prove them: call-replaced, answer-taken-back and command-fixed. Nothing is guessed, so '
    + 'that what has no label may still have failed or succeeded.',
  options: {},
  write: (sessions, sink) => writeLines(sessions, sink, 'labels.jsonl', (document) =>
    labelsOf(document).map(({ kind, records }) => wellFormedJson({ session: document.session.id, label: kind, records }))),
});
