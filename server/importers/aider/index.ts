import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { folderOf, segments } from '../formats/place.ts';
import { formatName, historyName, isHistory, leftOut } from './format.ts';
import { openReader } from './reader.ts';

/** Aider: its history lies in the root of each repository, so that only the home directory's own is found without being named. */
export const aider: Importer = {
  source: 'aider',
  displayName: 'Aider',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: openReader,
};

function roots({ home, env }: Machine): readonly Root[] {
  const moved = env['AIDER_CHAT_HISTORY_FILE'];
  const own = rootOf(home, historyName);
  // A relative one is meant from wherever Aider is started.
  const isElsewhere = moved !== undefined && /^(?:\/|[A-Za-z]:[\\/])/.test(moved);
  return isElsewhere ? [own, rootOf(folderOf(moved), segments(moved).at(-1) ?? historyName)] : [own];
}

function rootOf(path: string, name: string): Root {
  return { path, mayHold: (relativePath) => relativePath === name, mayEnter: () => false };
}

function recognise({ head }: Sample): Recognition | undefined {
  return isHistory(head) ? { format: formatName, unit: 'line' } : undefined;
}
