/** The list of formats, and the one way in: what a command or a task printed, as a test run. */

import { stripVTControlCharacters } from 'node:util';
import { cargo } from './runners/cargo.ts';
import { go } from './runners/go.ts';
import { goJson } from './runners/goJson.ts';
import { jest } from './runners/jest.ts';
import { mocha } from './runners/mocha.ts';
import { nodeTest } from './runners/nodeTest.ts';
import { pytest } from './runners/pytest.ts';
import { tap } from './runners/tap.ts';
import { vitest } from './runners/vitest.ts';
import type { ReadRun, RunnerFormat } from './testRun.ts';

const formats: readonly RunnerFormat[] = [nodeTest, mocha, vitest, jest, cargo, pytest, goJson, go, tap];

/** Characters of a line that are looked at: no name is longer, and what a pattern costs has an end. */
const lineLimit = 1_000;

/** Characters looked at; of a longer output the end, where runners say how it went. */
const textLimit = 2_000_000;

/**
 * @param isWhole whether nothing was left out of the output
 * @param output as a terminal or task printed it, colours and all; may lack its beginning or its middle
 * @returns undefined where no known runner has left its signature
 */
export function readTestRun(output: string, isWhole = true): ReadRun & { readonly runner: string } | undefined {
  const lines = stripVTControlCharacters(output.slice(-textLimit)).split('\n').map((line) => line.slice(0, lineLimit).replace(/\r+$/, ''));
  for (const format of formats) {
    const run = format.read(lines, { isWhole: isWhole && output.length <= textLimit });
    if (run) return { runner: format.runner, ...run };
  }
  return undefined;
}
