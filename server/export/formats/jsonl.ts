/**
 * Daybook's own format: one CloudEvents 1.0 event a line, as the journal has it. What is written here can be read back without change.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */

import { recordExporter } from '../exporter.ts';
import { writeLines } from '../lines.ts';
import { jsonOf } from '../row.ts';

export const jsonl = recordExporter({
  name: 'jsonl',
  displayName: 'JSON Lines (CloudEvents)',
  extension: 'jsonl',
  audience: 'programs',
  layouts: ['file'],
  loses: 'Nothing of the records that count; earlier revisions of a message that its tool changed stay behind. '
    + 'Images and documents are named, not held. Daybook reads it back.',
  options: {},
  write: (records, sink) => writeLines(records, sink, 'daybook.jsonl', (record) => [jsonOf(record)]),
});
