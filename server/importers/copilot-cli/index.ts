import type { Importer, Machine, Root } from '../importer.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';

/** Sessions of GitHub Copilot CLI, also of those that VS Code or the SDK runs. */
export const copilotCli: Importer = {
  source: sourceName,
  displayName: 'Copilot CLI',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: openReader,
};

function roots({ platform, home, env }: Machine): readonly Root[] {
  const separator = platform === 'win32' ? '\\' : '/';
  const folders = [env['COPILOT_HOME']?.replace(/[\\/]+$/, ''), `${home}${separator}.copilot`];
  const paths = folders.flatMap((folder) => (folder ? [`${folder}${separator}session-state`] : []));
  return [...new Set(paths)].map((path) => ({ path, mayHold, mayEnter }));
}

function mayHold(relativePath: string): boolean {
  return /^[^/]+(?:\/events)?\.jsonl$/.test(relativePath);
}

/** What lies deeper are checkpoints and files of the session. */
function mayEnter(relativePath: string): boolean {
  return !relativePath.includes('/');
}
