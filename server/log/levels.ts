/**
 * How much is kept, as a table in memory that threads of a process share: who changes it in one changes it in all, at once and without a message.
 */

import { logCategories, logLevels, type LogCategory, type LogChoice, type LogLevel } from '../../shared/log.ts';

export interface LevelTable {
  /** To hand to a thread. */
  readonly shared: SharedArrayBuffer;
  /** @param atLeast what is kept of every category whatever the choice says */
  set(choice: LogChoice, atLeast?: LogLevel): void;
  isOn(category: LogCategory, level: LogLevel): boolean;
}

export function createLevelTable(shared: SharedArrayBuffer = new SharedArrayBuffer(logCategories.length)): LevelTable {
  const table = new Uint8Array(shared);
  return {
    shared,
    set({ level, levels }, atLeast = 'off') {
      for (const [at, category] of logCategories.entries()) {
        table[at] = Math.max(logLevels.indexOf(levels[category] ?? level), logLevels.indexOf(atLeast));
      }
    },
    isOn: (category, level) => level !== 'off' && logLevels.indexOf(level) <= (table[logCategories.indexOf(category)] ?? 0),
  };
}
