/**
 * What drives a browser, watches files or starts processes can fail because the machine is busy with something else.
 * A suite that fails is asked once more, when all others are done; it is named, so that nobody mistakes luck for health.
 */
import { nothing } from './tally.ts';
import type { Report } from './tally.ts';

/** More than these are no accident. */
const mostSuites = 4;

/** @param ask runs the suites whose full titles match the regular expression */
export async function askedAgain(
  first: Report,
  ask: (pattern: string) => Promise<Report>,
  say: (line: string) => void = console.log,
): Promise<Report> {
  const failed = [...first].filter(([, tally]) => tally.failed > 0).map(([title]) => title);
  // What belongs to no suite can not be asked for.
  if (failed.length === 0 || failed.length > mostSuites || failed.includes('')) return first;
  say(`\n== asked again, since it failed: ${failed.join(', ')}`);
  const second = await ask(`^(${failed.map(literally).join('|')}) `);
  const answers = new Map(failed.map((title) => [title, second.get(title) ?? first.get(title) ?? nothing]));
  const healed = failed.filter((title) => answers.get(title)?.failed === 0);
  if (healed.length > 0) say(`FLAKY: failed, and passed when asked again: ${healed.join(', ')}`);
  return new Map([...first, ...answers]);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
