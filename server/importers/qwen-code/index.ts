import type { Importer, Machine, Root } from '../importer.ts';
import { formatName, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';
import { recognise } from './recognise.ts';

/** Sessions of Qwen Code: the command line, the editor extensions and what runs on its SDK. */
export const qwenCode: Importer = {
  source: sourceName,
  displayName: 'Qwen Code',
  capabilities: { formats: [formatName], leftOut, usage: true },
  roots,
  recognise,
  open: (file) => openReader(file),
};

function roots(machine: Machine): readonly Root[] {
  const { home, env } = machine;
  const separator = machine.platform === 'win32' ? '\\' : '/';
  // Sessions are kept at the first of these that is set; older ones may lie at the others.
  const folders = [env['QWEN_RUNTIME_DIR'], env['QWEN_HOME'], `${home}${separator}.qwen`].flatMap((folder) => {
    return folder ? [folder.replace(/^~(?=[\\/]|$)/, home).replace(/(.)[\\/]+$/, '$1')] : [];
  });
  return [...new Set(folders)].map((folder) => ({ path: `${folder}${separator}projects`, mayHold, mayEnter }));
}

/** `<project>/chats/<session>.jsonl`, and `<project>/subagents/<session>/agent-<agent>.jsonl`. */
function mayHold(relativePath: string): boolean {
  return /^[^/]+\/(?:chats\/[^/]+|subagents\/[^/]+\/agent-[^/]+)\.jsonl$/.test(relativePath);
}

function mayEnter(relativePath: string): boolean {
  return /^[^/]+(?:\/(?:chats|subagents(?:\/[^/]+)?))?$/.test(relativePath);
}
