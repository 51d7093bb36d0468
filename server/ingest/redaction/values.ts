/** Redaction of JSON values: every string in them, and what only the structure around a string gives away. */

import { secretKind } from './names.ts';
import { pieces, placeholder } from './placeholder.ts';
import type { OnFound } from './rule.ts';
import { mayHoldSplitKey, redactSplitKeys } from './split-keys.ts';
import { redactWithOwnRules } from './texts.ts';
import type { RedactedText } from './texts.ts';
import { noUserRules, type UserRules } from './user/userRules.ts';
import { isSecretValue, looksGenerated } from './value.ts';

/**
 * Hands over every string and every key in a value, however deep. Returns whether what stands around a string may give away what the string
 * alone does not; where it does not, and nothing is found in the strings, the value need not be rebuilt.
 */
export function survey(value: unknown, on: (text: string) => void): boolean {
  if (typeof value === 'string') on(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return surveyArray(value, on);
  const plain = plainForm(value);
  return plain === value ? surveyObject(value, on) : survey(plain, on);
}

function surveyArray(values: readonly unknown[], on: (text: string) => void): boolean {
  let isTelling = false;
  for (const [index, element] of values.entries()) {
    if (survey(element, on)) isTelling = true;
    if (typeof element !== 'string' || isTelling) continue;
    const name = nameBefore(values, index);
    isTelling = mayHoldSplitKey(element) || (name !== undefined && mayNameSecret(name));
  }
  return isTelling;
}

function surveyObject(value: object, on: (text: string) => void): boolean {
  let isTelling = false;
  for (const key of Object.keys(value)) {
    on(key);
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (survey(member, on)) isTelling = true;
    if (typeof member !== 'string' || isTelling) continue;
    isTelling = mayNameSecret((key === 'value' ? pairName(value) : undefined) ?? key);
  }
  return isTelling;
}

/** Rebuilds values from strings that are redacted already, and counts. */
interface Rebuilder {
  /** The value with every string redacted; the same reference where nothing changed. */
  rebuild(value: unknown): unknown;
  /** Redactions so far. */
  count(): number;
}

/** `redacted` must know every string of the values that are going to be rebuilt. */
export function createRebuilder(redacted: (text: string) => RedactedText | undefined, onFound?: OnFound, user: UserRules = noUserRules): Rebuilder {
  let count = 0;

  const text = (value: string, name: string | undefined): string => {
    // Only a line that lost its part of a key to `redactSplitKeys` is not known yet.
    const result = redacted(value) ?? redactWithOwnRules(value, onFound, user);
    count += result.count;
    if (name === undefined || !mayNameSecret(name) || !isNamedSecret(name, rest(result.text))) return result.text;
    if (user.allows?.('assigned-secret', value)) return result.text;
    if (result.count === 0) count++;
    for (const piece of pieces(result.text)) if (!piece.isPlaceholder) onFound?.('assigned-secret', piece.text);
    return placeholder('assigned-secret', value, user.fingerprint);
  };

  const array = (values: readonly unknown[]): readonly unknown[] => {
    const lines = redactSplitKeys(values, onFound, user.fingerprint);
    count += lines.count;
    const next = lines.values.map((element, index) => walk(element, nameBefore(values, index)));
    return next.some((element, index) => element !== values[index]) ? next : values;
  };

  const object = (value: object): object => {
    const entries = Object.entries(value);
    const pair = pairName(value);
    let changed = false;
    const taken = new Set<string>();
    const next = entries.map(([key, member]): [string, unknown] => {
      const newKey = unused(text(key, undefined), taken);
      const newMember = walk(member, key === 'value' && pair !== undefined ? pair : key);
      changed ||= newKey !== key || newMember !== member;
      return [newKey, newMember];
    });
    return changed ? Object.fromEntries(next) : value;
  };

  const walk = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string') return text(value, name);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return array(value);
    const plain = plainForm(value);
    if (plain === value) return object(value);
    const next = walk(plain, name);
    return next === plain ? value : next;
  };

  return { rebuild: (value) => walk(value), count: () => count };
}

/** What JSON would make of an object that says so itself. */
function plainForm(value: object): unknown {
  return 'toJSON' in value && typeof value.toJSON === 'function' ? (value as { toJSON(): unknown }).toJSON() : value;
}

/** What is left of a text beside its placeholders. */
function rest(text: string): string {
  return pieces(text)
    .filter((piece) => !piece.isPlaceholder)
    .map((piece) => piece.text)
    .join('');
}

const headerNames = /^(?:proxy-)?authorization$/i;
const cookieNames = /^(?:set-)?cookie$/i;

function mayNameSecret(name: string): boolean {
  return secretKind(name) !== undefined || headerNames.test(name) || cookieNames.test(name);
}

/** Whether the value under a key, after a flag or beside a name is a secret because of that name. */
function isNamedSecret(name: string, value: string): boolean {
  if (headerNames.test(name)) return looksGenerated(value.replace(/^[A-Za-z][\w-]{1,20}\s+/, ''));
  if (cookieNames.test(name)) return /^[\w.%!*+-]{1,64}=[^\s;]{6,}/.test(value);
  const kind = secretKind(name);
  return kind !== undefined && isSecretValue(value, kind, 'quoted');
}

/** `{name: 'TOKEN', value: '…'}`: environment variables, headers and form fields in lists. */
function pairName(value: object): string | undefined {
  const { name, key } = value as { readonly name?: unknown; readonly key?: unknown };
  if (typeof name === 'string') return name;
  return typeof key === 'string' ? key : undefined;
}

/** `['--token', '…']` and `['Authorization', '…']`: arguments and raw headers. */
function nameBefore(values: readonly unknown[], index: number): string | undefined {
  const before = values[index - 1];
  if (typeof before !== 'string' || before.length > 64) return undefined;
  return /^--?[A-Za-z][\w-]*$/.test(before) || headerNames.test(before) || cookieNames.test(before) ? before : undefined;
}

/** The key itself, or with a number where two keys have become the same. */
function unused(key: string, taken: Set<string>): string {
  let candidate = key;
  for (let number = 2; taken.has(candidate); number++) candidate = `${key} ${number}`;
  taken.add(candidate);
  return candidate;
}
