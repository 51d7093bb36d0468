import type { Importer, Machine, Root } from '../importer.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';

/** Sessions of Kiro's command line. */
export const kiroCli: Importer = {
  source: sourceName,
  displayName: 'Kiro',
  capabilities: { formats: [formatName], leftOut, usage: false },
  roots,
  recognise,
  open: openReader,
};

function roots({ platform, home, env }: Machine): readonly Root[] {
  const separator = platform === 'win32' ? '\\' : '/';
  const folders = [env['KIRO_HOME']?.replace(/[\\/]+$/, ''), `${home}${separator}.kiro`];
  const paths = folders.flatMap((folder) => (folder ? [[folder, 'sessions', 'cli'].join(separator)] : []));
  return [...new Set(paths)].map((path) => ({ path, mayHold, mayEnter }));
}

function mayHold(relativePath: string): boolean {
  return /^[^/]+\.jsonl$/.test(relativePath);
}

/** What lies deeper are task lists of single sessions. */
function mayEnter(): boolean {
  return false;
}
