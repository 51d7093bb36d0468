import { noLines } from '../formats/noLines.ts';
import { segments } from '../formats/place.ts';
import { joinOn } from '../formats/userDirectories.ts';
import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { read } from './reader.ts';

/** opencode: one database for all sessions. The tree of JSON files of its first releases is not read. */
export const opencode: Importer = {
  source: sourceName,
  displayName: 'opencode',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: noLines,
  read,
};

// Releases for testers have a database of their own, such as `opencode-dev.db`.
const fileName = /^opencode(?:-[^/]+)?\.db$/;

/** opencode follows XDG on every system. `OPENCODE_DB` names another file, there or anywhere. */
function roots(machine: Machine): readonly Root[] {
  const join = joinOn(machine);
  const own = join(machine.home, '.local', 'share');
  const folders = [...new Set([machine.env['XDG_DATA_HOME'] || own, own])].map((folder) => join(folder, 'opencode'));
  const named = machine.env['OPENCODE_DB'] ?? '';
  const names = segments(named);
  const isElsewhere = /^(?:\/|[A-Za-z]:[\\/])/.test(named);
  const ours = names.length === 1 && !isElsewhere ? names[0] : undefined;
  return [
    ...folders.map((path) => ({ path, mayHold: (below: string) => fileName.test(below) || below === ours, mayEnter: () => false })),
    ...(isElsewhere ? [{ path: join(named, '..'), mayHold: (below: string) => below === names.at(-1), mayEnter: () => false }] : []),
  ];
}

/** The names of the tables are in the sample of a small schema only: then the file's own name has to do. */
function recognise({ path, head }: Sample): Recognition | undefined {
  if (!head.startsWith('SQLite format 3\0')) return undefined;
  const isNamed = fileName.test(segments(path).at(-1) ?? '');
  const isLike = ['message_id', 'session_id', 'time_updated', 'project_id', 'slug'].every((name) => head.includes(name));
  return isNamed || isLike ? { format: formatName, unit: 'database' } : undefined;
}
