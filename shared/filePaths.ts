/** The files a record is about, as it names them: URIs, absolute and relative paths. */

import type { DaybookRecord } from './record.ts';
import { remembered } from './remembered.ts';

/** Names under which Daybook and the tools of agents say which file is meant. */
const pathNames = new Set([
  'uri', 'olduri', 'file', 'files', 'names', 'path', 'paths', 'filepath', 'absolutepath', 'relativepath', 'notebookpath', 'targetfile', 'filename', 'relativeworkspacepath',
]);
/** Deep enough for the arguments of a call inside a part of a message. */
const maxDepth = 6;
/** More nobody looks through. */
const maxPaths = 1_000;

export function filePaths({ type, subject, data }: DaybookRecord): string[] {
  const paths: string[] = [];
  // The subject of an event of the editor is the path below the workspace.
  if (subject !== undefined && /^dev\.daybook\.event\.(?:editor|file|diagnostics)\./.test(type)) paths.push(subject);
  collect(data, paths, 0);
  return paths;
}

function collect(value: unknown, paths: string[], depth: number): void {
  if (depth > maxDepth || typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (paths.length >= maxPaths) return;
    if (isPathName(name)) paths.push(...strings(inner));
    collect(inner, paths, depth + 1);
  }
}

/** Asked of every field of every record: the same names come again and again. */
const isPathName = remembered(1_000, (name) => pathNames.has(name.replaceAll(/[_-]/g, '').toLowerCase()));

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
