/**
 * What is recorded already, to be read line by line and to be replaced in place: lines of the journal, images and documents, and where
 * readers of sources stand. A process that dies leaves each file as it was or as it is to be, and the next one makes the index again.
 */

import { hash } from 'node:crypto';
import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Attachments, Prepared } from './attachments.ts';
import type { Cursors, StoredCursor } from './cursors.ts';
import type { IntentionFile } from './intention.ts';
import { sealedPath, type Journal } from './journal.ts';
import { sessionFile } from './paths.ts';
import type { Remake } from './remake.ts';
import { syncFolder } from './ownPlace.ts';
import type { LineRewriting, Rewritten } from './rewriteLines.ts';

export interface Past {
  /** Journal files, sorted. */
  files(): readonly string[];
  /** Another text whenever the sealed part of a file is another one: then lines that were about to be read may have moved into it. */
  sealed(path: string): string;
  /** The lines of a file that can be read, without their line breaks. */
  lines(path: string): Iterable<Buffer>;
  /** By which name a line is replaced. */
  key(line: Buffer): string;
  /** Where the file of a session has to go when its name is another one; undefined where it stays. */
  movedTo(path: string, before: DaybookRecord, after: DaybookRecord): string | undefined;
  /** Names of all images and documents. */
  attachments(): readonly string[];
  /** Where readers stand, by the path of their file. */
  cursors(): ReadonlyMap<string, StoredCursor>;
  /** Replaces all of it, while others read and write. May be called several times; `finish` has to be called after the last. */
  replace(changes: Changes): Replaced;
  /**
   * Writes anew what is not as it would be written now, in other words encrypted with the key of now; returns how many files. Others read and
   * write meanwhile. `finish` has to be called afterwards.
   */
  renew(onFile?: (done: number, total: number) => void): number;
  /** Makes the index again. Returns whether nothing of what was replaced is left in the database; else the next start tries again. */
  finish(): boolean;
}

export interface Changes {
  /** By journal file, new lines by the key of the old ones. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<string, Buffer>>;
  /** Files of sessions that get other names. */
  readonly moves: ReadonlyMap<string, string>;
  /** Images and documents that come, and names of those that go. */
  readonly attachments: { readonly come: readonly Prepared[]; readonly go: readonly string[] };
  /** Cursors by their path; one that somebody moved on since stays. */
  readonly cursors: ReadonlyMap<string, { readonly before: StoredCursor; readonly after: StoredCursor }>;
}

export type Replaced = Rewritten & { readonly attachments: number; readonly cursors: number };

export interface PastDeps {
  readonly journal: Journal;
  readonly rewriting: LineRewriting;
  readonly attachments: Pick<Attachments, 'names' | 'remove' | 'areAsNow' | 'renew'>;
  readonly cursors: () => Cursors;
  readonly intention: IntentionFile;
  readonly remake: Remake;
  readonly overwriting: <T>(work: () => T) => T;
  /** A write transaction that finishes first what others began, and one that does not and is on the disk when it returns. */
  readonly write: (work: () => void) => void;
  readonly writeAlone: <T>(work: () => T) => T;
}

export function openPast({ journal, rewriting, attachments, cursors, intention, remake, overwriting, write, writeAlone }: PastDeps): Past {
  const key = (line: Buffer): string => hash('sha256', line, 'base64url');

  function move(from: string, to: string): void {
    for (const part of ['.zst', '', '.damaged']) {
      const [old, next] = [journal.absolute(`${from}${part}`), journal.absolute(`${to}${part}`)];
      if (existsSync(old) && !existsSync(next)) renameSync(old, next);
    }
    syncFolder(dirname(journal.absolute(to)));
  }

  function setCursors(changes: Changes['cursors']): number {
    let changed = 0;
    for (const [path, { before, after }] of changes) {
      if (cursors().get(path)?.cursor !== before.cursor) continue;
      cursors().set(path, after);
      changed++;
    }
    return changed;
  }

  function replaceNow({ lines, moves, ...changes }: Changes): Replaced {
    // What comes is there before a line names it, and what goes is named by none.
    for (const file of changes.attachments.come) file.commit();
    for (const [from, to] of moves) move(from, to);
    const total = { lines: 0, bytes: 0, files: 0, unreadable: [] as string[] };
    for (const [path, next] of lines) {
      for (const place of new Set([moves.get(path) ?? path, path])) {
        const each = rewriting.rewrite(place, (line) => next.get(key(line)) ?? line);
        total.lines += each.lines;
        total.bytes += each.bytes;
        total.files += each.files;
        total.unreadable.push(...each.unreadable);
      }
    }
    const gone = attachments.remove(changes.attachments.go);
    return { ...total, bytes: total.bytes + gone.bytes, attachments: gone.files, cursors: setCursors(changes.cursors) };
  }

  function renewNow(onFile?: (done: number, total: number) => void): number {
    let renewed = attachments.renew();
    const files = journal.files();
    for (const [at, path] of files.entries()) {
      if (!rewriting.isAsNow(path)) {
        rewriting.renew(path);
        renewed++;
      }
      onFile?.(at + 1, files.length);
    }
    return renewed;
  }

  return {
    files: journal.files,
    sealed(path) {
      const stat = statSync(journal.absolute(sealedPath(path)), { throwIfNoEntry: false });
      return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : 'none';
    },
    lines: rewriting.lines,
    key,
    movedTo(path, before, after) {
      if (!path.startsWith('chats/') || before.sessionid === after.sessionid) return undefined;
      const [old, next] = [before, after].map((record) => sessionFile(record).split('/').at(-1));
      return next !== undefined && path.endsWith(`/${old}`) ? `${dirname(path)}/${next}` : undefined;
    },
    attachments: attachments.names,
    cursors: () => cursors().all(),
    replace(changes) {
      write(() => intention.begin());
      const { result, committed } = overwriting(() => writeAlone(() => remake.clearing(() => replaceNow(changes))));
      committed();
      return result;
    },
    renew(onFile) {
      if (attachments.areAsNow() && journal.files().every(rewriting.isAsNow)) return 0;
      write(() => intention.begin());
      const { result, committed } = overwriting(() => writeAlone(() => remake.clearing(() => renewNow(onFile))));
      committed();
      return result;
    },
    finish: () => remake.end().scrubbed,
  };
}
