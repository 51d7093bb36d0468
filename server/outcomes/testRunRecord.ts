/** From the record of a command to the record of the test run in its output: what follows from the first is in the second, and nothing else. */

import { typeOf, type DaybookRecord } from '../../shared/record.ts';
import type { TestRun } from '../../shared/testRun.ts';
import { onlyReads } from './commands.ts';
import { readTestRun } from './readTestRun.ts';
import { outcome, words } from './runData.ts';

const commandType = typeOf('tool_executions', 'terminal.command');

/**
 * @param record any, after redaction
 * @returns undefined where it is no command, or no known runner has printed in it
 */
export function testRunRecord(record: DaybookRecord): DaybookRecord<TestRun> | undefined {
  if (record.type !== commandType || typeof record.data !== 'object' || record.data === null) return undefined;
  const { command, output, outputOmitted } = record.data as { readonly [Name in 'command' | 'output' | 'outputOmitted']?: unknown };
  if (typeof output !== 'string' || (typeof command === 'string' && onlyReads(command))) return undefined;
  const run = readTestRun(output, outputOmitted === undefined);
  if (!run) return undefined;
  const { redactions, data, ...envelope } = record;
  return {
    ...envelope,
    id: `${record.id}:test`,
    type: typeOf('events', 'test.run'),
    subject: words(run.summary),
    data: { runner: run.runner, parent: record.id, ...outcome(run) },
  };
}
