/** Where VS Code and its relatives keep chat sessions. */

import { joinOn, userDirectories } from '../formats/userDirectories.ts';
import type { Machine, Root } from '../importer.ts';

const inWorkspace = /^[^/]+\/(chatSessions\/[^/]+\.jsonl?|GitHub\.copilot-chat\/transcripts\/[^/]+\.jsonl)$/i;
const sessionFile = /^[^/]+\.jsonl?$/i;

/** Folders that may hold sessions, for every `User` directory of this machine. */
export function roots(machine: Machine): readonly Root[] {
  const join = joinOn(machine);
  return userDirectories(machine).flatMap((directory) => [
    { path: join(directory, 'workspaceStorage'), mayHold: (path: string) => inWorkspace.test(path) },
    { path: join(directory, 'globalStorage', 'emptyWindowChatSessions'), mayHold: (path: string) => sessionFile.test(path) },
    { path: join(directory, 'globalStorage', 'transferredChatSessions'), mayHold: (path: string) => sessionFile.test(path) },
  ]);
}
