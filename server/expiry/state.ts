/** What is planned and how it went: `retention.json` in the data directory, to be read by people, and by every window and program. */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { families } from '../../shared/record.ts';
import { defaultRetention, type RetentionPlan } from '../../shared/retention.ts';
import { policySchema } from './policy.ts';
import { replaceFile } from '../store/replaceFile.ts';

const whole = v.pipe(v.number(), v.minValue(0));
const moment = v.pipe(v.string(), v.check((text) => !Number.isNaN(Date.parse(text))));
const partSchema = v.object({
  family: v.picklist(families), reason: v.picklist(['age', 'size']), records: whole, bytes: whole, chats: whole, first: v.string(), last: v.string(),
});
const planSchema = v.object({
  madeAt: moment, dueAt: moment, parts: v.array(partSchema), records: whole, bytes: whole, bytesLeft: whole, above: v.exactOptional(whole),
  days: v.array(v.object({ family: v.picklist(['events', 'tasks', 'tool_executions', 'workflows']), day: v.pipe(v.string(), v.isoDate()), kept: v.array(v.string()) })),
  chats: v.array(v.string()),
});
const resultSchema = v.object({
  at: moment, trigger: v.picklist(['age', 'size', 'manual', 'start']), records: whole, files: whole, bytes: whole, errors: v.array(v.string()),
});
const stateSchema = v.object({
  version: v.literal(1), policy: policySchema, plan: v.exactOptional(planSchema),
  /** Somebody kept what would have gone by this policy. */
  kept: v.exactOptional(v.literal(true)),
  /** Who carries the plan out. */
  running: v.exactOptional(v.object({ pid: v.number(), since: moment })),
  lastResult: v.exactOptional(resultSchema),
});

export type RetentionState = Readonly<v.InferOutput<typeof stateSchema>>;
export type WaitingPlan = NonNullable<RetentionState['plan']>;

/** What cannot be read plans nothing: the policy is that of the beginning, and whoever looks next makes a plan with a grace period of its own. */
export function readState(dataDirectory: string): RetentionState {
  const path = fileIn(dataDirectory);
  const nothing: RetentionState = { version: 1, policy: defaultRetention };
  if (!statSync(path, { throwIfNoEntry: false })) return nothing;
  try {
    return v.parse(stateSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return nothing; // somebody changed it by hand, or it is of another version
  }
}

/** Durable when it returns. */
export function writeState(dataDirectory: string, state: RetentionState): void {
  replaceFile(fileIn(dataDirectory), [`${JSON.stringify(state, null, 2)}\n`]);
}

/** A plan without what only whoever carries it out needs. */
export function shown({ days: _days, chats: _chats, above, ...plan }: WaitingPlan): RetentionPlan {
  return { ...plan, ...(above !== undefined && { above }) };
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, 'retention.json');
}
