/**
 * What a log line may hold. The types let no text through: a string becomes a field only when it is one of a closed list, a version, or what is
 * left of an error. Those are values that nobody else can make, so that it holds where types are gone, too.
 */

import { ProblemError } from '../../shared/problem.ts';

/** One of a list, or a version. */
export interface Name {
  readonly name: string;
}

/** Code and place of an error, without its message. */
export interface Fault {
  readonly fault: string;
}

/** All that were made here. */
const made = new WeakSet();

function mark<Value extends Name | Fault>(value: Value): Value {
  made.add(value);
  return value;
}

/** What an event's field holds. A list holds the words that can stand there. */
export type FieldKind = 'number' | 'boolean' | 'name' | 'fault' | readonly string[];

export type FieldValue<Kind extends FieldKind> =
  Kind extends 'number' ? number : Kind extends 'boolean' ? boolean : Kind extends 'name' ? Name : Kind extends 'fault' ? Fault : Kind extends readonly string[] ? Kind[number] : never;

const namePattern = /^[a-z0-9][\w.+-]{0,39}$/i;
const codePattern = /^(?:[A-Z][A-Z0-9_]{1,39}|[a-z][a-z-]{1,39}|[A-Z][A-Za-z]{0,39})$/;

/** The text when it is one of the list, else `other`: what somebody made up is nobody's name. */
export function among(text: string, list: readonly string[]): Name {
  return mark({ name: list.includes(text) && namePattern.test(text) ? text : 'other' });
}

/** A version such as `24.1.0` or `1.105.0-insider`. */
export function version(text: string): Name {
  const isVersion = /^v?\d{1,5}(?:\.\d{1,9}){0,3}(?:-[a-z]{1,12}(?:\.\d{1,9})?)?$/.test(text);
  return mark({ name: isVersion ? text : 'other' });
}

/**
 * What is left of an error: its code, else the name of its class, and the files and lines of ours that it came through. Messages name files, and
 * repeat what somebody wrote: they are left out.
 */
export function fault(error: unknown): Fault {
  const places = error instanceof Error && !(error instanceof ProblemError) ? placesOf(error) : [];
  return mark({ fault: [codeOf(error), ...places].join(' at ') });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not-an-error';
  const { code, name } = error as { readonly code?: unknown; readonly name: string };
  const candidates = [error instanceof ProblemError ? error.problem.code : undefined, code, name];
  return candidates.find((each): each is string => typeof each === 'string' && codePattern.test(each)) ?? 'Error';
}

const mostPlaces = 3;

/** The last parts of paths, from frames alone: a stack begins with the message, which may look like frames. */
function placesOf({ message, stack = '' }: Error): string[] {
  const begin = stack.indexOf(message);
  if (begin === -1) return [];
  const frames = [...stack.slice(begin + message.length).matchAll(/^ {4}at (?:[^\n]*[\\/(])?([\w.-]{1,40}\.(?:ts|cjs|mjs|js):\d{1,9}:\d{1,9})\)?$/gm)];
  return frames.slice(0, mostPlaces).map(([, place = '']) => place);
}

/** A value as it stands in a line; undefined when it may not. */
export function plainValue(kind: FieldKind, value: unknown): number | boolean | string | undefined {
  if (typeof value === 'number') return kind === 'number' && Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return kind === 'boolean' ? value : undefined;
  if (typeof value === 'string') return Array.isArray(kind) && kind.includes(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || !made.has(value)) return undefined;
  const { name, fault: left } = value as Partial<Name & Fault>;
  return kind === 'name' ? name : kind === 'fault' ? left : undefined;
}
