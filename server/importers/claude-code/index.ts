import type { Importer, Machine, Root } from '../importer.ts';
import { formatName, leftOut } from './format.ts';
import { sourceName } from './identity.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';
import { retention } from './retention.ts';

/** Sessions of Claude Code: the command line, the editor extensions and what runs on its SDK. */
export const claudeCode: Importer = {
  source: sourceName,
  displayName: 'Claude Code',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  retention,
  recognise,
  open: openReader,
};

function roots(machine: Machine): readonly Root[] {
  const { home, env } = machine;
  const separator = machine.platform === 'win32' ? '\\' : '/';
  const join = (...segments: string[]): string => segments.join(separator);
  const folders = [
    env['CLAUDE_CONFIG_DIR'],
    join(home, '.claude'),
    env['XDG_CONFIG_HOME'] ? join(env['XDG_CONFIG_HOME'], 'claude') : undefined,
    join(home, '.config', 'claude'),
  ];
  const paths = folders.flatMap((folder) => (folder ? [join(folder.replace(/[\\/]+$/, ''), 'projects')] : []));
  return [...new Set(paths)].map((path) => ({ path, mayHold }));
}

function mayHold(relativePath: string): boolean {
  return relativePath.endsWith('.jsonl') && relativePath.split('/').at(-1) !== 'journal.jsonl';
}
