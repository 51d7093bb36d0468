/** Writes lines of Daybook's own log. What a line may hold is decided by `events.ts`; how much is kept, by the levels. */

import type { LogCategory, LogLevel, LogLine } from '../../shared/log.ts';
import { eventOf, type EventFields, type EventName } from './events.ts';
import { plainValue } from './fields.ts';
import type { LevelTable } from './levels.ts';

export interface Log {
  /** Costs a look into a table where nobody wants it. Never throws: what cannot be logged must not stop the work. */
  write<Event extends EventName>(event: Event, fields: EventFields<Event>): void;
  isOn(category: LogCategory, level: LogLevel): boolean;
}

export interface LogDeps {
  readonly levels: LevelTable;
  /** What kind of process this is. */
  readonly process: 'lsp' | 'worker' | 'cli';
  /** Takes a line that somebody wants. */
  readonly sink: (line: LogLine) => void;
  /** Milliseconds since 1970; the clock's when absent. */
  readonly clock?: () => number;
}

export const noLog: Log = { write: () => undefined, isOn: () => false };

export function createLog({ levels, process: kind, sink, clock = Date.now }: LogDeps): Log {
  return {
    isOn: levels.isOn,
    write(name, fields) {
      const event = eventOf(name);
      const category = name.slice(0, name.indexOf('.')) as LogCategory;
      if (!event || !levels.isOn(category, event.level)) return;
      const kept = Object.entries(event.fields).map(([field, kind]): [string, unknown] => [field, plainValue(kind, (fields as Readonly<Record<string, unknown>>)[field])]);
      const line: LogLine = {
        time: new Date(clock()).toISOString(), level: event.level, category, event: name, process: kind, pid: process.pid, ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
      };
      sink(line);
    },
  };
}

/** A line as it stands in the file: what is said in words goes through redaction once more, though the words are ours. */
export function lineText(line: LogLine, redact: (text: string) => string): string {
  return JSON.stringify(line, (_key, value: unknown) => (typeof value === 'string' ? redact(value) : value));
}
