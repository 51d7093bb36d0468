/**
 * The log in the data directory. Any number of processes write it: each line is one append to a file that is opened for it and closed again, so
 * that nothing is held while nothing is said, and who wrote last moves a full file aside. Two that do so at once move two files: no line is lost.
 */

import { closeSync, constants, existsSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile, makeFolder, noFollow } from '../store/ownPlace.ts';
import { renamed } from '../store/replaceFile.ts';

export const logFolder = 'logs';
/** The file that is written. */
export const currentName = 'daybook.jsonl';

export interface LogLimits {
  /** Bytes after which a file is moved aside. */
  readonly fileBytes: number;
  /** Files that are kept, the one that is written among them. */
  readonly files: number;
  /** Milliseconds after which the oldest line goes, with its file. */
  readonly ageMs: number;
}

const dayMs = 86_400_000;
const usualLimits: LogLimits = { fileBytes: 1 << 20, files: 5, ageMs: 14 * dayMs };

export interface LogFile {
  /** Never throws; what could not be written is counted. */
  append(line: string): void;
  /** Lines that could not be written. */
  readonly lost: number;
}

/** Nothing is touched before the first line. @param root absolute path of the data directory, which is not made for a log */
export function openLogFile(root: string, limits: LogLimits = usualLimits, clock: () => number = Date.now): LogFile {
  const folder = join(root, logFolder);
  const path = join(folder, currentName);
  let lost = 0;
  let isTorn = false;
  /** Of which file it is known when its first line was written. */
  let known: { readonly file: number; readonly since: number } | undefined;

  /** Returns how large the file is, and when it was begun. */
  function put(text: string): { readonly bytes: number; readonly since: number } {
    const handle = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | noFollow, 0o600);
    try {
      const bytes = Buffer.from(`${isTorn ? '\n' : ''}${text}\n`);
      isTorn = writeSync(handle, bytes) < bytes.length;
      const { ino, size } = fstatSync(handle);
      if (known?.file !== ino) known = { file: ino, since: firstTime(path) ?? clock() };
      return { bytes: size, since: known.since };
    } finally {
      closeSync(handle);
    }
  }

  function moveAside(): void {
    const stamp = new Date(clock()).toISOString().replaceAll(/[:.]/g, '-');
    let name = '';
    for (let number = 0; name === '' || existsSync(join(folder, name)); number++) name = `daybook-${stamp}-${process.pid}-${number}.jsonl`;
    renamed(path, join(folder, name)); // where it is gone, somebody else was first
    known = undefined;
  }

  /** A file ends at half the age at the latest, and goes half the age after its end. */
  function prune(): void {
    const aside = asideIn(folder);
    const old = aside.filter((name, at) => at < aside.length - limits.files + 1 || isOver(stampOf(name)));
    for (const name of old) rmSync(join(folder, name), { force: true });
  }

  const isOver = (since: number): boolean => Math.abs(clock() - since) > limits.ageMs / 2;

  return {
    append(line) {
      try {
        if (!existsSync(root)) throw new Error('There is no data directory.');
        makeFolder(root, folder);
        checkFile(root, path);
        const isFirst = known === undefined;
        const { bytes, since } = put(line);
        const isFull = bytes >= limits.fileBytes || isOver(since);
        // Somebody else may have moved it aside a moment ago.
        if (isFull && (isOver(since) || (statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= limits.fileBytes)) moveAside();
        if (isFull || isFirst) prune();
      } catch {
        lost++; // whatever the disk says is met, and said, by those who record
      }
    },
    get lost() {
      return lost;
    },
  };
}

/** Names of the files that were moved aside, the oldest first. */
export function asideIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !Number.isNaN(stampOf(name))).sort() : [];
}

/** Milliseconds since 1970; NaN for another file. */
function stampOf(name: string): number {
  const [, day, hour, minute, second, rest] = /^daybook-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-\d+-\d+\.jsonl$/.exec(name) ?? [];
  return Date.parse(`${day}T${hour}:${minute}:${second}.${rest}Z`);
}

/** When the first line of a file was written; undefined when it does not say. */
function firstTime(path: string): number | undefined {
  const head = Buffer.alloc(64);
  const handle = openSync(path, constants.O_RDONLY | noFollow);
  try {
    const time = Date.parse(/^\{"time":"([^"]{20,30})"/.exec(head.toString('latin1', 0, readSync(handle, head)))?.[1] ?? '');
    return Number.isNaN(time) ? undefined : time;
  } finally {
    closeSync(handle);
  }
}

/** Takes the log away, as when everything is forgotten. */
export function removeLog(root: string): void {
  const folder = join(root, logFolder);
  for (const name of [currentName, ...asideIn(folder)]) rmSync(join(folder, name), { force: true });
}
