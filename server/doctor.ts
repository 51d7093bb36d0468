/** Looks whether all is well, and says what to do where it is not. Changes nothing; `repairing.ts` does. */

import { sentence } from '../shared/problem.ts';
import type { HealthResult, SourceHealth } from '../shared/health.ts';
import type { DoctorResult } from '../shared/results.ts';
import { checkDirectory, checkIndex, checkStopped, type Check } from './health/daybook.ts';
import { createHealth, type Health } from './health/health.ts';
import type { Importer, Machine } from './importers/importer.ts';
import type { Store } from './store/store.ts';

export interface DoctorDeps {
  readonly store: Store;
  readonly machine: Machine;
  readonly importers: readonly Importer[];
  readonly health?: Health;
}

export async function diagnose({ store, machine, importers, health = createHealth({ store, machine, importers }) }: DoctorDeps): Promise<DoctorResult> {
  const { ledger, failure } = await lookAt(health);
  const missing = importers.filter(({ source }) => !ledger.sources.some((each) => each.source === source));
  const isTool = ({ source }: SourceHealth): boolean => importers.some((importer) => importer.source === source);
  // Daybook's own row says what the checks above say.
  const shown = ledger.sources.filter((each) => isTool(each) || (each.source !== 'daybook' && each.state !== 'ok'));
  const checks: Check[] = [
    checkNode(),
    checkDirectory(store.paths.root),
    ...[checkStopped(store.paths.root)].filter(({ state }) => state !== 'ok'),
    attempt('database', () => checkDatabase(store)),
    attempt('index', () => checkIndex(store)),
    attempt('problems', () => checkProblems(store)),
    ...ledger.sources.filter(({ source }) => source === 'daybook').flatMap(({ notes }) => notes).filter(({ id }) => /^(?:exports|backups|repairs|retention|redaction|encryption|clock):/.test(id))
      .map(({ id, state, message }): Check => ({ name: id.slice(0, id.indexOf(':')), state, message })),
    ...shown.flatMap(checksOfSource),
    ...(failure ? [failure] : missing.map((importer) => checkNothing(importer, machine))),
  ];
  return { healthy: checks.every(({ state }) => state !== 'failed'), checks, health: ledger };
}

/** A database that is damaged may not even tell what it holds. */
async function lookAt(health: Health): Promise<{ readonly ledger: HealthResult; readonly failure?: Check }> {
  try {
    return { ledger: await health.look() };
  } catch (error) {
    const message = `What is recorded of each source could not be looked at: ${sentence(error)}.`;
    return { ledger: { state: 'failed', time: new Date().toISOString(), sources: [] }, failure: { name: 'sources', state: 'failed', message } };
  }
}

function attempt(name: string, check: () => Check): Check {
  try {
    return check();
  } catch (error) {
    return { name, state: 'failed', message: sentence(error) };
  }
}

function checkNode(): Check {
  return { name: 'node', state: 'ok', message: `Node ${process.versions.node}, Node-API ${process.versions.napi}.` };
}

function checkDatabase(store: Store): Check {
  const faults = store.check();
  if (faults.length === 0) return { name: 'database', state: 'ok', message: `${store.paths.database} is sound.` };
  return { name: 'database', state: 'failed', message: `${store.paths.database} is damaged (${faults[0]}). To keep it aside and make it again from the journal, run: daybook doctor --repair` };
}

function checkProblems(store: Store): Check {
  const { problems } = store.queries.figures();
  if (problems === 0) return { name: 'problems', state: 'ok', message: 'Nothing that could not be read.' };
  const things = problems === 1 ? 'One thing' : `${problems} things`;
  return { name: 'problems', state: 'warning', message: `${things} could not be read. See with: daybook search source.problem` };
}

/** What needs a look, a line each; then how many files there are and what is good to know, unless there is nothing but trouble. */
function checksOfSource({ displayName: name, files, notes }: SourceHealth): Check[] {
  const told = notes.filter(({ state }) => state !== 'ok').map(({ state, message }): Check => ({ name, state, message }));
  const said = notes.filter(({ state }) => state === 'ok').map(({ message }) => ` ${message}`).join('');
  if (told.length > 0 && said === '') return told;
  const count = files.read + files.waiting;
  return [...told, { name, state: 'ok', message: `${count} session ${count === 1 ? 'file' : 'files'} found.${said}` }];
}

/** A tool of which there is nothing; where it was looked for is all there is to say. */
function checkNothing(importer: Importer, machine: Machine): Check {
  const first = importer.roots(machine)[0]?.path ?? '';
  return { name: importer.displayName, state: 'ok', message: `No sessions found (looked in ${first} and other usual places).` };
}
