/** What the arguments of a tool call say about files: the tools of all agents write, replace or patch, under a handful of names. */

import type { WholeEdit } from '../../../shared/sessionView.ts';
import { patchEdits } from './patch.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Names under which tools are told of a file. */
export const pathNames = ['file_path', 'filePath', 'path', 'target_file', 'filename', 'uri', 'absolute_path', 'notebook_path'];
const beforeNames = ['old_string', 'oldString', 'old_str', 'oldText', 'search'];
const afterNames = ['new_string', 'newString', 'new_str', 'newText', 'replace', 'new_source'];
const contentNames = ['content', 'contents', 'file_text'];
const patchNames = ['patch', 'input', 'patchText', 'diff'];
const writes = /write|create|save/i;

/** @param name of the tool. Empty for calls that edit nothing, or say nothing about it. */
export function editsOf(name: string, input: unknown): readonly WholeEdit[] {
  if (typeof input === 'string') return patchEdits(input);
  if (typeof input !== 'object' || input === null) return [];
  const fields = input as Fields;
  const path = text(fields, pathNames);
  const several = fields['edits'] ?? fields['replacements'];
  if (Array.isArray(several)) return several.slice(0, mostEdits).flatMap((each) => (isFields(each) ? replaced(each, text(each, pathNames) ?? path) : []));
  const one = replaced(fields, path);
  if (one.length > 0) return one;
  const content = text(fields, contentNames);
  if (path !== undefined && content !== undefined && writes.test(name)) return [{ path, before: '', after: content }];
  const patch = text(fields, patchNames) ?? commandPatch(fields['command']);
  return patch === undefined ? [] : patchEdits(patch, path);
}

const mostEdits = 200;

function replaced(fields: Fields, path: string | undefined): WholeEdit[] {
  const before = text(fields, beforeNames);
  const after = text(fields, afterNames);
  if (path === undefined || after === undefined || (before === undefined && !('new_source' in fields))) return [];
  return [{ path, before: before ?? '', after }];
}

/** Codex hands a patch to a shell: `["apply_patch", "*** Begin Patch…"]`. */
function commandPatch(command: unknown): string | undefined {
  if (!Array.isArray(command)) return undefined;
  return command.find((word): word is string => typeof word === 'string' && word.includes('*** Begin Patch'));
}

function text(fields: Fields, names: readonly string[]): string | undefined {
  const name = names.find((each) => typeof fields[each] === 'string');
  return name === undefined ? undefined : (fields[name] as string);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
