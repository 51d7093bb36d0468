import assert from 'node:assert/strict';
import { copilotChat } from '../../../../server/importers/copilot-chat/index.ts';
import type { Machine, Root } from '../../../../server/importers/importer.ts';

function roots(machine: Partial<Machine>): readonly Root[] {
  return copilotChat.roots({ platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: [], ...machine });
}

function paths(machine: Partial<Machine>): readonly string[] {
  return roots(machine).map(({ path }) => path);
}

describe('copilot-chat: roots', () => {
  it('knows VS Code and its relatives on Linux', () => {
    const found = paths({});
    for (const product of ['Code', 'Code - Insiders', 'VSCodium', 'Code - OSS', 'Cursor', 'Windsurf']) {
      assert.ok(found.includes(`/home/ada/.config/${product}/User/workspaceStorage`), product);
      assert.ok(found.includes(`/home/ada/.config/${product}/User/globalStorage/emptyWindowChatSessions`), product);
      assert.ok(found.includes(`/home/ada/.config/${product}/User/globalStorage/transferredChatSessions`), product);
    }
    assert.ok(found.includes('/home/ada/.local/share/code-server/User/workspaceStorage'));
    assert.equal(new Set(found).size, found.length);
  });

  it('knows macOS and Windows, and folders that were moved', () => {
    const mac = { platform: 'darwin', home: '/Users/ada' } as const;
    assert.ok(paths(mac).includes('/Users/ada/Library/Application Support/Code/User/workspaceStorage'));
    const windows = { platform: 'win32', home: 'C:\\Users\\ada' } as const;
    assert.ok(paths(windows).includes('C:\\Users\\ada\\AppData\\Roaming\\Code\\User\\workspaceStorage'));
    const moved = paths({ ...windows, env: { APPDATA: 'D:\\Roaming' } });
    assert.ok(moved.includes('D:\\Roaming\\Cursor\\User\\globalStorage\\emptyWindowChatSessions'));
    assert.ok(paths({ env: { XDG_CONFIG_HOME: '/cfg' } }).includes('/cfg/Code/User/workspaceStorage'));
    assert.ok(paths({ vscodeUserDirectories: ['/portable/user-data/User'] }).includes('/portable/user-data/User/workspaceStorage'));
    assert.equal(paths({ vscodeUserDirectories: ['/home/ada/.config/Code/User'] }).length, paths({}).length);
  });

  it('looks at session files only', () => {
    const [workspaces, emptyWindows] = roots({});
    const may = ['1a/chatSessions/2b.json', '1a/chatSessions/2b.jsonl', '1a/GitHub.copilot-chat/transcripts/2b.jsonl'];
    const mayNot = [
      '1a/workspace.json',
      '1a/state.vscdb',
      '1a/chatSessions/x/2b.json',
      'chatSessions/2b.json',
      '1a/chatEditingSessions/2b/state.json',
      '1a/GitHub.copilot-chat/debug-logs/2b/main.jsonl',
    ];
    for (const path of may) assert.ok(workspaces?.mayHold(path), path);
    for (const path of mayNot) assert.ok(!workspaces?.mayHold(path), path);
    assert.ok(emptyWindows?.mayHold('2b.jsonl'));
    assert.ok(!emptyWindows?.mayHold('x/2b.jsonl'));
  });
});
