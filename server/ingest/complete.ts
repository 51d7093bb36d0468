/**
 * Payloads that other programs hand in in their simplest form, made whole: a chat message as `{role?, content}` (or `text`), a terminal
 * command without what follows from the rest. Nothing is invented that the record does not say.
 */

import type { DaybookRecord } from '../../shared/record.ts';

export function complete(record: DaybookRecord): DaybookRecord {
  const { data } = record;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return record;
  const fields = data as Readonly<Record<string, unknown>>;
  switch (record.type) {
    case 'dev.daybook.chat.message':
      return withData(record, fields, message(fields));
    case 'dev.daybook.tool_execution.terminal.command':
      return withData(record, fields, command(fields, record.time));
    default:
      return record;
  }
}

function withData(record: DaybookRecord, fields: object, added: object): DaybookRecord {
  return Object.keys(added).length === 0 ? record : { ...record, data: { ...added, ...fields } };
}

function message({ role, parts, content, text }: Readonly<Record<string, unknown>>): object {
  const words = typeof content === 'string' ? content : text;
  return {
    ...(role === undefined && { role: 'user' }),
    ...(parts === undefined && typeof words === 'string' && { parts: [{ type: 'text', content: words }] }),
  };
}

function command({ status, exitCode, startedAt, durationMs }: Readonly<Record<string, unknown>>, time: string): object {
  return {
    ...(status === undefined && { status: exitCode === undefined ? 'unknown' : exitCode === 0 ? 'succeeded' : 'failed' }),
    ...(startedAt === undefined && { startedAt: time }),
    ...(durationMs === undefined && { durationMs: 0 }),
  };
}
