import type { Importer, Machine, Root } from '../importer.ts';
import { formats, leftOut } from './format.ts';
import { sourceName } from './identity.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';

/** Sessions of OpenAI Codex: the command line, the editor extension, the desktop application and what runs on its server. */
export const codex: Importer = {
  source: sourceName,
  displayName: 'Codex',
  capabilities: { formats: Object.values(formats), leftOut, usage: true },
  roots,
  recognise,
  open: openReader,
};

function roots(machine: Machine): readonly Root[] {
  const separator = machine.platform === 'win32' ? '\\' : '/';
  const moved = machine.env['CODEX_HOME']?.replace(/[\\/]+$/, '');
  const homes = new Set([...(moved ? [moved] : []), [machine.home, '.codex'].join(separator)]);
  return [...homes].flatMap((home) => ['sessions', 'archived_sessions'].map((folder) => {
    return { path: [home, folder].join(separator), mayHold, mayEnter };
  }));
}

/** Codex compresses sessions that were not touched for long, and takes the plain file away. */
function mayHold(relativePath: string): boolean {
  return /(?:^|\/)rollout-[^/]*\.jsonl(?:\.zst)?$/.test(relativePath);
}

/** Sessions lie in folders by year, month and day. */
function mayEnter(relativePath: string): boolean {
  return /^\d{4}(?:\/\d\d){0,2}$/.test(relativePath);
}
