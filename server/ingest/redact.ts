/** The stage of the pipeline after which no secret we know how to recognise is left: nothing before it writes, logs or spools text. */

import { createHash } from 'node:crypto';
import type { DaybookRecord } from '../../shared/record.ts';
import { forgetNames } from './redaction/names.ts';
import { placeholder } from './redaction/placeholder.ts';
import type { OnFound } from './redaction/rule.ts';
import { ownRulesVersion } from './redaction/rules.ts';
import { presetVersion } from './redaction/secretlint.ts';
import { redactTexts, redactWithOwnRules, type RedactedText } from './redaction/texts.ts';
import { noUserRules, type UserRules } from './redaction/user/userRules.ts';
import { createRebuilder, survey } from './redaction/values.ts';

/** Finds secrets in text and JSON values and puts placeholders in their place. Idempotent. */
export interface Redactor {
  /** Identifies what is found: a text that was redacted under the same rules need not be looked at again. */
  readonly ruleSet: string;
  /** One string. */
  text(text: string, onFound?: OnFound): Promise<{ text: string; count: number }>;
  /**
   * All string leaves and keys of plain JSON values; structure stays; many values at once so that the cost is shared.
   * Returned values are new where changed, the same reference where not.
   */
  values<T>(values: readonly T[], onFound?: OnFound): Promise<readonly { value: T; count: number }[]>;
  /** What stands where a rule found a secret. */
  placeholder(rule: string, secret: string): string;
  /** Gives back memory that only makes the next texts quicker. */
  rest(): void;
}

/** The rules of today. */
export const ruleSetVersion: string = `${ownRulesVersion}+secretlint.${presetVersion}`;

/** Short strings come again and again: names of fields, paths, kinds, sessions. */
const keptLength = 200;
const keptStrings = 20_000;

/** A redactor whose user may change the rules while it works. */
export interface UsersRedactor extends Redactor {
  /** From now on these are added. */
  use(rules: UserRules): void;
  /** One string, at once, without the rules that others maintain. */
  now(text: string): string;
}

export function createRedactor(given: UserRules = noUserRules): UsersRedactor {
  let user = given;
  /** In which nothing was found. */
  const clean = new Set<string>();
  function keep(text: string): void {
    if (clean.size >= keptStrings) clean.clear();
    clean.add(text);
  }

  return {
    get ruleSet() {
      return user.digest === '' ? ruleSetVersion : `${ruleSetVersion}+user.${user.digest}`;
    },
    use(rules) {
      user = rules;
      clean.clear();
    },
    now: (text) => redactWithOwnRules(text, undefined, user).text,
    text: async (text, onFound) => (await redactTexts([text], onFound, user))[0] ?? { text, count: 0 },
    values: async (values, onFound) => {
      const rules = user; // of all that is asked at once
      const distinct = new Set<string>();
      const add = (text: string): void => {
        if (!clean.has(text)) distinct.add(text);
      };
      const telling = values.map((value) => survey(value, add));
      const changed = new Map<string, RedactedText>();
      const texts = [...distinct];
      for (const [index, result] of (await redactTexts(texts, onFound, rules)).entries()) {
        const text = texts[index] ?? '';
        if (result.count > 0) changed.set(text, result);
        else if (text.length <= keptLength && rules === user) keep(text);
      }
      const lookUp = (text: string): RedactedText | undefined =>
        changed.get(text) ?? (clean.has(text) || distinct.has(text) ? { text, count: 0 } : undefined);
      return values.map((value, index) => {
        if (telling[index] !== true && !holdsAny(value, changed)) return { value, count: 0 };
        const rebuilder = createRebuilder(lookUp, onFound, rules);
        return { value: rebuilder.rebuild(value) as typeof value, count: rebuilder.count() };
      });
    },
    placeholder: (rule, secret) => placeholder(rule, secret, user.fingerprint),
    rest() {
      clean.clear();
      forgetNames();
    },
  };
}

function holdsAny(value: unknown, texts: ReadonlyMap<string, unknown>): boolean {
  if (texts.size === 0) return false;
  let isThere = false;
  survey(value, (text) => {
    isThere ||= texts.has(text);
  });
  return isThere;
}

/**
 * Redacts all text of each record, its envelope included, and sets `redactions`, added to what is there already. Two ids must never
 * become one: an id in which something was found keeps apart by a hash of what it was.
 */
export async function redactRecords(redactor: Redactor, records: readonly DaybookRecord[], onFound?: OnFound): Promise<readonly DaybookRecord[]> {
  const results = await redactor.values(records.map(textsOf), onFound);
  return records.map((record, index) => {
    const result = results[index];
    if (!result || result.count === 0) return record;
    const { id } = result.value;
    return {
      ...record,
      ...result.value,
      id: id === record.id ? id : `${id}-${createHash('sha256').update(record.id).digest('hex').slice(0, 16)}`,
      redactions: (record.redactions ?? 0) + result.count,
    };
  });
}

/** Everything but what is no text of anybody's. Extension attributes are texts. */
type Texts = Omit<DaybookRecord, 'specversion' | 'type' | 'time' | 'redactions'>;

function textsOf({ specversion, type, time, redactions, ...texts }: DaybookRecord): Texts {
  return texts;
}
