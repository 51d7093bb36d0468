/** Carries out the exports of the setting `daybook.exports` that are due: each from where its last one ended up to the last day or week that is over. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError, sentence } from '../../../shared/problem.ts';
import type { ExportParams } from '../../../shared/protocol.ts';
import type { ExportResult } from '../../../shared/exportResults.ts';
import { size } from '../../../shared/size.ts';
import { lastEnd, rememberEnd, type Continued } from '../continuing.ts';
import { writeFailure } from '../failure.ts';
import type { Exports } from '../flow.ts';
import { claimed } from './claim.ts';
import { dayBefore, lastBoundary, nextBoundary } from './due.ts';
import { readEntry, type ScheduledEntry } from './entry.ts';
import { readRuns, writeRuns, type ScheduledRun } from './runs.ts';

export interface Carrying {
  /** Loaded when something is due. */
  readonly exports: () => Promise<Pick<Exports, 'run' | 'formats'>>;
  /** Absolute path. */
  readonly dataDirectory: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Milliseconds after which a failure is tried again, when something happens then. */
const againMs = 3_600_000;

export interface Carried {
  /** When to look again, milliseconds since 1970; Infinity when there is nothing to look for. */
  readonly next: number;
  /** Whether there is something new to say. */
  readonly isNew: boolean;
}

/** @param list what the setting holds */
export async function carryOut(list: readonly unknown[], carrying: Carrying): Promise<Carried> {
  if (list.length > 0) return await claimed(carrying.dataDirectory, () => inTurn(list, carrying)) ?? { next: carrying.now + againMs, isNew: false };
  const isNew = (await readRuns(carrying.dataDirectory)).length > 0;
  if (isNew) await writeRuns(carrying.dataDirectory, []);
  return { next: Infinity, isNew };
}

async function inTurn(list: readonly unknown[], carrying: Carrying): Promise<Carried> {
  const { dataDirectory, now } = carrying;
  const known = await readRuns(dataDirectory);
  const runs = new Map<string, ScheduledRun>();
  let next = Infinity;
  let isNew = false;
  for (const [at, value] of list.entries()) {
    const key = JSON.stringify(value);
    const read = readEntry(value);
    const before = known.find((run) => run.key === key);
    const run = 'reason' in read ? wrong(key, at, read.reason, now) : await ifDue(key, read.entry, carrying);
    const counted = run ?? before;
    if (counted) runs.set(key, counted);
    if ('entry' in read) next = Math.min(next, run?.state === 'warning' ? now + againMs : nextBoundary(read.entry.every, now));
    isNew ||= run !== undefined;
    if (run) await writeRuns(dataDirectory, [...runs.values(), ...known.filter((other) => !runs.has(other.key))]);
  }
  const isGone = known.some(({ key }) => !runs.has(key));
  if (isGone) await writeRuns(dataDirectory, [...runs.values()]);
  return { next, isNew: isNew || isGone };
}

function wrong(key: string, at: number, reason: string, now: number): ScheduledRun {
  const message = `Entry ${at + 1} of the setting daybook.exports cannot be carried out: ${reason}.`;
  return { key, at: new Date(now).toISOString(), state: 'warning', code: 'wrong-entry', message };
}

/** Undefined when it is not due yet. */
async function ifDue(key: string, entry: ScheduledEntry, { exports, dataDirectory, now, signal }: Carrying): Promise<ScheduledRun | undefined> {
  const { format, folder, query, every } = entry;
  const what: Continued = { format, output: folder, options: {}, selection: query === undefined ? {} : { query } };
  const until = lastBoundary(every, now);
  const at = new Date(now).toISOString();
  try {
    const since = await lastEnd(dataDirectory, what);
    if (since !== undefined && since >= until) return undefined;
    const { run, formats } = await exports();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const place = placeOf(entry, until, formats().formats.find(({ name }) => name === format));
    const result = await orNothing(() => run({ format, ...place, selection: { ...what.selection, ...(since !== undefined && { since }), until }, keepSame: true }, { signal }));
    await rememberEnd(dataDirectory, what, until);
    return { key, at, state: 'ok', code: 'scheduled-export', message: doneText(entry, dayBefore(until), result) };
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = writeFailure(error, folder);
    const problem = failure instanceof ProblemError ? failure.problem : undefined;
    const reason = problem?.code === 'exists' ? `${problem.where?.file ?? 'A file'} is there already and is not what would be written. Move it away.` : `${sentence(failure)}.`;
    return { key, at, state: 'warning', code: problem?.code ?? 'scheduled-export-failed', message: `The scheduled export as ${format} into ${folder} failed on ${at.slice(0, 10)}: ${reason.replace(/\.\.$/, '.')}` };
  }
}

/** Files of days lie beside each other in the folder; everything else has the last day in its name. */
function placeOf({ format, folder }: ScheduledEntry, until: string, known: { readonly layouts: readonly string[]; readonly extension: string; readonly byDay?: true } | undefined): Pick<ExportParams, 'output' | 'layout'> {
  if (known?.byDay) return { output: folder, layout: 'folder' };
  const name = join(folder, `${format}_${dayBefore(until)}`);
  return known?.layouts[0] === 'file' ? { output: `${name}.${known.extension}`, layout: 'file' } : { output: name };
}

/** That nothing happened is no failure. */
async function orNothing(work: () => Promise<ExportResult>): Promise<ExportResult | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'nothing') return undefined;
    throw error;
  }
}

function doneText({ format, folder, every }: ScheduledEntry, day: string, result: ExportResult | undefined): string {
  const what = result ? `${result.items} ${result.items === 1 ? 'item' : 'items'}, ${size(result.bytes)}` : 'nothing new';
  const found = result && result.redactions > 0 ? ` ${result.redactions} secrets that only the rules of today know were redacted in it; the record still has them. Run: daybook redact` : '';
  return `Exported every ${every} as ${format} into ${folder}: up to ${day}, ${what}.${found}${result?.notNoted === undefined ? '' : ` ${result.notNoted}`}`;
}
