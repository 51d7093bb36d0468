/** Retention as it happens: a plan is made and waits, somebody keeps what would go, or it goes. */

import type { DaybookRecord } from '../../shared/record.ts';
import type { RetentionPolicy, RetentionResult, RetentionStatus } from '../../shared/retention.ts';
import type { Store } from '../store/store.ts';
import { heldIn } from './held.ts';
import { planOf, type Plan } from './planner.ts';
import { readState, shown, writeState, type RetentionState, type WaitingPlan } from './state.ts';

export interface Retaining {
  /** @param now milliseconds since 1970 */
  status(now: number): RetentionStatus;
  /**
   * Makes a plan where something is too old or too much, and carries it out when its grace period is over.
   * @param policy what the settings say; the one that held last when absent
   * @returns whether there is something new to say
   */
  look(when: { readonly now: number; readonly isStart: boolean; readonly policy?: RetentionPolicy }): boolean;
  /** Somebody asks for a plan: it is made even where what would have gone was kept before, and waits. */
  plan(now: number): RetentionStatus;
  /** Somebody lets it go now. Undefined when another process is at it. */
  carryOut(now: number): RetentionResult | undefined;
  /** Withdraws the plan that waits; none is made by itself until the policy changes. */
  keep(now: number): RetentionStatus;
}

export type RetainingStore = Pick<Store, 'holdings' | 'queries' | 'stats' | 'write' | 'expire' | 'forget' | 'paths'>;

const dayMs = 86_400_000;
/** Whoever takes longer than this is taken for dead: another process may have got its number. */
const longestMs = 3_600_000;

export function createRetaining(store: RetainingStore): Retaining {
  const { root } = store.paths;
  const read = (): RetentionState => readState(root);

  /** Under the lock that all processes share. */
  function change<T>(work: (state: RetentionState) => { readonly state: RetentionState; readonly result: T }): T {
    return store.write(() => {
      const before = read();
      const { state, result } = work(before);
      if (state !== before) writeState(root, state);
      return result;
    });
  }

  const planNow = (policy: RetentionPolicy, now: number): Plan => planOf(policy, heldIn(store), now);

  function status(now: number): RetentionStatus {
    const { policy, plan, kept = false, lastResult = null } = read();
    const { days: _days, chats: _chats, ...preview } = planNow(policy, now);
    return { policy, preview, plan: plan ? shown(plan) : null, kept, lastResult };
  }

  /** Returns whether the plan is another one. */
  function makePlan(now: number, isAsked: boolean): boolean {
    const { policy } = read();
    const plan = planNow(policy, now);
    return change((state) => {
      const isHandled = !isAsked && (state.plan !== undefined || state.kept === true);
      if (isHandled || isRunning(state, now) || !isSame(state.policy, policy)) return { state, result: false };
      if (plan.records === 0) return { state, result: false };
      const { kept: _kept, ...rest } = state;
      const dueAt = new Date(now + policy.graceDays * dayMs).toISOString();
      return { state: { ...rest, plan: { ...plain(plan), madeAt: new Date(now).toISOString(), dueAt } }, result: true };
    });
  }

  /** Returns the plan when this process is the one to carry it out. */
  function claim(now: number, made?: Plan): WaitingPlan | undefined {
    return change((state) => {
      const plan = made ? { ...plain(made), madeAt: new Date(now).toISOString(), dueAt: new Date(now).toISOString() } : state.plan;
      const isOthers = state.running?.pid !== process.pid && isRunning(state, now);
      if (!plan || isOthers || (!made && Date.parse(plan.dueAt) > now)) return { state, result: undefined };
      return { state: { ...state, plan, running: { pid: process.pid, since: new Date(now).toISOString() } }, result: plan };
    });
  }

  function carry(plan: WaitingPlan, now: number, trigger: RetentionResult['trigger']): RetentionResult {
    const errors: string[] = [];
    const total = { records: 0, files: 0, bytes: 0 };
    const count = ({ records, files, bytes }: typeof total): void => {
      total.records += records;
      total.files += files;
      total.bytes += bytes;
    };
    // What was pinned since the plan was made stays, and so does what was pinned then.
    const { days, chats } = heldIn(store);
    const keptNow = new Map(days.map(({ family, day, kept }) => [`${family} ${day}`, kept]));
    const expired = store.expire(plan.days.map(({ family, day, kept }) => ({ family, day, kept: [...new Set([...kept, ...(keptNow.get(`${family} ${day}`) ?? [])])] })));
    count(expired);
    errors.push(...expired.errors);
    const old = chats.filter(({ session, pinned: isPinned, ended }) => plan.chats.includes(session) && !isPinned && ended < Date.parse(plan.madeAt));
    if (old.length > 0) count(store.forget({ records: recordsOf(old.map(({ session }) => session)), sessions: [] }));
    const result = { at: new Date(now).toISOString(), trigger, ...total, errors };
    change(({ plan: _plan, running: _running, ...rest }) => ({ state: { ...rest, lastResult: result }, result: undefined }));
    return result;
  }

  /** With what people said of them. What such a session says later is new, and is recorded. */
  function recordsOf(sessions: readonly string[]): string[] {
    const names = new Set(sessions);
    const isOf = ({ data }: DaybookRecord): boolean => names.has((data as { readonly session?: string } | null)?.session ?? '');
    return [...sessions.flatMap((session) => store.queries.sessionRecords(session)), ...[...store.queries.scan({ kinds: ['session.marked'] })].filter(isOf)].map(({ id }) => id);
  }

  return {
    status,
    look({ now, isStart, policy }) {
      if (policy) change((state) => (isSame(state.policy, policy) || isRunning(state, now) ? { state, result: undefined } : { state: withPolicy(state, policy), result: undefined }));
      const due = claim(now);
      if (due) {
        const isSize = due.parts.some(({ reason }) => reason === 'size');
        carry(due, now, isStart ? 'start' : isSize ? 'size' : 'age');
      }
      // What remains was kept by a pin, or came to be too old meanwhile: it has a grace period of its own.
      const isNew = makePlan(now, false);
      return isNew || due !== undefined;
    },
    plan(now) {
      makePlan(now, true);
      return status(now);
    },
    carryOut(now) {
      const plan = planNow(read().policy, now);
      if (plan.records === 0) return { at: new Date(now).toISOString(), trigger: 'manual', records: 0, files: 0, bytes: 0, errors: [] };
      const claimed = claim(now, plan);
      return claimed && carry(claimed, now, 'manual');
    },
    keep(now) {
      change((state) => {
        if (!state.plan || isRunning(state, now)) return { state, result: undefined };
        const { plan: _plan, ...rest } = state;
        return { state: { ...rest, kept: true }, result: undefined };
      });
      return status(now);
    },
  };
}

/** Another policy begins anew: with a plan and a grace period of its own. */
function withPolicy({ lastResult }: RetentionState, policy: RetentionPolicy): RetentionState {
  return { version: 1, policy, ...(lastResult && { lastResult }) };
}

function isRunning({ running }: RetentionState, now: number): boolean {
  return running !== undefined && now - Date.parse(running.since) < longestMs && isAlive(running.pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0); // asks only
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isSame(one: RetentionPolicy, other: RetentionPolicy): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted({ days, maxBytes, capTakesChats, graceDays }: RetentionPolicy): unknown {
  return [days.events, days.tasks, days.tool_executions, days.workflows, days.chats, maxBytes, capTakesChats, graceDays];
}

/** As the file has it. */
function plain(plan: Plan): Omit<WaitingPlan, 'madeAt' | 'dueAt'> {
  return JSON.parse(JSON.stringify(plan)) as Omit<WaitingPlan, 'madeAt' | 'dueAt'>;
}
