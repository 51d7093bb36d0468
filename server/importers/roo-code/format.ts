/**
 * Roo Code's tasks: folders of the shape in ../taskFormat.ts, with `history_item.json` beside. Learned from src/core/task-persistence
 * in https://github.com/RooCodeInc/Roo-Code.
 */

import { leftOutOfTasks } from '../formats/taskFormat.ts';

/** Name of the format in recognitions and session headers. */
export const formatName = 'roo-code-task';

/** The record's `source`. */
export const sourceName = 'roo-code';

/** What is known and carries nothing to keep. */
export const leftOut: Readonly<Record<string, string>> = leftOutOfTasks;
