import type { Importer, Machine, Root } from '../importer.ts';
import { formats, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';
import { retention } from './retention.ts';

/** Sessions of Gemini CLI, and of the editor extensions that run it. */
export const geminiCli: Importer = {
  source: sourceName,
  displayName: 'Gemini CLI',
  capabilities: { formats: Object.values(formats), leftOut, usage: true },
  roots,
  retention,
  recognise,
  open: (file) => openReader(file),
};

function roots(machine: Machine): readonly Root[] {
  const separator = machine.platform === 'win32' ? '\\' : '/';
  // Set, the variable stands in for the home folder.
  const homes = [machine.env['GEMINI_CLI_HOME'], machine.home].flatMap((home) => (home ? [home.replace(/(.)[\\/]+$/, '$1')] : []));
  return [...new Set(homes)].map((home) => ({ path: [home, '.gemini', 'tmp'].join(separator), mayHold, mayEnter }));
}

/** `<project>/chats/session-….jsonl` (or `.json`), and `<project>/chats/<session>/<agent>.jsonl`. */
function mayHold(relativePath: string): boolean {
  return /^[^/]+\/chats\/(?:session-[^/]*\.jsonl?|[^/]+\/[^/]+\.jsonl)$/.test(relativePath);
}

function mayEnter(relativePath: string): boolean {
  return /^[^/]+(?:\/chats(?:\/[^/]+)?)?$/.test(relativePath);
}
