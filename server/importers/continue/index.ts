import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { headKeys } from '../formats/headKeys.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';

/** Continue: its extensions for editors and its command line keep the same sessions. */
export const continueDev: Importer = {
  source: sourceName,
  displayName: 'Continue',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: (file) => openReader(file),
};

function roots({ platform, home, env }: Machine): readonly Root[] {
  const separator = platform === 'win32' ? '\\' : '/';
  const own = `${home}${separator}.continue`;
  const folders = [env['CONTINUE_GLOBAL_DIR'] || own, own].map((folder) => folder.replace(/[\\/]+$/, ''));
  return [...new Set(folders)].map((folder) => ({ path: `${folder}${separator}sessions`, mayHold, mayEnter: () => false }));
}

/** The index beside the sessions is none. */
function mayHold(relativePath: string): boolean {
  return /^[^/]+\.json$/.test(relativePath) && relativePath !== 'sessions.json';
}

function recognise({ head, path }: Sample): Recognition | undefined {
  const keys = headKeys(head);
  if (!keys.has('sessionId') || keys.get('history') !== '[') return undefined;
  // A long history may hide what comes after it.
  const isSure = keys.has('workspaceDirectory') || /[\\/]\.continue[\\/]sessions[\\/][^\\/]+$/.test(path);
  return isSure ? { format: formatName, unit: 'document' } : undefined;
}
