/** Git's own files, which are only read. */

import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface GitFolder {
  /** What was appended to the diary of HEAD since the last call, or since the folder was first looked at. */
  newMoves(): Promise<string>;
  /** The diary of the stash: one line for each stash that is there. */
  stashes(): Promise<string>;
  /** Names of local branches, at most 5,000. */
  branches(): Promise<readonly string[]>;
}

/** More than that at once is not read; a line has about 200 bytes. */
const mostBytes = 256 * 1024;
const mostBranches = 5_000;

/** Looks at the repository as it is now. @param root of its working tree, absolute path */
export async function openGitFolder(root: string): Promise<GitFolder> {
  const own = await ownFolder(root);
  const common = resolve(own, await textOf(join(own, 'commondir')) || '.');
  const diary = join(own, 'logs', 'HEAD');
  let read = await sizeOf(diary);

  return {
    async newMoves() {
      const size = await sizeOf(diary);
      const from = read;
      read = size;
      return size > from ? slice(diary, Math.max(from, size - mostBytes), size) : '';
    },
    async stashes() {
      const path = join(common, 'logs', 'refs', 'stash');
      const size = await sizeOf(path);
      return size === 0 ? '' : slice(path, Math.max(0, size - mostBytes), size);
    },
    async branches() {
      const loose = await readdir(join(common, 'refs', 'heads'), { recursive: true, withFileTypes: true }).catch(absent<[]>([]));
      const prefix = join(common, 'refs', 'heads');
      const names = loose.filter((each) => each.isFile() && !each.name.endsWith('.lock'))
        .map(({ parentPath, name }) => join(parentPath, name).slice(prefix.length + 1).replaceAll('\\', '/'));
      const packed = [...(await textOf(join(common, 'packed-refs'))).matchAll(/ refs\/heads\/(\S+)$/gm)].map(([, name = '']) => name);
      return [...new Set([...names, ...packed])].slice(0, mostBranches);
    },
  };
}

/** In a worktree and a submodule `.git` is a file that says where the folder is. */
async function ownFolder(root: string): Promise<string> {
  const path = join(root, '.git');
  const isFile = await stat(path).then((found) => found.isFile(), absent(false));
  const [, elsewhere] = isFile ? /^gitdir: (.+)$/m.exec(await textOf(path)) ?? [] : [];
  return elsewhere === undefined ? path : resolve(root, elsewhere);
}

async function textOf(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(absent(''))).trim();
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(({ size }) => size, absent(0));
}

async function slice(path: string, from: number, to: number): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A file that git has not made yet is as good as an empty one; any other failure is one. */
function absent<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
}
