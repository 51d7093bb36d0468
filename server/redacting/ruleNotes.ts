/**
 * Under which rules the record was written: a small file in the data directory. Whoever records under other rules than those that stand
 * there notes how many days were recorded before; `daybook redact` notes that there are none any more.
 */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from '../store/replaceFile.ts';

const schema = v.object({
  version: v.literal(1),
  /** The rules of whoever recorded last. */
  ruleSet: v.string(),
  /** RFC 3339: since when. */
  since: v.string(),
  /** Days and chats' first days of which something may have been recorded under other rules. */
  olderDays: v.number(),
  /** RFC 3339: when the past was redacted with these rules; absent when it was not. */
  redactedAt: v.optional(v.string()),
});

export type RuleNote = v.InferOutput<typeof schema>;

/** Undefined when nothing is noted, or nobody can read it: then nothing is known of the rules. */
export function readRuleNote(root: string): RuleNote | undefined {
  const path = join(root, 'rules.json');
  if (!statSync(path, { throwIfNoEntry: false })) return undefined;
  try {
    return v.parse(schema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined; // somebody changed it by hand: the next one who records notes it anew
  }
}

/**
 * Notes that something is about to be recorded under these rules; nothing where that stands there already. Call under the write lock.
 * @param files journal files that are there
 */
export function noteRules(root: string, ruleSet: string, files: () => readonly string[]): void {
  if (readRuleNote(root)?.ruleSet === ruleSet) return;
  put(root, { version: 1, ruleSet, since: new Date().toISOString(), olderDays: daysOf(files()) });
}

/** Notes that everything is under these rules. Call under the write lock. */
export function noteRedacted(root: string, ruleSet: string): void {
  const now = new Date().toISOString();
  const before = readRuleNote(root);
  put(root, { version: 1, ruleSet, since: before?.ruleSet === ruleSet ? before.since : now, olderDays: 0, redactedAt: now });
}

/** `events/2026-11-20.jsonl` and `chats/2026/11/20/…`. */
function daysOf(files: readonly string[]): number {
  const days = files.map((path) => /\d{4}[-/]\d{2}[-/]\d{2}/.exec(path)?.[0].replaceAll('/', '-') ?? path);
  return new Set(days).size;
}

function put(root: string, note: RuleNote): void {
  replaceFile(join(root, 'rules.json'), [`${JSON.stringify(note, null, 2)}\n`]);
}
