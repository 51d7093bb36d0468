/**
 * Spans as OTLP has them in JSON: ids in hex, numbers of 64 bits as text, enums as numbers.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */

import { createHash } from 'node:crypto';

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status?: { readonly code: number; readonly message?: string };
}

export interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };

export const spanKind = { internal: 1, client: 3 } as const;

/** The status of a span that failed. */
export const failed = 2;

export interface Trace {
  /** @param span `parent` and `key` name spans of this trace; times are RFC 3339, or nanoseconds since 1970 */
  span(span: {
    readonly parent: string | undefined;
    readonly key: string;
    readonly name: string;
    readonly kind: number;
    readonly start: string;
    readonly end: string | bigint;
    readonly attributes: readonly Attribute[];
    readonly status?: { readonly code: number; readonly message?: string };
  }): Span;
}

/** A trace whose ids follow from the id of what it is about: the same export gives the same ids. */
export function traceOf(id: string): Trace {
  const traceId = hex(`trace ${id}`, 16);
  const spanId = (key: string): string => hex(`span ${id} ${key}`, 8);
  return {
    span: ({ parent, key, name, kind, start, end, attributes: list, status }) => ({
      traceId,
      spanId: spanId(key),
      ...(parent !== undefined && { parentSpanId: spanId(parent) }),
      name,
      kind,
      startTimeUnixNano: nanoseconds(start).toString(),
      endTimeUnixNano: (typeof end === 'bigint' ? end : nanoseconds(end)).toString(),
      attributes: list,
      ...(status && { status }),
    }),
  };
}

function hex(text: string, bytes: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, bytes * 2);
}

function nanoseconds(time: string): bigint {
  return BigInt(Date.parse(time)) * 1_000_000n;
}

/** Attributes by name; those that are undefined are left out. */
export function attributes(values: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: anyValue(value) }]));
}

function anyValue(value: string | number | boolean | readonly string[]): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map((each) => ({ stringValue: each })) } };
}
