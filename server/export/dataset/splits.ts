/**
 * Which part of a dataset a session belongs to. What a model is tested on must not have been in its training: a session and those that
 * were forked from it or continue it share their text, so that families of sessions are never parted.
 */

import { createHash } from 'node:crypto';
import type { SplitPlan } from '../../../shared/protocol.ts';
import type { SplitName } from '../../../shared/exportResults.ts';
import type { SessionSummary } from '../../../shared/results.ts';

type Outline = Pick<SessionSummary, 'id' | 'parent' | 'workspace' | 'startedAt'>;

/** The split of each session, by its id. */
export function assignSplits(sessions: readonly Outline[], plan: SplitPlan): ReadonlyMap<string, SplitName> {
  const families = groupFamilies(sessions, plan.by);
  return new Map(plan.by === 'time' ? byTime(families, plan.shares) : byChance(families, plan));
}

/** Sessions by what holds them together. */
function groupFamilies(sessions: readonly Outline[], by: SplitPlan['by']): Map<string, Outline[]> {
  const known = new Map(sessions.map((session) => [session.id, session]));
  const above = joined();
  for (const session of sessions) {
    if (session.parent !== undefined) above.join(session.id, session.parent);
    if (by === 'workspace' && session.workspace !== null) above.join(session.id, `workspace ${session.workspace}`);
  }
  return Map.groupBy(known.values(), ({ id }) => above.nameOf(id));
}

/** Sets that grow together; each is called by the first of its names in the order of the alphabet. */
function joined(): { join(a: string, b: string): void; nameOf(one: string): string } {
  const above = new Map<string, string>();
  function nameOf(one: string): string {
    let name = one;
    for (let next = above.get(name); next !== undefined; next = above.get(name)) name = next;
    return name;
  }
  return {
    nameOf,
    join(a, b) {
      const [first = '', second = ''] = [nameOf(a), nameOf(b)].sort();
      if (first !== second) above.set(second, first);
    },
  };
}

function* byChance(families: ReadonlyMap<string, readonly Outline[]>, { seed, shares }: SplitPlan): Generator<[string, SplitName]> {
  const total = shares[0] + shares[1] + shares[2];
  for (const [name, members] of families) {
    const at = (createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE() / 2 ** 32) * total;
    for (const { id } of members) yield [id, splitAt(at, shares)];
  }
}

/** A family stands where its first session began. */
function* byTime(families: ReadonlyMap<string, readonly Outline[]>, shares: SplitPlan['shares']): Generator<[string, SplitName]> {
  const starts = [...families].map(([name, members]) => ({ name, members, start: members.reduce((least, { startedAt }) => (startedAt < least ? startedAt : least), '~') }));
  const count = starts.reduce((sum, { members }) => sum + members.length, 0);
  const total = shares[0] + shares[1] + shares[2];
  let before = 0;
  for (const { members } of starts.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.name < b.name ? -1 : 1))) {
    const split = splitAt((before / count) * total, shares);
    for (const { id } of members) yield [id, split];
    before += members.length;
  }
}

function splitAt(at: number, [train, validation, test]: SplitPlan['shares']): SplitName {
  if (at < train) return 'train';
  return at < train + validation || test === 0 ? 'validation' : 'test';
}
