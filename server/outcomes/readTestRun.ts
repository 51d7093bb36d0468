/** The list of formats, and the one way in: what a command or a task printed, as a test run. */

import { stripVTControlCharacters } from 'node:util';
import { cargo } from './runners/cargo.ts';
import { dotnet } from './runners/dotnet.ts';
import { go } from './runners/go.ts';
import { goJson } from './runners/goJson.ts';
import { gradle } from './runners/gradle.ts';
import { jest } from './runners/jest.ts';
import { mocha } from './runners/mocha.ts';
import { nodeTest } from './runners/nodeTest.ts';
import { pytest } from './runners/pytest.ts';
import { surefire } from './runners/surefire.ts';
import { tap } from './runners/tap.ts';
import { vitest } from './runners/vitest.ts';
import type { ReadRun, RunnerFormat } from './testRun.ts';

const formats: readonly RunnerFormat[] = [nodeTest, mocha, vitest, jest, cargo, pytest, goJson, go, dotnet, surefire, gradle, tap];

/** Characters of a line that are looked at: no name is longer, and what a pattern costs has an end. */
const lineLimit = 1_000;

/** Characters and lines looked at; of a longer output the end, where runners say how it went. */
const textLimit = 1_000_000;
const linesLimit = 50_000;

/**
 * @param isWhole whether nothing was left out of the output
 * @param output as a terminal or task printed it, colours and all; may lack its beginning or its middle
 * @returns undefined where no known runner has left its signature
 */
export function readTestRun(output: string, isWhole = true): ReadRun & { readonly runner: string } | undefined {
  const text = stripVTControlCharacters(output.slice(-textLimit));
  const possible = formats.filter(({ signature }) => signature.some((each) => text.includes(each)));
  if (possible.length === 0) return undefined;
  const all = text.split('\n');
  const lines = all.slice(-linesLimit).map(plainLine);
  const shape = { isWhole: isWhole && output.length <= textLimit && all.length <= linesLimit };
  for (const format of possible) {
    const run = format.read(lines, shape);
    if (run) return { runner: format.runner, ...run };
  }
  return undefined;
}

/** Without the carriage returns at its end. */
function plainLine(line: string): string {
  let end = Math.min(line.length, lineLimit);
  while (line[end - 1] === '\r') end--;
  return line.slice(0, end);
}
