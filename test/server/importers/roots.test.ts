/** Where every tool is looked for, on each system and in each host: the list that the formats were learned with, spelled out. */

import assert from 'node:assert/strict';
import type { Machine } from '../../../server/importers/importer.ts';
import { importers } from '../../../server/importers/registry.ts';

const linux: Machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: [] };
const mac: Machine = { ...linux, platform: 'darwin', home: '/Users/ada' };
const windows: Machine = { ...linux, platform: 'win32', home: 'C:\\Users\\ada' };

/** Whether a file at a path is looked for. */
function isFound(source: string, path: string, machine: Machine): boolean {
  const importer = importers.find((each) => each.source === source);
  const separator = machine.platform === 'win32' ? '\\' : '/';
  return importer?.roots(machine).some((root) => {
    const below = path.startsWith(root.path + separator) ? path.slice(root.path.length + 1).replaceAll('\\', '/') : undefined;
    return below !== undefined && root.mayHold(below) && folders(below).every((folder) => root.mayEnter?.(folder) ?? true);
  }) ?? false;
}

function folders(below: string): string[] {
  const names = below.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

const [hash, id] = ['f00d', '11111111-aaaa-4bbb-8ccc-000000000001'];

/** Below the home folder. */
const places: readonly (readonly [source: string, path: string])[] = [
  ['aider', '.aider.chat.history.md'],
  ['amp', `.local/share/amp/threads/T-${id}.json`],
  ['claude-code', `.claude/projects/-p/${id}.jsonl`],
  ['claude-code', `.claude/projects/-p/${id}/subagents/agent-a1.jsonl`],
  ['cline', `.cline/data/sessions/${id}/${id}.messages.json`],
  ['codex', `.codex/sessions/2026/03/02/rollout-x-${id}.jsonl`],
  ['codex', `.codex/sessions/2026/03/02/rollout-x-${id}.jsonl.zst`],
  ['codex', `.codex/archived_sessions/rollout-x-${id}.jsonl`],
  ['continue', `.continue/sessions/${id}.json`],
  ['copilot-cli', `.copilot/session-state/${id}/events.jsonl`],
  ['copilot-cli', `.copilot/session-state/${id}.jsonl`],
  ['cursor', `.cursor/projects/p/agent-transcripts/${id}/${id}.jsonl`],
  ['cursor', `.cursor/chats/${hash}/${id}/store.db`],
  ['gemini-cli', '.gemini/tmp/p/chats/session-2026-03-02T09-00-x.jsonl'],
  ['gemini-cli', `.gemini/tmp/p/chats/${id}/x.jsonl`],
  ['kiro-cli', `.kiro/sessions/cli/${id}.jsonl`],
  ['opencode', '.local/share/opencode/opencode.db'],
  ['opencode', '.local/share/opencode/storage/message/ses_1/msg_1.json'],
  ['qwen-code', `.qwen/projects/p/chats/${id}.jsonl`],
];

/** Below the `User` folder of VS Code and its relatives. */
const inUser: readonly (readonly [source: string, path: string])[] = [
  ['copilot-chat', `workspaceStorage/${hash}/chatSessions/${id}.jsonl`],
  ['copilot-chat', `workspaceStorage/${hash}/chatSessions/${id}.json`],
  ['copilot-chat', `workspaceStorage/${hash}/GitHub.copilot-chat/transcripts/${id}.jsonl`],
  ['copilot-chat', `workspaceStorage/no-workspace/chatSessions/${id}.json`],
  ['copilot-chat', `globalStorage/emptyWindowChatSessions/${id}.jsonl`],
  ['copilot-chat', `globalStorage/transferredChatSessions/${id}.json`],
  ['cline', 'globalStorage/saoudrizwan.claude-dev/tasks/1772442000000/api_conversation_history.json'],
  ['roo-code', `globalStorage/rooveterinaryinc.roo-cline/tasks/${id}/api_conversation_history.json`],
];

const products = ['Code', 'Code - Insiders', 'VSCodium', 'Code - OSS', 'Cursor', 'Windsurf', 'Positron'];

describe('where sessions are looked for', () => {
  for (const [name, machine] of [['Linux', linux], ['macOS', mac], ['Windows', windows]] as const) {
    const spelled = (path: string): string => (machine.platform === 'win32' ? path.replaceAll('/', '\\') : path);

    it(`on ${name}, below the home folder`, () => {
      for (const [source, path] of places) assert.ok(isFound(source, spelled(`${machine.home}/${path}`), machine), `${source}: ${path}`);
    });

    it(`on ${name}, in every host of VS Code's storage, on a server of it and in code-server`, () => {
      const settings = { linux: '.config', darwin: 'Library/Application Support', win32: 'AppData/Roaming' }[machine.platform as 'linux'];
      const hosts = [
        ...products.map((product) => `${settings}/${product}/User`),
        ...['.vscode-server', '.vscode-server-insiders', '.vscode-remote', '.cursor-server', '.windsurf-server', '.vscodium-server'].map((server) => `${server}/data/User`),
        '.local/share/code-server/User',
      ];
      for (const host of hosts) for (const [source, path] of inUser) assert.ok(isFound(source, spelled(`${machine.home}/${host}/${path}`), machine), `${source}: ${host}/${path}`);
      assert.ok(isFound('cursor', spelled(`${machine.home}/${settings}/Cursor/User/globalStorage/state.vscdb`), machine));
      assert.ok(!isFound('cursor', spelled(`${machine.home}/${settings}/Code/User/globalStorage/state.vscdb`), machine));
    });
  }

  const moved: readonly (readonly [variable: string, value: string, source: string, path: string])[] = [
    ['CLAUDE_CONFIG_DIR', '/m', 'claude-code', `/m/projects/-p/${id}.jsonl`],
    ['CODEX_HOME', '/m', 'codex', `/m/sessions/2026/03/02/rollout-x-${id}.jsonl`],
    ['COPILOT_HOME', '/m', 'copilot-cli', `/m/session-state/${id}/events.jsonl`],
    ['GEMINI_CLI_HOME', '/m', 'gemini-cli', '/m/.gemini/tmp/p/chats/session-x.jsonl'],
    ['QWEN_HOME', '/m', 'qwen-code', `/m/projects/p/chats/${id}.jsonl`],
    ['CURSOR_DATA_DIR', '/m', 'cursor', `/m/chats/${hash}/${id}/store.db`],
    ['CLINE_DIR', '/m', 'cline', `/m/data/sessions/${id}/${id}.messages.json`],
    ['CONTINUE_GLOBAL_DIR', '/m', 'continue', `/m/sessions/${id}.json`],
    ['KIRO_HOME', '/m', 'kiro-cli', `/m/sessions/cli/${id}.jsonl`],
    ['XDG_DATA_HOME', '/m', 'opencode', '/m/opencode/opencode.db'],
    ['XDG_DATA_HOME', '/m', 'amp', `/m/amp/threads/T-${id}.json`],
    ['XDG_DATA_HOME', '/m', 'copilot-chat', `/m/code-server/User/workspaceStorage/${hash}/chatSessions/${id}.json`],
    ['OPENCODE_DB', '/m/own.db', 'opencode', '/m/own.db'],
    ['AIDER_CHAT_HISTORY_FILE', '/m/own.md', 'aider', '/m/own.md'],
    ['XDG_CONFIG_HOME', '/m', 'copilot-chat', `/m/Code/User/workspaceStorage/${hash}/chatSessions/${id}.json`],
    ['VSCODE_APPDATA', '/m', 'copilot-chat', `/m/Code/User/workspaceStorage/${hash}/chatSessions/${id}.json`],
    ['VSCODE_PORTABLE', '/m', 'copilot-chat', `/m/user-data/User/workspaceStorage/${hash}/chatSessions/${id}.json`],
    ['VSCODE_AGENT_FOLDER', '/m', 'copilot-chat', `/m/data/User/workspaceStorage/${hash}/GitHub.copilot-chat/transcripts/${id}.jsonl`],
  ];
  for (const [variable, value, source, path] of moved) {
    it(`where ${variable} says, for ${source}, and only then`, () => {
      assert.ok(isFound(source, path, { ...linux, env: { [variable]: value } }));
      assert.ok(!isFound(source, path, linux));
    });
  }

  it('in a Flatpak, and where Windows keeps what does not roam', () => {
    assert.ok(isFound('copilot-chat', `/home/ada/.var/app/com.visualstudio.code/config/Code/User/workspaceStorage/${hash}/chatSessions/${id}.json`, linux));
    assert.ok(isFound('copilot-chat', `C:\\Users\\ada\\AppData\\Local\\code-server\\Data\\User\\workspaceStorage\\${hash}\\chatSessions\\${id}.json`, windows));
    assert.ok(isFound('copilot-chat', `D:\\Roaming\\Code\\User\\workspaceStorage\\${hash}\\chatSessions\\${id}.json`, { ...windows, env: { APPDATA: 'D:\\Roaming' } }));
  });
});
