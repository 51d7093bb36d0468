/** `daybook show`: a session as a document, one record, or all that a command printed. */

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { blobsIn, terminalCommand } from '../../shared/attachment.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { DaybookRecord, TerminalCommand } from '../../shared/record.ts';
import type { RecordDocument } from '../../shared/results.ts';
import type { Reader } from '../reader.ts';
import type { LookDeps } from './look.ts';
import { visible } from './visible.ts';

interface ShowOptions {
  readonly output?: true;
}

export function defineShow<Options>(command: Command, { withReader, print }: Pick<LookDeps<Options>, 'withReader' | 'print'>): void {
  command
    .argument('<id>', 'id of a session or a record')
    .option('--output', 'of a command: all that it printed, as far as it is kept')
    .action((id: string, options: Options & ShowOptions) => withReader(options, (reader) => {
      const document = options.output ? undefined : reader.session(id);
      if (document) return print(options, document, () => reader.sessionMarkdown(id)?.markdown.trimEnd() ?? '');
      const found = reader.show(id);
      const kinds = options.output ? 'record' : 'session and no record';
      if (!found) throw new ProblemError({ code: 'not-found', message: `There is no ${kinds} with the id ${id}.` });
      if (options.output) print(options, { output: outputOf(reader, found.record) }, ({ output }) => visible(output));
      else print(options, found, recordText);
    }));
}

function recordText({ record }: RecordDocument): string {
  const hint = fileOf(record) === undefined ? '' : `\n\nAll that it printed: daybook show ${visible(record.id)} --output`;
  return JSON.stringify(record, null, 2) + hint;
}

/** Name of the file with all of its output. */
function fileOf(record: DaybookRecord): string | undefined {
  return record.type === terminalCommand ? blobsIn(record)[0]?.attachment : undefined;
}

function outputOf(reader: Reader, record: DaybookRecord): string {
  if (record.type !== terminalCommand) throw new ProblemError({ code: 'no-command', message: `The record ${record.id} is not that of a command.` });
  const file = fileOf(record);
  const found = file === undefined ? null : reader.attachment(file);
  if (found) return readFileSync(found.path, 'utf8');
  const { output } = record.data as Partial<TerminalCommand>;
  return typeof output === 'string' ? output : '';
}
