/** What a person added to the rules, compiled: a bad entry costs only itself, and is said with the setting it stands in. */

import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Problem } from '../../../../shared/problem.ts';
import { personalClasses, type RedactionChoice } from '../../../../shared/userRules.ts';
import type { Fingerprint } from '../placeholder.ts';
import type { Finding, Range } from '../rule.ts';
import { views } from '../views.ts';
import { createFinder } from './automaton.ts';
import { parsePattern, PatternError } from './parse.ts';
import { literally, ownerNames, personalRules } from './personal.ts';

export interface UserRules {
  /** Identifies what they find and allow; empty when there are none. */
  readonly digest: string;
  /** What they find in a text, in all its readings; absent when there are none, so that no reading is made for them. */
  readonly find?: (text: string) => readonly Finding[];
  /** Whether what a rule found stays; absent when nothing does. Private keys never do. */
  readonly allows?: (rule: string, secret: string) => boolean;
  /** What stands in placeholders beside the name of the rule; absent where there is no key for it. */
  readonly fingerprint?: Fingerprint;
}

export const noUserRules: UserRules = { digest: '' };

interface Compiled {
  readonly name: string;
  readonly find: (text: string) => readonly Range[];
  readonly accepts?: (text: string) => boolean;
}

const bounded = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
const ruleSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,39}$/)), pattern: bounded, example: bounded, counterExample: v.optional(bounded), ignoreCase: v.optional(v.boolean(), false),
});
const allowSchema = v.union([bounded, v.strictObject({ pattern: bounded, ignoreCase: v.optional(v.boolean(), false) })]);

const mostRules = 100;
const mostAllowed = 1_000;
/** After the built-in ones: where both find something, those know better what it is. */
const firstRank = 1_000;
/** What every record is full of. */
const ordinary = 'The quick brown fox jumps over the lazy dog; const answer = 42; // see src/index.ts:10, 2026-11-20 10:00';
const keyRule = /private-?key/;

/** @param home absolute path of the home directory, for the names of its owner */
export function compileUserRules(choice: RedactionChoice, home: string): { readonly rules: UserRules; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  function each<T>(setting: string, entries: readonly unknown[], most: number, compile: (entry: unknown) => T): T[] {
    if (entries.length > most) problems.push(problemOf(setting, `has ${entries.length} entries; those after the first ${most} are not used.`));
    return entries.slice(0, most).flatMap((entry, at) => {
      try {
        return [compile(entry)];
      } catch (error) {
        problems.push(problemOf(setting, `has an entry that is not used: number ${at + 1}${nameOf(entry)} ${reasonOf(error)}.`));
        return [];
      }
    });
  }
  const given = each('daybook.redaction.rules', choice.rules, mostRules, compileRule);
  const allowed = each('daybook.redaction.allow', choice.allow, mostAllowed, compileAllowed);
  const personal = each('daybook.redaction.personal', choice.personal, personalClasses.length, (entry) => compilePersonal(entry, home)).flat();
  const rules = [...given, ...personal];
  const isEmpty = rules.length === 0 && allowed.length === 0;
  return {
    problems,
    rules: isEmpty ? noUserRules : { digest: digestOf(choice, home), ...(rules.length > 0 && { find: (text) => findAll(rules, text) }), ...(allowed.length > 0 && { allows: allowing(allowed) }) },
  };
}

function compileRule(entry: unknown): Compiled {
  const { name, pattern, example, counterExample, ignoreCase } = v.parse(ruleSchema, entry);
  const find = createFinder(parsePattern(pattern, ignoreCase));
  if (find(example).length === 0) throw new PatternError('does not match its own example');
  if (counterExample !== undefined && find(counterExample).length > 0) throw new PatternError('matches its counter-example');
  const covered = find(ordinary).reduce((sum, { start, end }) => sum + end - start, 0);
  if (covered > ordinary.length / 4) throw new PatternError('matches ordinary text, of which little would be left');
  return { name, find };
}

function compileAllowed(entry: unknown): (secret: string) => boolean {
  const allowed = v.parse(allowSchema, entry);
  if (typeof allowed === 'string') return (secret) => secret === allowed;
  parsePattern(allowed.pattern, allowed.ignoreCase); // by itself: a bracket too many must not end the group
  const find = createFinder(parsePattern(`^(?:${allowed.pattern})$`, allowed.ignoreCase));
  return (secret) => find(secret).some(({ start, end }) => start === 0 && end === secret.length);
}

function compilePersonal(entry: unknown, home: string): Compiled[] {
  const kind = v.parse(v.picklist(personalClasses), entry);
  if (kind !== 'owner') return personalRules.filter((rule) => rule.of === kind).map(({ name, pattern, accepts }) => ({ name, accepts, find: createFinder(parsePattern(pattern, false)) }));
  const names = ownerNames(home);
  if (names.length === 0) throw new PatternError('is not used: the home directory has no name that tells its owner');
  return [{ name: 'owner-name', find: createFinder(parsePattern(names.map((name) => String.raw`\b${literally(name)}\b`).join('|'), true)) }];
}

function findAll(rules: readonly Compiled[], text: string): readonly Finding[] {
  return views(text).flatMap((view) => rules.flatMap(({ name, find, accepts }, at) => find(view.text)
    .filter(({ start, end }) => accepts?.(view.text.slice(start, end)) !== false)
    .map((range): Finding => ({ ...view.original(range), rule: name, rank: firstRank + at }))));
}

const allowing = (allowed: readonly ((secret: string) => boolean)[]) => (rule: string, secret: string): boolean => !keyRule.test(rule) && allowed.some((is) => is(secret));

function digestOf(choice: RedactionChoice, home: string): string {
  const owner = choice.personal.includes('owner') ? ownerNames(home) : [];
  return createHash('sha256').update(JSON.stringify([choice.rules, choice.allow, choice.personal, owner])).digest('hex').slice(0, 8);
}

function problemOf(setting: string, what: string): Problem {
  return { code: 'bad-rule', message: `The setting ${setting} ${what}`, where: { setting } };
}

/** The name of a rule is its writer's, and stands in placeholders; everything else of the entry is not repeated. */
function nameOf(entry: unknown): string {
  const name: unknown = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
  return typeof name === 'string' && /^[a-z][a-z0-9-]{1,39}$/.test(name) ? ` (${name})` : '';
}

function reasonOf(error: unknown): string {
  if (error instanceof PatternError) return error.message;
  if (!v.isValiError(error)) throw error;
  const path = v.getDotPath(error.issues[0]);
  return path === null ? 'is not of the form that is expected' : `has a ${path} that is missing or wrong`;
}
