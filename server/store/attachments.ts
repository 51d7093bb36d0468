/**
 * Images and documents as files: `attachments/ab/<sha256>.<ending>`, written once, never changed. A file is made under a name of no meaning
 * and synced by whoever has the bytes; it takes its own name under the write lock, right before the record that refers to it is written.
 */

import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseAttachmentName } from '../../shared/attachment.ts';
import { decryptFile, encryptFile, fileExtraBytes, fileHeadBytes, isFileUnder } from './encryption/cipher.ts';
import { writingKey } from './encryption/keyFile.ts';
import { makeFolder, noFollow, syncFolder } from './ownPlace.ts';
import { renamed, replaceAndWipe, replaceFile } from './replaceFile.ts';
import { writeTrouble } from './trouble.ts';

export interface Attachments {
  /** Absolute path and size of a file that is there; undefined for everything else. What is encrypted is to be had with `read` alone. */
  find(name: string): { readonly path: string; readonly bytes: number; readonly encrypted?: true } | undefined;
  has(name: string): boolean;
  /** Whether there may be any. */
  any(): boolean;
  /** Names of all that are there. */
  names(): string[];
  /** The bytes; undefined when there is no such file. */
  read(name: string): Buffer | undefined;
  /** Whether all files are as they would be written now: encrypted with the key of now, or not at all. */
  areAsNow(): boolean;
  /** Writes those anew that are not. Call under the write lock. Returns how many. */
  renew(): number;
  /** Writes a file that has no name yet; nothing when one of the name is there. Resolves when it is on the disk. */
  prepare(name: string, content: Uint8Array): Promise<Prepared>;
  /** Takes files away for good, and what never got a name. Call under the write lock. Returns how many had a name, and their bytes. */
  remove(names: Iterable<string>): Removed;
}

export interface Prepared {
  /** Gives the file its name, unless there is one already. Call under the write lock. */
  commit(): void;
  /** Throws it away; nothing once it has its name. */
  discard(): void;
}

export interface Removed {
  readonly files: number;
  readonly bytes: number;
}

const unnamed = '.tmp';
/** Whoever has not given a file its name for so long is no more; milliseconds. */
const abandonedMs = 3_600_000;

/**
 * @param root absolute path of the folder `attachments/`; it is made with the first file
 * @param keyed absolute path of the data directory under whose key they are written
 */
export function openAttachments(root: string, keyed = dirname(root)): Attachments {
  /** As it is to be on the disk. */
  function form(content: Uint8Array): Buffer {
    const key = writingKey(keyed);
    return key ? encryptFile(key, content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  }

  function place(name: string): string {
    if (!parseAttachmentName(name)) throw new Error(`${JSON.stringify(name)} is no name of an attachment.`);
    return join(root, name.slice(0, 2), name);
  }

  let isTidy = false;
  /** Takes away what processes that died left without a name; once is enough. */
  function tidy(): void {
    if (!isTidy) removeUnnamed(root, Date.now() - abandonedMs);
    isTidy = true;
  }

  const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  /** What lies behind a link is not ours, whatever its name. */
  const isThere = (path: string): boolean => isFolder(root) && isFolder(dirname(path)) && lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

  /** @param path in the end; the file is there when it returns */
  function name(path: string, made: string | undefined, content: Uint8Array): void {
    if (isThere(path)) return;
    makeFolder(dirname(root), dirname(path));
    if (!made || !renamed(made, path)) return replaceFile(path, [form(content)]);
    syncFolder(dirname(path));
  }

  const names = (): string[] => (isFolder(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : [])
    .map((path) => basename(path)).filter((each) => parseAttachmentName(each) !== undefined && isThere(place(each))).sort();

  /** Paths of those that are not as they would be written now. */
  function otherwise(): string[] {
    const key = writingKey(keyed);
    return names().map(place).filter((path) => !isFileUnder(key, read(path, fileHeadBytes) ?? Buffer.alloc(0)));
  }

  return {
    find(name) {
      const path = parseAttachmentName(name) && place(name);
      return path !== undefined && isThere(path) ? { path, ...sizeOf(path) } : undefined;
    },
    has: (name) => isThere(place(name)),
    any: () => isFolder(root),
    names,
    read: (name) => (parseAttachmentName(name) ? contentOf(place(name)) : undefined),
    async prepare(wanted, content) {
      const path = place(wanted);
      tidy();
      let made = isThere(path) ? undefined : await write(root, form(content)).catch((error: unknown) => { throw writeTrouble(error, dirname(root)); });
      return {
        commit: () => name(path, made, content),
        discard() {
          if (made !== undefined) rmSync(made, { force: true });
          made = undefined;
        },
      };
    },
    areAsNow: () => otherwise().length === 0,
    renew() {
      removeUnnamed(root, Infinity);
      const old = otherwise();
      for (const path of old) replaceAndWipe(path, [form(contentOf(path) ?? Buffer.alloc(0))]);
      return old.length;
    },
    remove(names) {
      removeUnnamed(root, Infinity);
      const there = [...new Set(names)].flatMap((each) => (parseAttachmentName(each) ? place(each) : [])).filter(isThere);
      const bytes = there.reduce((sum, path) => sum + statSync(path).size, 0);
      for (const path of there) rmSync(path, { force: true });
      for (const folder of new Set(there.map((path) => dirname(path)))) syncFolder(folder);
      return { files: there.length, bytes };
    },
  };
}

/** @param before milliseconds since 1970: what was written later stays */
function removeUnnamed(root: string, before: number): void {
  for (const entry of lstatSync(root, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(root) : []) {
    const path = join(root, entry);
    if (entry.endsWith(unnamed) && (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < before) rmSync(path, { force: true });
  }
}

async function write(root: string, content: Uint8Array): Promise<string> {
  makeFolder(dirname(root), root);
  const path = join(root, `${randomUUID()}${unnamed}`);
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return path;
}

function contentOf(path: string): Buffer | undefined {
  const stored = read(path);
  return stored && decryptFile(stored);
}

/** Of the content, whether or not it is encrypted. */
function sizeOf(path: string): { readonly bytes: number; readonly encrypted?: true } {
  const { size } = statSync(path);
  const head = read(path, fileHeadBytes);
  return !head || isFileUnder(undefined, head) ? { bytes: size } : { bytes: size - fileExtraBytes, encrypted: true };
}

/** @param most bytes; all when absent */
function read(path: string, most = Infinity): Buffer | undefined {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | noFollow);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(handle).size, most));
    let got = 0;
    for (let count = 1; count > 0 && got < bytes.length; got += count) count = readSync(handle, bytes, got, bytes.length - got, got);
    return bytes.subarray(0, got);
  } finally {
    closeSync(handle);
  }
}
