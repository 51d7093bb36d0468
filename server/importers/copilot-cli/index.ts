import type { Importer, Machine, Root } from '../importer.ts';
import { formatName, historyFormat, leftOut, sourceName } from './format.ts';
import { openHistory } from './history.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';

/** Sessions of GitHub Copilot CLI, also of those that VS Code or the SDK runs. */
export const copilotCli: Importer = {
  source: sourceName,
  displayName: 'Copilot CLI',
  capabilities: { formats: [formatName, historyFormat], leftOut, usage: true, lesser: [historyFormat] },
  roots,
  recognise,
  open: (file, state) => (file.format === historyFormat ? openHistory(file) : openReader(file, state)),
};

function roots({ platform, home, env }: Machine): readonly Root[] {
  const separator = platform === 'win32' ? '\\' : '/';
  const folders = [env['COPILOT_HOME']?.replace(/[\\/]+$/, ''), `${home}${separator}.copilot`];
  const own = [...new Set(folders.filter((folder) => folder !== undefined && folder !== ''))];
  return [
    ...own.map((folder) => ({ path: `${folder}${separator}session-state`, mayHold, mayEnter })),
    ...own.map((folder) => ({ path: `${folder}${separator}history-session-state`, mayHold: mayHoldHistory, mayEnter: () => false, isFlat: true as const })),
  ];
}

function mayHoldHistory(relativePath: string): boolean {
  return /^[^/]+\.json$/.test(relativePath);
}

function mayHold(relativePath: string): boolean {
  return /^[^/]+(?:\/events)?\.jsonl$/.test(relativePath);
}

/** What lies deeper are checkpoints and files of the session. */
function mayEnter(relativePath: string): boolean {
  return !relativePath.includes('/');
}
