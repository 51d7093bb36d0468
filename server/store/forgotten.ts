/**
 * What was forgotten stays forgotten: tombstones that refuse it when a source is read once more, the index is made again, or an old journal
 * is put back. A tombstone is a keyed hash: without the key beside it the file says nothing of what it stands for, not even to somebody who
 * guesses ids.
 */

import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';
import type { SessionMarked } from '../../shared/marks.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { baseId } from './counts.ts';
import { fields } from './payload.ts';
import { replaceFile } from './replaceFile.ts';

export interface Forgotten {
  /** Whether the record, or its session, was forgotten; all revisions of a thing share its fate. */
  holds(record: DaybookRecord): boolean;
  holdsSession(name: string): boolean;
  holdsId(id: string): boolean;
  /** Takes notice of what another process forgot; returns whether there was anything. Cheap. */
  refresh(): boolean;
  /** Another text whenever lines of the journal were rewritten, as far as this process took notice. */
  changes(): string;
  /** Adds tombstones, all of them or none, durably. Call under the write lock. */
  add(what: { readonly records: Iterable<string>; readonly sessions: Iterable<string> }): void;
}

/** The first 128 bits of the hash: enough that no two things meet, also among a thousand million. */
const tombstoneBytes = 16;
const secretBytes = 32;
/** Records come session by session. */
const rememberedSessions = 1_024;
const head = 'Daybook tombstones 1: keyed hashes of what was forgotten. Without this file it may come back.\n';

/** @param root absolute path of the data directory */
export function openForgotten(root: string): Forgotten {
  const path = join(root, 'forgotten');
  const secretPath = join(root, 'forgotten.key');
  const sessions = new Map<string, boolean>();
  let tombstones = new Set<string>();
  let hasIds = false;
  let secret: Buffer | undefined;
  let identity = 'none';
  refresh();

  function tombstone(kind: 'r' | 's', name: string): string {
    return `${kind} ${createHmac('sha256', secret ?? '').update(`${kind} ${name}`).digest().toString('base64url', 0, tombstoneBytes)}`;
  }

  function refresh(): boolean {
    const stat = statSync(path, { throwIfNoEntry: false });
    const now = stat ? `${stat.ino}:${stat.size}:${stat.mtimeMs}` : 'none';
    if (now === identity) return false;
    take(stat ? readFileSync(path, 'utf8').split('\n').filter((line) => /^[rs] /.test(line)) : []);
    if (tombstones.size > 0) secret = readSecret(path, secretPath);
    identity = now;
    return true;
  }

  function take(lines: Iterable<string>): void {
    tombstones = new Set(lines);
    hasIds = [...tombstones].some((line) => line.startsWith('r'));
    sessions.clear();
  }

  function holdsSession(name: string): boolean {
    if (tombstones.size === 0) return false;
    const known = sessions.get(name);
    if (known !== undefined) return known;
    if (sessions.size >= rememberedSessions) sessions.clear();
    const is = tombstones.has(tombstone('s', name));
    sessions.set(name, is);
    return is;
  }

  const holdsId = (id: string): boolean => hasIds && tombstones.has(tombstone('r', baseId(id)));

  return {
    holdsSession,
    holdsId,
    holds(record) {
      if (tombstones.size === 0) return false;
      return (record.sessionid !== undefined && holdsSession(record.sessionid)) || marksForgotten(record, holdsSession) || holdsId(record.id);
    },
    refresh,
    changes: () => identity,
    add(what) {
      refresh();
      secret ??= makeSecret(secretPath);
      const all = new Set(tombstones);
      for (const name of what.sessions) all.add(tombstone('s', name));
      for (const id of what.records) all.add(tombstone('r', baseId(id)));
      replaceFile(path, pieces(all));
      refresh();
    },
  };
}

/** What a person said of a session, a title of their own above all, goes with the session. */
function marksForgotten(record: DaybookRecord, holdsSession: (name: string) => boolean): boolean {
  if (record.type !== 'dev.daybook.event.session.marked') return false;
  const { session } = fields<SessionMarked>(record);
  return typeof session === 'string' && holdsSession(session);
}

/** The secret of earlier tombstones, or a new one. It is durable before the first tombstone is. */
function makeSecret(path: string): Buffer {
  if (!statSync(path, { throwIfNoEntry: false })) replaceFile(path, [randomBytes(secretBytes)]);
  return readFileSync(path);
}

/** @throws ProblemError `tombstones-unreadable`: to go on would bring back what somebody wanted gone */
function readSecret(path: string, secretPath: string): Buffer {
  if (statSync(secretPath, { throwIfNoEntry: false })) return readFileSync(secretPath);
  const message = `${secretPath} is missing, and without it what was forgotten would come back. Put it back from a copy, or delete ${path} to do without.`;
  throw new ProblemError({ code: 'tombstones-unreadable', message, where: { file: secretPath } });
}

function* pieces(tombstones: Iterable<string>): Generator<string> {
  yield head;
  // Sorted, so that their order does not tell when each was forgotten.
  let lines: string[] = [];
  for (const line of [...tombstones].sort()) {
    lines.push(line);
    if (lines.length < 4_096) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}
