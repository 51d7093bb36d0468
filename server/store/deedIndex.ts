/** Which session touched which file: what calls of agents name, and what happened to files in coding sessions. */

import { filePath } from '../../shared/filePath.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { remembered } from '../../shared/remembered.ts';
import type { ChatMessage } from '../../shared/session.ts';
import { toolUse } from '../../shared/toolUse.ts';
import type { Sqlite } from './database.ts';
import { hash48, keyOf } from './key.ts';
import { fields } from './payload.ts';

export interface DeedIndex {
  /** @param id of the first revision of the record */
  addMessage(session: number, id: string, record: DaybookRecord, message: ChatMessage): void;
  /** Takes back what `addMessage` added. */
  removeMessage(session: number, id: string, message: ChatMessage): void;
  /** What happened to a file in a coding session; nothing for other records. */
  addWork(session: number, record: DaybookRecord): void;
  clear(session: number): void;
  /** Writes what was counted. */
  flush(): void;
  /** Forgets what was counted and not written, and the numbers of paths. */
  discard(): void;
  /** Forgets the numbers of paths: somebody else may have taken some away. */
  forgetNames(): void;
}

/** Path of what is no file: a command. */
export const commandPath = 0;

interface Deed {
  readonly call: number;
  readonly files: readonly string[];
  readonly changes: boolean;
  readonly isCommand: boolean;
}

interface Work {
  readonly path: number;
  readonly session: number;
  first: number;
  last: number;
  changes: number;
}

/** What a URI names; null where it names no file. */
const namedBy = remembered(1_000, (uri) => filePath(uri) ?? null);

/** Paths that are remembered by number. */
const mostRemembered = 10_000;
const aboutFile = /^dev\.daybook\.event\.(?:editor|file)\./;
const changesFile = /\.(?:editor\.edited|file\.[a-z]+)$/;

export function openDeedIndex(database: Sqlite): DeedIndex {
  const selectPath = database.prepare<[string], number>('SELECT id FROM path WHERE name = ?').pluck();
  const insertPath = database.prepare('INSERT INTO path (name) VALUES (?)');
  // Of two that say the same, the earlier counts: whichever is read first.
  const insertDeed = database.prepare(`
    INSERT INTO deed (session, call, path, time, changes, record) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET time = excluded.time, changes = excluded.changes, record = excluded.record
    WHERE (excluded.time, excluded.record) < (time, record)`);
  const dropDeed = database.prepare('DELETE FROM deed WHERE session = ? AND call = ?');
  const clearDeeds = database.prepare('DELETE FROM deed WHERE session = ?');
  const clearWork = database.prepare('DELETE FROM work WHERE session = ?');
  const addWork = database.prepare(`
    INSERT INTO work (path, session, first, last, changes) VALUES (@path, @session, @first, @last, @changes)
    ON CONFLICT DO UPDATE SET first = min(first, @first), last = max(last, @last), changes = changes + @changes`);
  const paths = new Map<string, number>();
  const works = new Map<string, Work>();

  function pathId(name: string): number {
    const known = paths.get(name) ?? selectPath.get(name) ?? Number(insertPath.run(name).lastInsertRowid);
    if (paths.size >= mostRemembered) paths.clear();
    paths.set(name, known);
    return known;
  }

  return {
    addMessage(session, id, { time, workspace }, message) {
      for (const { call, files, changes, isCommand } of deedsOf(id, message)) {
        const names = files.flatMap((file) => filePath(file, workspace) ?? []);
        const about = [...names.map(pathId), ...(isCommand ? [commandPath] : [])];
        for (const path of about) insertDeed.run(session, call, path, Date.parse(time), Number(changes || path === commandPath), keyOf(id));
      }
    },
    removeMessage(session, id, message) {
      for (const { call } of deedsOf(id, message)) dropDeed.run(session, call);
    },
    addWork(session, record) {
      if (!aboutFile.test(record.type)) return;
      const { uri, oldUri } = fields<{ readonly uri: string; readonly oldUri: string }>(record);
      const time = Date.parse(record.time);
      for (const each of [uri, oldUri]) {
        const name = typeof each === 'string' ? namedBy(each) : null;
        if (name === null) continue;
        const path = pathId(name);
        const key = `${path} ${session}`;
        const work = works.get(key) ?? { path, session, first: time, last: time, changes: 0 };
        works.set(key, work);
        work.first = Math.min(work.first, time);
        work.last = Math.max(work.last, time);
        if (changesFile.test(record.type)) work.changes++;
      }
    },
    clear(session) {
      clearDeeds.run(session);
      clearWork.run(session);
      for (const [key, work] of works) if (work.session === session) works.delete(key);
    },
    flush() {
      for (const work of works.values()) addWork.run(work);
      works.clear();
    },
    discard() {
      works.clear();
      paths.clear();
    },
    forgetNames: () => paths.clear(),
  };
}

/** None of what was replayed from elsewhere. An edit that no call names goes by its record. */
function deedsOf(id: string, message: ChatMessage): Deed[] {
  if (message.copied) return [];
  const calls = message.parts.flatMap((part) => {
    if (part.type !== 'tool_call' || typeof part.id !== 'string' || typeof part.name !== 'string') return [];
    const { files, changes, command } = toolUse(part);
    return files.length > 0 || command !== undefined ? [{ call: hash48(part.id), files, changes, isCommand: command !== undefined }] : [];
  });
  const edited = message.parts.flatMap((part) => (part.type === 'edit' && typeof part.uri === 'string' ? [part.uri] : []));
  return edited.length === 0 ? calls : [...calls, { call: hash48(id), files: edited, changes: true, isCommand: false }];
}
