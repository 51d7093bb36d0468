import { headKeys } from '../formats/headKeys.ts';
import { noLines } from '../formats/noLines.ts';
import { segments } from '../formats/place.ts';
import { joinOn } from '../formats/userDirectories.ts';
import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { formatName, leftOut, sourceName, treeFormat } from './format.ts';
import { read } from './reader.ts';
import { openTree } from './tree.ts';

/** opencode: one database for all sessions, and the tree of JSON files that its first releases kept. */
export const opencode: Importer = {
  source: sourceName,
  displayName: 'opencode',
  capabilities: { formats: [treeFormat, formatName], leftOut, usage: true, replaced: [treeFormat] },
  roots,
  recognise,
  open: (file) => (file.format === treeFormat ? openTree(file) : noLines()),
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
    ...folders.map((path) => ({ path: join(path, 'storage'), mayHold: mayHoldTree, mayEnter: mayEnterTree })),
    ...(isElsewhere ? [{ path: join(named, '..'), mayHold: (below: string) => below === names.at(-1), mayEnter: () => false }] : []),
  ];
}

/** Parts are read with their message. */
function mayHoldTree(relativePath: string): boolean {
  return /^(?:session\/[^/]+\/ses_[^/]+|message\/[^/]+\/msg_[^/]+)\.json$/.test(relativePath);
}

function mayEnterTree(relativePath: string): boolean {
  return /^(?:session|message)(?:\/[^/]+)?$/.test(relativePath);
}

function isInTree(head: string): boolean {
  const keys = headKeys(head);
  const id = keys.get('id') ?? '';
  if (id.startsWith('"msg_')) return keys.get('sessionID')?.startsWith('"ses_') === true && keys.has('role');
  return id.startsWith('"ses_') && keys.has('version') && (keys.has('directory') || keys.has('projectID'));
}

/** The names of the tables are in the sample of a small schema only: then the file's own name has to do. */
function recognise({ path, head }: Sample): Recognition | undefined {
  if (!head.startsWith('SQLite format 3\0')) return isInTree(head) ? { format: treeFormat, unit: 'document' } : undefined;
  const isNamed = fileName.test(segments(path).at(-1) ?? '');
  const isLike = ['message_id', 'session_id', 'time_updated', 'project_id', 'slug'].every((name) => head.includes(name));
  return isNamed || isLike ? { format: formatName, unit: 'database' } : undefined;
}
