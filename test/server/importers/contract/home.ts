/** A home folder in which every tool keeps its sessions where it keeps them on Linux, made of the repository's fixtures. */

import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Machine } from '../../../../server/importers/importer.ts';
import { root } from '../../../support/places.ts';

export const fixtures = join(root, 'test/fixtures');

const code = '.config/Code/User';
const ada = '11111111-aaaa-4bbb-8ccc-00000000000';

/** Where each fixture, a file or a folder, lies below the home folder. What a person exports may lie anywhere. */
export const places: readonly (readonly [fixture: string, at: string])[] = [
  ['aider/history.md', '.aider.chat.history.md'],
  ['amp', '.local/share/amp/threads'],
  ['claude-code/projects', '.claude/projects'],
  ['claude-code/inline-sidechain.jsonl', '.claude/projects/-home-ada-site/d1e2f3a4-1a2b-4c3d-8e4f-5a6b7c8d9e55.jsonl'],
  ['cline/1772442000000_abcde.json', '.cline/data/sessions/1772442000000_abcde/1772442000000_abcde.json'],
  ['cline/1772442000000_abcde.messages.json', '.cline/data/sessions/1772442000000_abcde/1772442000000_abcde.messages.json'],
  ['cline/task.json', `${code}/globalStorage/saoudrizwan.claude-dev/tasks/1772442000000/api_conversation_history.json`],
  ['cline/ui_messages.json', `${code}/globalStorage/saoudrizwan.claude-dev/tasks/1772442000000/ui_messages.json`],
  ['codex/sessions', '.codex/sessions'],
  ['continue/session.json', '.continue/sessions/0d1c2b3a-1111-4222-8333-444455556666.json'],
  ['continue/sessions.json', '.continue/sessions/sessions.json'],
  ['copilot-chat/oplog.jsonl', `${code}/workspaceStorage/f00d/chatSessions/${ada}1.jsonl`],
  ['copilot-chat/flat-v1.json', `${code}/globalStorage/emptyWindowChatSessions/${ada}2.json`],
  ['copilot-chat/export.json', 'chat.json'],
  ['copilot-chat/transcript.jsonl', `${code}/workspaceStorage/f00d/GitHub.copilot-chat/transcripts/${ada}3.jsonl`],
  ['copilot-cli/session-state', '.copilot/session-state'],
  ['copilot-cli/history-session-state', '.copilot/history-session-state'],
  ['cursor/transcript.jsonl', `.cursor/projects/home-ada-my-site/agent-transcripts/${ada}4/${ada}4.jsonl`],
  ['gemini-cli', '.gemini'],
  ['kiro-cli/sessions', '.kiro/sessions'],
  ['qwen-code/projects', '.qwen/projects'],
  ['roo-code/task.json', `${code}/globalStorage/rooveterinaryinc.roo-cline/tasks/${ada}5/api_conversation_history.json`],
  ['roo-code/ui_messages.json', `${code}/globalStorage/rooveterinaryinc.roo-cline/tasks/${ada}5/ui_messages.json`],
  ['roo-code/history_item.json', `${code}/globalStorage/rooveterinaryinc.roo-cline/tasks/${ada}5/history_item.json`],
];

export function machineAt(home: string): Machine {
  return { platform: 'linux', home, env: {}, vscodeUserDirectories: [] };
}

/** Copies all fixtures to where the tools would have written them. */
export function layHome(home: string): void {
  for (const [fixture, at] of places) {
    mkdirSync(dirname(join(home, at)), { recursive: true });
    cpSync(join(fixtures, fixture), join(home, at), { recursive: true });
  }
}
