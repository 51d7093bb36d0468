/** Looks whether all is well, and says what to do where it is not. Changes nothing. */

import { accessSync, constants, statSync } from 'node:fs';
import { sentence } from '../shared/problem.ts';
import type { DoctorResult } from '../shared/results.ts';
import { discover } from './importers/discover.ts';
import type { Importer, Machine } from './importers/importer.ts';
import type { Store } from './store/store.ts';

type Check = DoctorResult['checks'][number];

export interface DoctorDeps {
  readonly store: Store;
  readonly machine: Machine;
  readonly importers: readonly Importer[];
}

export async function diagnose({ store, machine, importers }: DoctorDeps): Promise<DoctorResult> {
  const checks: Check[] = [
    checkNode(),
    checkDirectory(store.paths.root),
    attempt('database', () => checkDatabase(store)),
    attempt('index', () => checkIndex(store)),
    attempt('problems', () => checkProblems(store)),
    ...(await Promise.all(importers.map((importer) => checkSource(importer, machine)))),
  ];
  return { healthy: checks.every(({ state }) => state !== 'failed'), checks };
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

function checkDirectory(root: string): Check {
  const name = 'data directory';
  try {
    accessSync(root, constants.R_OK | constants.W_OK);
  } catch (error) {
    return { name, state: 'failed', message: `${root} cannot be written: ${sentence(error)}.` };
  }
  const open = process.platform !== 'win32' && (statSync(root).mode & 0o077) !== 0;
  if (open) return { name, state: 'warning', message: `${root} can be read by other users of this machine. Run: chmod 700 '${root}'` };
  return { name, state: 'ok', message: root };
}

function checkDatabase(store: Store): Check {
  const faults = store.check();
  if (faults.length === 0) return { name: 'database', state: 'ok', message: `${store.paths.database} is sound.` };
  return { name: 'database', state: 'failed', message: `${store.paths.database} is damaged (${faults[0]}). Delete it and run: daybook rebuild` };
}

function checkIndex(store: Store): Check {
  const behind = store.behind();
  if (behind === 0) return { name: 'index', state: 'ok', message: 'The index holds everything the journal holds.' };
  const files = behind === 1 ? 'One journal file holds' : `${behind} journal files hold`;
  return { name: 'index', state: 'warning', message: `${files} more, or less, than the index. Run: daybook rebuild` };
}

function checkProblems(store: Store): Check {
  const { problems } = store.queries.figures();
  if (problems === 0) return { name: 'problems', state: 'ok', message: 'Nothing that could not be read.' };
  const things = problems === 1 ? 'One thing' : `${problems} things`;
  return { name: 'problems', state: 'warning', message: `${things} could not be read. See with: daybook search source.problem` };
}

async function checkSource(importer: Importer, machine: Machine): Promise<Check> {
  const name = importer.displayName;
  try {
    const files = await discover([importer], machine);
    const first = importer.roots(machine)[0]?.path ?? '';
    if (files.length === 0) return { name, state: 'ok', message: `No sessions found (looked in ${first} and other usual places).` };
    return { name, state: 'ok', message: `${files.length} session ${files.length === 1 ? 'file' : 'files'} found.` };
  } catch (error) {
    return { name, state: 'warning', message: sentence(error) };
  }
}
