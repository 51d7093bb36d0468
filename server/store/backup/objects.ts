/** The files of backups, each under the SHA-256 of its bytes: written once, checked when they are read, never changed. */

import { createHash, randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../../shared/problem.ts';
import { syncFolder } from '../ownPlace.ts';
import { renamed } from '../replaceFile.ts';
import type { BackedFile } from './manifest.ts';

type Named = Pick<BackedFile, 'path' | 'sha256'>;

export interface Objects {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Below the folder, with `/`: the ending is that of the file, so that `zstd -dc` and a byte search read it. */
  name(file: Named): string;
  /** Whether the file is there in its length. What is in it is checked by who reads it. */
  has(file: BackedFile): boolean;
  /** Copies a file in, piece by piece. Undefined when a piece is missing, or the copy was taken away meanwhile. Durable when it returns. */
  keep(path: string, content: Content): { readonly sha256: string } | undefined;
  /** Copies a file out to where there is none. @throws ProblemError `backup-damaged` */
  take(file: BackedFile, target: string): void;
  /** Takes away what none of the files is, and what a process that died left. Returns the bytes. */
  sweep(needed: Iterable<Named>): number;
}

/** Undefined where it should go on and does not. Nothing is opened before the first piece is asked for. */
export type Content = Iterable<Buffer | undefined>;

const pieceBytes = 1 << 20;
const noFollow = constants.O_NOFOLLOW ?? 0;
const unfinished = '.tmp';

/** @param place absolute path of the folder of the backups */
export function openObjects(place: string): Objects {
  const root = join(place, 'objects');

  function name({ path, sha256 }: Named): string {
    const [ending = ''] = /\.jsonl(?:\.zst)?$|\.[a-z0-9]{1,8}$/.exec(path) ?? [];
    return `${sha256.slice(0, 2)}/${sha256}${ending}`;
  }
  const absolute = (file: Named): string => join(root, name(file));
  const sizeOf = (path: string): number | undefined => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? stat.size : undefined;
  };

  return {
    root,
    name,
    has: (file) => sizeOf(absolute(file)) === file.bytes,
    keep(path, content) {
      makeFolder(root);
      const made = join(root, `${randomUUID()}${unfinished}`);
      // Made before the original is opened: whoever forgets meanwhile takes away what was made of a file that still had it.
      const target = openSync(made, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
      try {
        const sha256 = copyInto(target, content);
        if (sha256 === undefined) return undefined;
        fsyncSync(target);
        const kept = absolute({ path, sha256 });
        makeFolder(dirname(kept));
        if (sizeOf(kept) !== fstatSync(target).size && !renamed(made, kept)) return undefined;
        syncFolder(dirname(kept));
        return { sha256 };
      } finally {
        closeSync(target);
        rmSync(made, { force: true });
      }
    },
    take(file, target) {
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
      const handle = openSync(target, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
      try {
        if (copyInto(handle, pieces(absolute(file), file.bytes)) !== file.sha256) throw damaged(file, absolute(file));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
    sweep(needed) {
      const names = new Set(Array.from(needed, name));
      let bytes = 0;
      const remove = (path: string): void => {
        bytes += sizeOf(path) ?? 0;
        rmSync(path, { force: true });
      };
      // First what has no name yet: it may get one meanwhile.
      for (const entry of list(root)) if (entry.endsWith(unfinished)) remove(join(root, entry));
      for (const folder of list(root).filter((entry) => /^[0-9a-f]{2}$/.test(entry))) {
        for (const entry of list(join(root, folder))) if (!names.has(`${folder}/${entry}`)) remove(join(root, folder, entry));
      }
      return bytes;
    },
  };
}

/** Absolute path of a file of a backup. */
export function objectPath(place: string, file: Named): string {
  const objects = openObjects(place);
  return join(objects.root, objects.name(file));
}

export function damaged({ path }: Named, file: string): ProblemError {
  return new ProblemError({ code: 'backup-damaged', message: `${file}, the copy of ${path} in the backup, is missing or damaged. Restore another backup.`, where: { file } });
}

/** A planted link would have the backup written elsewhere. */
function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (lstatSync(path).isDirectory()) return;
  throw new ProblemError({ code: 'no-folder', message: `${path} is a link and no folder. Take it away; backups go nowhere else.`, where: { file: path } });
}

function list(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}

/** SHA-256 of what was copied; undefined when there is less. */
function copyInto(target: number, content: Content): string | undefined {
  const hash = createHash('sha256');
  for (const piece of content) {
    if (!piece) return undefined;
    hash.update(piece);
    for (let written = 0; written < piece.length;) written += writeSync(target, piece, written);
  }
  return hash.digest('hex');
}

/** The first `bytes` of a file, piece by piece; undefined where it ends before. */
export function* pieces(source: string, bytes: number): Generator<Buffer | undefined> {
  let handle: number;
  try {
    handle = openSync(source, constants.O_RDONLY | noFollow);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    yield undefined;
    return;
  }
  try {
    const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(bytes, 1)));
    for (let at = 0; at < bytes;) {
      const count = readSync(handle, buffer, 0, Math.min(buffer.length, bytes - at), at);
      if (count === 0) {
        yield undefined;
        return;
      }
      yield buffer.subarray(0, count);
      at += count;
    }
  } finally {
    closeSync(handle);
  }
}
