/** Where on the machine a session belongs: its workspace, and the id its file name carries. */

import { asText, parseObject } from '../formats/json.ts';
import type { SourceFile } from '../importer.ts';
import { filePath } from './uri.ts';

export interface Workspace {
  /** URI as VS Code wrote it: a folder or a `.code-workspace` file. */
  readonly uri?: string;
  /** Absolute path, where the workspace is one folder of this machine. */
  readonly folder?: string;
}

/** The workspace of a file, from the `workspace.json` of its storage folder (`relativePath` says where that is from the file). */
export function workspaceOf(file: SourceFile, relativePath: string): Workspace {
  const text = file.neighbour(relativePath);
  const saved = text === undefined ? undefined : parseObject(text);
  const folder = asText(saved?.['folder']);
  const uri = folder ?? asText(saved?.['workspace']);
  const path = folder === undefined ? undefined : filePath(folder);
  return { ...(uri === undefined ? {} : { uri }), ...(path === undefined ? {} : { folder: path }) };
}

/** Name of a file without folder and extension; VS Code names sessions by their id. */
export function fileStem(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  return name.replace(/\.[^.]*$/, '');
}
