/**
 * From error to fix: a command that failed and its next run in the same workspace that succeeded. Runs come in any order, so that what lies
 * between the successes around a new run is looked at anew: the same runs give the same fixes.
 */

import type { Sqlite } from './database.ts';
import type { Words } from './words.ts';

export interface FixIndex {
  /** Something about this run is new. */
  changed(command: number, workspace: number, answered: number, call: number): void;
  /** Writes what follows from the changes. */
  flush(): void;
  discard(): void;
}

interface Place {
  readonly answered: number;
  readonly call: number;
}

interface Changed {
  readonly command: number;
  readonly workspace: number;
  from: Place;
  to: Place;
}

interface Run extends Place {
  readonly failed: number;
}

interface Within {
  readonly command: number;
  readonly workspace: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly startAnswered: number;
  readonly startCall: number;
  readonly endAnswered: number;
  readonly endCall: number;
}

type Bounds = readonly [answered: number, call: number];

const first: Place = { answered: -8.64e15, call: -1 };
const last: Place = { answered: 8.64e15, call: Number.MAX_SAFE_INTEGER };

export function openFixIndex(database: Sqlite, words: Words): FixIndex {
  const runs = 'FROM command_run WHERE command = ? AND workspace = ? AND status = ? AND (answered, call)';
  const successBefore = database.prepare<[number, number, number, ...Bounds], Place>(`SELECT answered, call ${runs} < (?, ?) ORDER BY answered DESC, call DESC LIMIT 1`);
  const successAfter = database.prepare<[number, number, number, ...Bounds], Place>(`SELECT answered, call ${runs} > (?, ?) ORDER BY answered, call LIMIT 1`);
  const between = database.prepare<[Within], Run>(`
    SELECT answered, call, status = :failed AS failed FROM command_run
    WHERE command = :command AND workspace = :workspace AND status IN (:failed, :succeeded)
      AND (answered, call) > (:startAnswered, :startCall) AND (answered, call) <= (:endAnswered, :endCall)
    ORDER BY answered, call`);
  const drop = database.prepare<[number, number, ...Bounds, ...Bounds]>(
    'DELETE FROM fix WHERE command = ? AND workspace = ? AND (ended, call) > (?, ?) AND (ended, call) <= (?, ?)');
  const insert = database.prepare('INSERT INTO fix (command, workspace, ended, call, began) VALUES (?, ?, ?, ?, ?)');
  const changes = new Map<string, Changed>();

  function settle({ command, workspace, from, to }: Changed, succeeded: number, failed: number): void {
    const start = successBefore.get(command, workspace, succeeded, from.answered, from.call) ?? first;
    const end = successAfter.get(command, workspace, succeeded, to.answered, to.call) ?? last;
    drop.run(command, workspace, start.answered, start.call, end.answered, end.call);
    let began: number | undefined;
    const range = { startAnswered: start.answered, startCall: start.call, endAnswered: end.answered, endCall: end.call };
    for (const run of between.all({ command, workspace, succeeded, failed, ...range })) {
      if (run.failed === 1) began ??= run.answered;
      else {
        if (began !== undefined) insert.run(command, workspace, run.answered, run.call, began);
        began = undefined;
      }
    }
  }

  return {
    changed(command, workspace, answered, call) {
      const name = `${command} ${workspace}`;
      const place = { answered, call };
      const known = changes.get(name);
      if (!known) return void changes.set(name, { command, workspace, from: place, to: place });
      if (isBefore(place, known.from)) known.from = place;
      if (isBefore(known.to, place)) known.to = place;
    },
    flush() {
      for (const change of changes.values()) settle(change, words.number('succeeded'), words.number('failed'));
      changes.clear();
    },
    discard: () => changes.clear(),
  };
}

function isBefore(one: Place, other: Place): boolean {
  return one.answered < other.answered || (one.answered === other.answered && one.call < other.call);
}
