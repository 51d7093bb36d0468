/** Watches what Daybook has recorded, through its command line as a person would, until the first import has come to rest. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DoctorResult, SessionList, Stats } from '../../shared/results.ts';
import { bundle } from './places.ts';
import { run } from './process.ts';

export interface Found {
  /** Where it is kept: an absolute path. */
  readonly directory: string;
  readonly stats: Stats;
  /** Sessions by the name of their source. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Whether the numbers had come to rest when time was up. */
  readonly atRest: boolean;
}

const pollMs = 2_000;
/** Numbers that stay the same for so many looks are at rest. */
const looksAtRest = 4;
const longestMs = 5 * 60_000;
/** Where there is nothing to import, nothing is waited for longer than this. */
const emptyMs = 45_000;
/** Sources of what happens now. */
const live = ['lsp', 'vscode'];
const answerMs = 30_000;
/** More than anybody has, and the most the command takes. */
const allSessions = '100000';

/** Throws when the command line gave no answer in all that time. */
export async function firstImport(dataDirectory: string | undefined, env: NodeJS.ProcessEnv): Promise<Found> {
  const startedAt = Date.now();
  const ask = (args: readonly string[]): Promise<string> => daybook(args, dataDirectory, env);
  let latest = '';
  let before = '';
  let looks = 0;
  while (looks < looksAtRest && Date.now() - startedAt < longestMs) {
    await sleep(pollMs);
    latest = await ask(['stats', '--json']).catch(() => '');
    const now = imported(latest);
    const mayStillCome = now === '' && Date.now() - startedAt < emptyMs;
    looks = now === before && !mayStillCome ? looks + 1 : 0;
    before = now;
  }
  const stats = JSON.parse(latest === '' ? await ask(['stats', '--json']) : latest) as Stats;
  const { sessions } = JSON.parse(await ask(['list', '--json', '--limit', allSessions])) as SessionList;
  const directory = dataDirectory ?? directoryIn(JSON.parse(await ask(['doctor', '--json'])) as DoctorResult);
  return { directory, stats, sessions: countBySource(sessions), atRest: looks >= looksAtRest };
}

/** What was found, for people. */
export function inSentences({ directory, stats, sessions, atRest }: Found): string[] {
  const sources = Object.entries(sessions).sort(([, a], [, b]) => b - a);
  const total = sources.reduce((count, [, each]) => count + each, 0);
  return [
    `Recording is on, in ${directory}.`,
    `So far it has kept ${counted(stats.records, 'record')} in ${counted(stats.sessions, 'session')}.`,
    total === 0
      ? 'It found no sessions of AI tools or of editing yet.'
      : `Sessions by source: ${sources.map(([source, count]) => `${live.includes(source) ? 'editing' : source} ${count}`).join(', ')}.`,
    ...(stats.redactions > 0 ? [`Secrets left out: ${stats.redactions}.`] : []),
    ...(stats.problems > 0 ? [`${counted(stats.problems, 'place')} could not be read; "daybook doctor" says which.`] : []),
    ...(atRest ? [] : ['It was still importing when these numbers were taken.']),
  ];
}

/** The doctor says it in its check of the directory, alone where all is well. */
function directoryIn({ checks }: DoctorResult): string {
  return checks.find(({ name }) => name === 'data directory')?.message ?? 'the default data directory';
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function countBySource(sessions: SessionList['sessions']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { source } of sessions) counts[source] = (counts[source] ?? 0) + 1;
  return counts;
}

/** What came from elsewhere, as text to compare; empty for nothing. Live recording goes on and never comes to rest. */
function imported(answer: string): string {
  if (answer === '') return '';
  const sources = Object.entries((JSON.parse(answer) as Stats).bySource).filter(([source]) => !live.includes(source));
  return sources.map(([source, records]) => `${source} ${records}`).join(', ');
}

async function daybook(args: readonly string[], dataDirectory: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const where = dataDirectory === undefined ? [] : ['--data-dir', dataDirectory];
  const outcome = await run(process.execPath, [join(bundle, 'cli.cjs'), ...args, ...where], { env, timeoutMs: answerMs });
  // Some answers come with exit code 1, such as that of a doctor who found something.
  if (outcome.code !== 0 && !outcome.stdout.startsWith('{')) throw new Error(`daybook ${args.join(' ')} failed.\n${outcome.output.trim()}`);
  return outcome.stdout;
}
