/** Daybook's own log: what is worth a line, and how much of it is kept. */

/** From nothing to everything; each level holds the ones before it. */
export const logLevels = ['off', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Which part of Daybook says something. */
export const logCategories = ['lsp', 'cli', 'settings', 'capture', 'ingest', 'import', 'store', 'search', 'export', 'backup', 'forget', 'redact', 'retention'] as const;
export type LogCategory = (typeof logCategories)[number];

/** How much is kept: of everything, and of categories that differ. */
export interface LogChoice {
  readonly level: LogLevel;
  readonly levels: Readonly<Partial<Record<LogCategory, LogLevel>>>;
}

export const usualLog: LogChoice = { level: 'info', levels: {} };

export const isLogLevel = (value: unknown): value is LogLevel => logLevels.some((level) => level === value);
export const isLogCategory = (value: unknown): value is LogCategory => logCategories.some((category) => category === value);

/** What settings say; what is not understood counts as not said. */
export function readLogChoice(level: unknown, levels: unknown): LogChoice {
  const given = typeof levels === 'object' && levels !== null ? Object.entries(levels) : [];
  return {
    level: isLogLevel(level) ? level : usualLog.level,
    levels: Object.fromEntries(given.filter(([category, each]) => isLogCategory(category) && isLogLevel(each))),
  };
}

/** One line of a log file. Beside these stand the fields of its event: numbers, yes or no, and words of closed lists. */
export interface LogLine {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly level: Exclude<LogLevel, 'off'>;
  readonly category: LogCategory;
  /** `<category>.<what happened>`; see the table of events. */
  readonly event: string;
  /** What kind of process it was: `lsp`, `worker`, `cli`. */
  readonly process: string;
  readonly pid: number;
  readonly [field: string]: unknown;
}

/** `daybook logs --json` */
export interface LogLines {
  /** The oldest first. */
  readonly lines: readonly LogLine[];
}

/** What a client sets. */
export interface LogSettings extends LogChoice {
  /** How much the client wants to be told with `window/logMessage`. */
  readonly channel: LogLevel;
}

/** A part of the diagnostics: a title, and lines of a name and a value. */
export interface DiagnosticsPart {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}
