/**
 * Replay of VS Code's mutation log: each line changes one place of a document. Pure but for the document itself,
 * which is changed in place, because it can be tens of megabytes large and a line touches a few bytes of it.
 */

import { asArray, asCount, asObject, parseJson } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { opKinds } from './format.ts';

export type Path = readonly (string | number)[];

/** One line of the log. */
export type Op =
  | { readonly kind: 'initial'; readonly document: JsonObject }
  /** `value` undefined takes the property away. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: unknown }
  /** Cuts the array to `keep` items where given, then appends `values`. */
  | { readonly kind: 'push'; readonly path: Path; readonly values: readonly unknown[]; readonly keep?: number };

/** Why a line could not be read or applied. */
export interface Fault {
  readonly kind: 'fault';
  readonly code: 'malformed-line' | 'malformed-document' | 'unknown-record';
  /** A sentence for people. */
  readonly message: string;
}

/** The document after an op; the same as before when there is a fault. */
export interface Applied {
  readonly document: JsonObject | undefined;
  readonly fault?: Fault;
}

type Container = unknown[] | Record<string, unknown>;

// Nothing on the way to a chat is called like this; a line that says so wants to reach the prototype of every object.
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** The op on a line of the log. */
export function parseOp(text: string): Op | Fault {
  const line = asObject(parseJson(text));
  if (!line) return malformed('The line is not a JSON object.');
  if (line['kind'] === opKinds.initial) return initial(line['v']);
  if (!Object.values(opKinds).includes(line['kind'] as never)) {
    return { kind: 'fault', code: 'unknown-record', message: `The line is of a kind that is not known: ${JSON.stringify(line['kind'])}.` };
  }
  const path = asPath(line['k']);
  if (!path) return malformed('The line names no usable place in the document.');
  if (line['kind'] === opKinds.push) return push(path, line);
  const value = line['kind'] === opKinds.set ? line['v'] : undefined;
  // A new root is written as a change of the empty path when a key of the document itself changed.
  return path.length === 0 ? initial(value) : { kind: 'set', path, value };
}

/** The document with the op applied. Never throws; a line that does not fit leaves the document as it was. */
export function applyOp(document: JsonObject | undefined, op: Op): Applied {
  if (op.kind === 'initial') return { document: op.document };
  if (!document) return { document, fault: malformed('The line changes a session whose beginning is missing.') };
  const container = containerAt(document, op.path.slice(0, -1));
  const key = op.path.at(-1);
  if (!container || key === undefined || !fits(container, key)) return { document, fault: misplaced(op.path) };
  const done = op.kind === 'set' ? put(container, key, op.value) : pushTo(container, key, op.values, op.keep);
  return done ? { document } : { document, fault: misplaced(op.path) };
}

function initial(value: unknown): Op | Fault {
  const document = asObject(value);
  return document ? { kind: 'initial', document } : malformed('The line should hold a whole session and does not.');
}

function push(path: Path, line: JsonObject): Op | Fault {
  const values = line['v'] === undefined ? [] : asArray(line['v']);
  const keep = asCount(line['i']);
  if (!values || (line['i'] !== undefined && keep === undefined)) return malformed('The line should append to a list and does not.');
  return { kind: 'push', path, values, ...(keep === undefined ? {} : { keep }) };
}

function asPath(value: unknown): Path | undefined {
  const path = asArray(value);
  return path?.every((key) => (typeof key === 'string' ? !forbidden.has(key) : asCount(key) !== undefined)) ? (path as Path) : undefined;
}

function containerAt(document: JsonObject, path: Path): Container | undefined {
  let current: unknown = document;
  for (const key of path) current = child(current, key);
  return typeof current === 'object' && current !== null ? (current as Container) : undefined;
}

function child(parent: unknown, key: string | number): unknown {
  if (Array.isArray(parent)) return typeof key === 'number' ? (parent as unknown[])[key] : undefined;
  const object = asObject(parent);
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Lists only grow at their end: an index beyond it would make a list of holes as long as a hostile line likes. */
function fits(container: Container, key: string | number): boolean {
  return Array.isArray(container) ? typeof key === 'number' && key <= container.length : true;
}

function put(container: Container, key: string | number, value: unknown): boolean {
  if (Array.isArray(container)) container[key as number] = value;
  else if (value === undefined) Reflect.deleteProperty(container, key);
  else container[key] = value;
  return true;
}

function pushTo(container: Container, key: string | number, values: readonly unknown[], keep: number | undefined): boolean {
  const list = child(container, key) ?? [];
  if (!Array.isArray(list) || (keep !== undefined && keep > list.length)) return false;
  if (keep !== undefined) list.length = keep;
  for (const value of values) list.push(value);
  return put(container, key, list);
}

function malformed(message: string): Fault {
  return { kind: 'fault', code: 'malformed-line', message };
}

function misplaced(path: Path): Fault {
  return malformed(`The line changes a place that the session does not have: ${path.join('.').slice(0, 200)}.`);
}
