import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { folderOf, segments } from '../formats/place.ts';
import { formatName, historyName, isHistory, leftOut } from './format.ts';
import { openReader } from './reader.ts';

/** Aider: its history lies in the root of each repository. Those that are open in an editor are looked at, and the home directory. */
export const aider: Importer = {
  source: 'aider',
  displayName: 'Aider',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: openReader,
};

function roots({ home, env, workspaceFolders = [] }: Machine): readonly Root[] {
  const moved = env['AIDER_CHAT_HISTORY_FILE'];
  const isAbsolute = moved !== undefined && /^(?:\/|[A-Za-z]:[\\/])/.test(moved);
  const others = workspaceFolders.filter((folder) => folder !== home);
  return [
    ...[home, ...others].map((folder) => rootOf(folder, historyName)),
    ...(moved === undefined ? [] : isAbsolute ? [fileRoot(moved)] : others.flatMap((folder) => below(folder, moved))),
  ];
}

/** A relative place is meant from wherever Aider is started: in a repository, that is its root. */
function below(folder: string, moved: string): readonly Root[] {
  const names = segments(moved).filter((name) => name !== '.');
  return names.length === 0 || names.includes('..') ? [] : [fileRoot([folder, ...names].join('/'))];
}

function fileRoot(path: string): Root {
  return rootOf(folderOf(path), segments(path).at(-1) ?? historyName);
}

function rootOf(path: string, name: string): Root {
  return { path, mayHold: (relativePath) => relativePath === name, mayEnter: () => false, isFlat: true };
}

function recognise({ head }: Sample): Recognition | undefined {
  return isHistory(head) ? { format: formatName, unit: 'line' } : undefined;
}
