import assert from 'node:assert/strict';
import { aider } from '../../../../server/importers/aider/index.ts';
import { fixture } from '../importing.ts';

describe('Aider: recognition and roots', () => {
  it('knows a history by its heading', () => {
    const head = fixture('aider/history.md');
    assert.deepEqual(aider.recognise({ path: '/x/any.md', head }), { format: 'aider-markdown', unit: 'line' });
    for (const other of ['', '# aider chat started at noon', 'see `# aider chat started at 2026-03-02 09:00:00`', '{"a":1}']) {
      assert.equal(aider.recognise({ path: '/home/ada/site/.aider.chat.history.md', head: other }), undefined, other);
    }
  });

  it('looks for the home directory\'s own history only where no folder is open, and for one that was moved', () => {
    const machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: [] } as const;
    const [own, ...none] = aider.roots(machine);
    assert.deepEqual([own?.path, none], ['/home/ada', []]);
    assert.ok(own?.mayHold('.aider.chat.history.md'));
    assert.ok(!own?.mayHold('site/.aider.chat.history.md') && !own?.mayHold('notes.md') && !own?.mayEnter?.('site'));
    const moved = aider.roots({ ...machine, env: { AIDER_CHAT_HISTORY_FILE: 'D:\\notes\\chat.md' } })[1];
    assert.equal(moved?.path, 'D:\\notes');
    assert.ok(moved.mayHold('chat.md'));
    assert.equal(aider.roots({ ...machine, env: { AIDER_CHAT_HISTORY_FILE: 'chat.md' } }).length, 1);
  });

  it('looks into the folders that are open, there too where a relative place says, and no deeper', () => {
    const machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: [], workspaceFolders: ['/work/shop', '/home/ada'] } as const;
    assert.deepEqual(aider.roots(machine).map(({ path }) => path), ['/home/ada', '/work/shop']);
    assert.ok(aider.roots(machine).every(({ mayEnter, isFlat }) => isFlat && !mayEnter?.('src')));
    const moved = aider.roots({ ...machine, env: { AIDER_CHAT_HISTORY_FILE: './notes/chat.md' } })[2];
    assert.equal(moved?.path, '/work/shop/notes');
    assert.ok(moved.mayHold('chat.md') && !moved.mayHold('.aider.chat.history.md'));
    assert.equal(aider.roots({ ...machine, env: { AIDER_CHAT_HISTORY_FILE: '../chat.md' } }).length, 2);
  });
});
