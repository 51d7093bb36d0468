/** The folders of a tool on this machine: where it keeps its sessions by itself, and where its settings say. */

import { readFile, stat } from 'node:fs/promises';
import type { Importer, Machine, Root } from './importer.ts';

/** A settings file beyond so many bytes is none that a person keeps. */
const mostBytes = 4 << 20;

/** All roots of an importer, each once, whether they exist or not. */
export async function rootsOf(importer: Importer, machine: Machine): Promise<readonly Root[]> {
  const roots = [...importer.roots(machine)];
  const moved = importer.moved?.(machine);
  for (const file of moved?.files ?? []) {
    const content = await contentOf(file);
    if (content !== undefined) roots.push(...moved?.roots(content) ?? []);
  }
  return [...new Map(roots.map((root) => [root.path, root])).values()];
}

/** Undefined where there is none for us: settings that cannot be read move nothing. */
async function contentOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= mostBytes ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
