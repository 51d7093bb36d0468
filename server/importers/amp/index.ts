import { globalStorages, joinOn } from '../formats/userDirectories.ts';
import { headKeys } from '../formats/headKeys.ts';
import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';

/** Amp: its command line and its extension for editors keep the same threads. */
export const amp: Importer = {
  source: sourceName,
  displayName: 'Amp',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: (file) => openReader(file),
};

/** Amp follows XDG on every system; before that, its extension kept threads with the editor's other files. */
function roots(machine: Machine): readonly Root[] {
  const join = joinOn(machine);
  const own = join(machine.home, '.local', 'share');
  const data = [...new Set([machine.env['XDG_DATA_HOME'] || own, own])].map((folder) => join(folder, 'amp', 'threads'));
  const older = globalStorages(machine).map((folder) => join(folder, 'sourcegraph.amp', 'threads3'));
  return [...data, ...older].map((path) => ({ path, mayHold, mayEnter: () => false }));
}

function mayHold(relativePath: string): boolean {
  return /^T-[^/]+\.json$/.test(relativePath);
}

function recognise({ head }: Sample): Recognition | undefined {
  const keys = headKeys(head);
  const isThread = keys.get('id')?.startsWith('"T-') === true && keys.has('created') && keys.get('messages') === '[';
  return isThread ? { format: formatName, unit: 'document' } : undefined;
}
