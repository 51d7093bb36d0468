/** What a call of an agent's tool is about: the files that it names, and the command that it runs. */

import type { ToolCallPart } from './session.ts';

export interface ToolUse {
  /** As the call writes them: absolute, relative to where the session ran, or URIs. */
  readonly files: readonly string[];
  /** Whether it was to change those files; else it only looked. */
  readonly changes: boolean;
  /** The command line it was to run. */
  readonly command?: string;
}

const nothing: ToolUse = { files: [], changes: false };
const changing = /edit|write|patch|replace|insert|create|delete|remove|rename|move|apply/i;
const running = /bash|shell|terminal|command|exec|powershell|^run/i;
/** They name a folder, or a pattern. */
const looking = /grep|glob|search|find|list|^ls$|tree/i;
const pathNames = new Set([
  'file', 'files', 'path', 'paths', 'filepath', 'absolutepath', 'notebookpath', 'targetfile', 'filename', 'relativepath', 'relativeworkspacepath', 'uri',
]);
const commandNames = ['command', 'cmd', 'commandLine', 'script'] as const;
const patched = /^\*\*\* (?:Add|Update|Delete) File: (.+)$|^\*\*\* Move to: (.+)$/gm;
const mostFiles = 50;
/** Deep enough for a list of edits in a call. */
const maxDepth = 3;
/** Characters of a patch that are looked through. */
const mostPatch = 1_000_000;

export function toolUse({ name, arguments: given }: Pick<ToolCallPart, 'name' | 'arguments'>): ToolUse {
  const command = running.test(name) ? commandOf(given) : undefined;
  const patch = patchedFiles(command ?? patchOf(given));
  if (patch.length > 0) return { files: patch, changes: true, ...(command !== undefined && { command }) };
  if (command !== undefined) return { ...nothing, command };
  const changes = changing.test(name) && action(given) !== 'view';
  if (!changes && looking.test(name)) return nothing;
  const files = new Set<string>();
  collect(given, files, 0);
  return files.size === 0 ? nothing : { files: [...files], changes };
}

/** Editors of several tools take what they do as a `command`. */
function action(given: unknown): unknown {
  return isObject(given) ? given['command'] : undefined;
}

/** Some tools hand over the words for the shell: the line is the last of `bash -lc "npm test"`. */
function commandOf(given: unknown): string | undefined {
  const value = isObject(given) ? commandNames.map((name) => given[name]).find((each) => each !== undefined) : given;
  const line: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof line === 'string' && line.trim() !== '' ? line.trim() : undefined;
}

function patchOf(given: unknown): string | undefined {
  const value = isObject(given) ? given['input'] ?? given['patch'] : given;
  return typeof value === 'string' ? value : undefined;
}

function patchedFiles(text: string | undefined): string[] {
  if (!text?.includes('*** Begin Patch')) return [];
  const found = [...text.slice(0, mostPatch).matchAll(patched)].flatMap(([, file, target]) => file ?? target ?? []);
  return [...new Set(found.map((file) => file.trim()))].slice(0, mostFiles);
}

function collect(value: unknown, files: Set<string>, depth: number): void {
  if (depth > maxDepth || !isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const isPath = pathNames.has(name.replaceAll(/[_-]/g, '').toLowerCase());
    const all = Array.isArray(inner) ? inner as readonly unknown[] : [inner];
    for (const each of all) {
      if (files.size >= mostFiles) return;
      if (isPath && typeof each === 'string' && each !== '') files.add(each);
      else collect(each, files, depth + 1);
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
