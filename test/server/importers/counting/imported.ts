/** What `daybook import --json` says of one file, imported into a record of its own. */

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportResult } from '../../../../shared/results.ts';
import { daybook } from '../../cli/running.ts';
import type { Counted } from './tally.ts';

export async function imported(path: string, folder: string): Promise<{ readonly source: string; readonly counted: Counted; readonly problems: number }> {
  const { code, out } = await daybook(['import', '--from', path, '--json'], { folder: mkdtempSync(join(folder, 'home-')) });
  assert.equal(code, 0);
  const [[source, counts] = assert.fail(`${path} was not recognised.`), ...others] = Object.entries((JSON.parse(out) as ImportResult).sources);
  assert.deepEqual(others, []);
  const { sessions, prompts, replies, toolExecutions: toolCalls, problems, usage } = counts;
  const tokens = [usage.inputTokens ?? 0, usage.cacheReadTokens ?? 0, usage.cacheWriteTokens ?? 0, usage.outputTokens ?? 0] as const;
  return { source, problems, counted: { sessions, prompts, replies, toolCalls, tokens } };
}
