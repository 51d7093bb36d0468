/** Everything that Daybook's own log can say: the category, the level, a sentence of ours, and what the fields of each line are. */

import type { LogCategory, LogLevel } from '../../shared/log.ts';
import type { FieldKind, FieldValue } from './fields.ts';

interface LogEvent {
  readonly level: Exclude<LogLevel, 'off'>;
  /** For people; the fields stand behind it. */
  readonly text: string;
  readonly fields: Readonly<Record<string, FieldKind>>;
}

/** Why a warning is shown: the causes of the server's notices. */
export const causes = ['sources', 'recording', 'writing', 'test reports', 'consent', 'exports', 'backups', 'redaction rules', 'log', 'settings', 'other'] as const;

export const events = {
  'lsp.started': { level: 'info', text: 'The server started.', fields: { version: 'name', node: 'name', platform: 'name', ms: 'number' } },
  'lsp.failed': { level: 'error', text: 'The server could not start.', fields: { error: 'fault' } },
  'lsp.ended': { level: 'info', text: 'The server ended.', fields: { minutes: 'number' } },
  'lsp.requestFailed': { level: 'warn', text: 'A request could not be answered.', fields: { method: 'name', error: 'fault' } },
  'lsp.answered': { level: 'trace', text: 'A request was answered.', fields: { method: 'name', ms: 'number' } },
  'lsp.warned': { level: 'warn', text: 'Something needs a look.', fields: { cause: causes } },
  'settings.changed': { level: 'debug', text: 'The settings were told.', fields: { wrong: 'number' } },
  'settings.logLevel': { level: 'info', text: 'How much the log holds changed.', fields: { usual: ['off', 'error', 'warn', 'info', 'debug', 'trace'], categories: 'number' } },
  'cli.done': { level: 'info', text: 'A command was carried out.', fields: { command: 'name', ms: 'number' } },
  'cli.looked': { level: 'debug', text: 'A command answered.', fields: { command: 'name', ms: 'number' } },
  'cli.failed': { level: 'warn', text: 'A command failed.', fields: { command: 'name', ms: 'number', error: 'fault' } },
  'capture.switched': { level: 'info', text: 'Recording was switched.', fields: { on: 'boolean' } },
  'capture.lost': { level: 'error', text: 'Records could not be written before the end.', fields: { records: 'number' } },
  'ingest.taken': { level: 'debug', text: 'Records were taken in.', fields: { records: 'number', accepted: 'number', duplicates: 'number', rejected: 'number', ms: 'number' } },
  'ingest.rejected': { level: 'warn', text: 'Records were turned away.', fields: { records: 'number', rejected: 'number' } },
  'ingest.failed': { level: 'error', text: 'Records could not be taken in.', fields: { records: 'number', error: 'fault' } },
  'import.read': { level: 'info', text: 'The sources were read.', fields: { sources: 'number', files: 'number', sessions: 'number', newRecords: 'number', ms: 'number' } },
  'import.source': { level: 'debug', text: 'A source was read.', fields: { source: 'name', files: 'number', sessions: 'number', newRecords: 'number' } },
  'import.failed': { level: 'error', text: 'The sources could not be read.', fields: { error: 'fault' } },
  'import.threadEnded': { level: 'warn', text: 'The thread that reads the sources ended by itself.', fields: { times: 'number' } },
  'import.slowed': { level: 'info', text: 'Reading rests to stay within the budget.', fields: {} },
  'import.full': { level: 'warn', text: 'The data folder takes more than the budget allows; what was there before is not read.', fields: { bytes: 'number' } },
  'store.opened': { level: 'debug', text: 'The store was opened.', fields: { ms: 'number' } },
  'store.trouble': { level: 'error', text: 'Nothing can be written.', fields: {} },
  'store.troubleOver': { level: 'info', text: 'It can be written again.', fields: {} },
  'store.rebuilt': { level: 'info', text: 'The index was made again.', fields: { records: 'number', problems: 'number', ms: 'number' } },
  'store.sealed': { level: 'info', text: 'Days were compressed.', fields: { files: 'number', bytesBefore: 'number', bytesAfter: 'number', ms: 'number' } },
  'store.repaired': { level: 'info', text: 'The store was repaired.', fields: { repairs: 'number', ms: 'number' } },
  'store.failed': { level: 'error', text: 'Work on the store failed.', fields: { work: ['rebuild', 'seal', 'repair'], error: 'fault' } },
  'search.answered': { level: 'debug', text: 'A search was answered.', fields: { results: 'number', typing: 'boolean', ms: 'number' } },
  'search.failed': { level: 'error', text: 'A search failed.', fields: { error: 'fault' } },
  'export.written': { level: 'info', text: 'An export was written.', fields: { format: 'name', files: 'number', ms: 'number' } },
  'export.failed': { level: 'warn', text: 'An export failed.', fields: { error: 'fault' } },
  'backup.made': { level: 'info', text: 'A backup was made.', fields: { files: 'number', bytes: 'number', copied: 'number', ms: 'number' } },
  'backup.restored': { level: 'info', text: 'A backup was restored.', fields: { ms: 'number' } },
  'backup.failed': { level: 'error', text: 'A backup could not be made or restored.', fields: { error: 'fault' } },
  'forget.done': { level: 'info', text: 'Something was forgotten.', fields: { records: 'number', files: 'number', ms: 'number' } },
  'forget.failed': { level: 'error', text: 'It could not be forgotten.', fields: { error: 'fault' } },
  'redact.done': { level: 'info', text: 'The past was redacted.', fields: { records: 'number', files: 'number', left: 'number', ms: 'number' } },
  'redact.failed': { level: 'error', text: 'The past could not be redacted.', fields: { error: 'fault' } },
  'retention.failed': { level: 'error', text: 'What is too old could not be let go.', fields: { error: 'fault' } },
} as const satisfies { readonly [Name in `${LogCategory}.${string}`]: LogEvent };

export type EventName = keyof typeof events;
export type EventFields<Event extends EventName> = {
  readonly [Field in keyof (typeof events)[Event]['fields']]: (typeof events)[Event]['fields'][Field] extends infer Kind extends FieldKind ? FieldValue<Kind> : never;
};

/** The event of a name that was read from a file; undefined for one that this version does not know. */
export function eventOf(name: string): LogEvent | undefined {
  return Object.hasOwn(events, name) ? events[name as EventName] : undefined;
}
