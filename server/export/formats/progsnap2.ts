/**
 * ProgSnap2, in which research shares how programs came about: a table of events with its metadata. https://cssplice.org/progsnap2/
 * https://github.com/CSSPLICE/progsnap2
 */

import * as v from 'valibot';
import { csvField } from '../csvField.ts';
import { recordExporter, type Sink } from '../exporter.ts';
import { progSnapColumns, progSnapEvent, unknownCode } from '../progSnapEvent.ts';

const metadata = [
  ['Property', 'Value'], ['Version', '8.0'], ['IsEventOrderingConsistent', 'true'], ['EventOrderScope', 'Global'], ['EventOrderScopeColumns', ''],
  ['CodeStateRepresentation', 'Table'],
];

/** New types and columns are to be explained beside the data. */
const about = `ProgSnap2 written by Daybook.

Order: by time, then by session. Times are UTC.
CodeStateID: always ${unknownCode}, an empty state. Daybook records changes and not whole files: the changes are in X-Text.
EventType X-<family>.<kind>: a record of that family and kind of Daybook, such as X-tool_execution.terminal.command or X-chat.message.
X-Text: of File.Edit the unified diff; of a terminal command the command line; of others what they are about.
X-ExitCode: of a command, where the shell reported one.
EventInitiator: UserDirectAction for a person, ToolReaction for an agent, empty where it is not known.
A text that a spreadsheet would take for a formula has an apostrophe before it.
`;

export const progsnap2 = recordExporter({
  name: 'progsnap2',
  displayName: 'ProgSnap2',
  extension: 'csv',
  audience: 'programs',
  layouts: ['folder'],
  loses: 'States of the code, because whole files are not recorded: edits are diffs in a column of their own. Output of commands, and what was said in '
    + 'chats: of these stands only that they happened. A text that a spreadsheet would take for a formula has an apostrophe before it.',
  options: {
    subject: v.pipe(v.optional(v.pipe(v.string(), v.minLength(1)), '1'), v.description('the SubjectID of all events; 1 unless told')),
  },
  async write(records, sink, { subject }) {
    const table = await sink.open('MainTable.csv');
    await table.write(row(progSnapColumns));
    let items = 0;
    for await (const record of records) {
      const event = progSnapEvent(record, ++items, subject);
      await table.write(row(progSnapColumns.map((name) => event[name] ?? null)));
    }
    await table.close();
    await writeWhole(sink, 'DatasetMetadata.csv', metadata.map(row).join(''));
    await writeWhole(sink, 'CodeStates/CodeStates.csv', [['CodeStateID', 'Code'], [unknownCode, '']].map(row).join(''));
    await writeWhole(sink, 'README.txt', about);
    return { items, leftOut: 0 };
  },
});

function row(values: readonly (string | number | null)[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

async function writeWhole(sink: Sink, name: string, text: string): Promise<void> {
  const file = await sink.open(name);
  await file.write(text);
  await file.close();
}
