/** One JSON array of CloudEvents, the batch format of its specification; an event a line, so that it can be looked through. */

import { recordExporter } from '../exporter.ts';
import { jsonOf } from '../row.ts';

export const json = recordExporter({
  name: 'json',
  displayName: 'JSON (CloudEvents batch)',
  extension: 'json',
  audience: 'people',
  layouts: ['file'],
  loses: 'Nothing of the records that count; earlier revisions of a message that its tool changed stay behind. '
    + 'Images and documents are named, not held.',
  options: {},
  async write(records, sink) {
    const file = await sink.open('daybook.json');
    let items = 0;
    for await (const record of records) await file.write(`${items++ === 0 ? '[\n' : ',\n'}${jsonOf(record)}`);
    await file.write(items === 0 ? '[]\n' : '\n]\n');
    await file.close();
    return { items, leftOut: 0 };
  },
});
