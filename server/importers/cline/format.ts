/**
 * Cline's sessions. Since 2026 one document for each below `sessions/<id>/`, `<id>.messages.json`, with `<id>.json` beside that says
 * what the session is; before, task folders (../taskFormat.ts). Learned from sdk/packages/shared/src/llms/messages.ts,
 * sdk/packages/core/src/session/models/session-manifest.ts and .../fork-metadata.ts in https://github.com/cline/cline, and from the
 * session in sdk/packages/core/fixtures there.
 */

import { leftOutOfTasks } from '../formats/taskFormat.ts';

/** Names of the formats in recognitions and session headers. */
export const formats = { session: 'cline-session', task: 'cline-task' } as const;

/** The record's `source`. */
export const sourceName = 'cline';

/** What is known and carries nothing to keep. */
export const leftOut: Readonly<Record<string, string>> = {
  ...leftOutOfTasks,
  system_prompt: 'Instructions that the tool gives the model.',
  'compaction.json': 'A shortened copy of the conversation.',
};
