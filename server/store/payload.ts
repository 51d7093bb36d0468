/**
 * Payloads as the index takes them. The journal holds whatever was accepted once or put there by hand; a line that the index refused would
 * stop its file for ever, so that what does not fit a column counts as absent.
 */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { ChatMessage } from '../../shared/session.ts';

/** A whole number; null for everything else. */
export function whole(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

/** A text; null for everything else. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Milliseconds since 1970 of an RFC 3339 time; null for everything else. */
export function moment(value: unknown): number | null {
  return typeof value === 'string' ? whole(Date.parse(value)) : null;
}

/** The fields of a payload; none when it is no object. */
export function fields<Data extends object>(record: DaybookRecord): Partial<Data> {
  return typeof record.data === 'object' && record.data !== null ? record.data : {};
}

/** The payload of a chat message; undefined when the record is none, or has no list of parts. */
export function messageOf(record: DaybookRecord): ChatMessage | undefined {
  if (record.type !== 'dev.daybook.chat.message') return undefined;
  const { parts } = fields<ChatMessage>(record);
  const isWhole = Array.isArray(parts) && parts.every((part: unknown) => typeof part === 'object' && part !== null);
  return isWhole ? (record.data as ChatMessage) : undefined;
}

/** The record a journal line holds; undefined when it is none. */
export function parseRecord(bytes: Buffer): DaybookRecord | undefined {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as Partial<DaybookRecord> | null;
    const isRecord = typeof value?.id === 'string' && typeof value.type === 'string' && typeof value.source === 'string'
      && typeof value.time === 'string' && !Number.isNaN(Date.parse(value.time)) && parseType(value.type) !== undefined
      && isTextOrAbsent(value.subject) && isTextOrAbsent(value.sessionid) && isTextOrAbsent(value.workspace) && isTextOrAbsent(value.actor);
    return isRecord ? (value as DaybookRecord) : undefined;
  } catch {
    return undefined; // counted by the caller as unreadable
  }
}

export function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
