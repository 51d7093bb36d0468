import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rooCode } from '../../../../server/importers/roo-code/index.ts';
import { claimedSamples, fixture, samples } from '../importing.ts';

const uuid = '5b0c9a6e-0000-4000-8000-0123456789ab';
const format = (path: string, head = fixture('roo-code/task.json')): string | undefined => rooCode.recognise({ path, head })?.format;

describe('Roo Code: recognition and roots', () => {
  it('tells its tasks from Cline\'s', () => {
    const name = 'api_conversation_history.json';
    assert.equal(format(`C:\\x\\rooveterinaryinc.roo-cline\\tasks\\1772442000000\\${name}`), 'roo-code-task');
    assert.equal(format(`/backup/${uuid}/${name}`), 'roo-code-task');
    assert.equal(format(`/backup/${uuid}/${name}`, '{"version":2,"messages":[{"role":"user"'), 'roo-code-task');
    for (const path of [`/backup/1772442000000/${name}`, `/x/saoudrizwan.claude-dev/tasks/${uuid}/${name}`, `/backup/${uuid}/ui_messages.json`]) assert.equal(format(path), undefined, path);
    for (const head of ['', '{}', '[]', '[1]', '[[', 'x']) assert.equal(format(`/backup/${uuid}/${name}`, head), undefined, head);
  });

  it('looks at conversations of tasks only', () => {
    const machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: ['/portable/User'] } as const;
    const roots = rooCode.roots(machine);
    const paths = roots.map(({ path }) => path);
    for (const folder of ['/home/ada/.config/Code/User', '/home/ada/.vscode-server/data/User', '/home/ada/.local/share/code-server/User', '/portable/User']) {
      assert.ok(paths.includes(`${folder}/globalStorage/rooveterinaryinc.roo-cline/tasks`), folder);
    }
    assert.ok(roots.every(({ mayHold }) => mayHold(`${uuid}/api_conversation_history.json`) && !mayHold(`${uuid}/ui_messages.json`)));
    assert.ok(roots.every(({ mayEnter }) => mayEnter?.(uuid) && !mayEnter(`${uuid}/checkpoints`)));
    const mac = rooCode.roots({ ...machine, platform: 'darwin', home: '/Users/ada' }).map(({ path }) => path);
    assert.ok(mac.includes('/Users/ada/Library/Application Support/Cursor/User/globalStorage/rooveterinaryinc.roo-cline/tasks'));
    const windows = rooCode.roots({ ...machine, platform: 'win32', home: 'C:\\Users\\ada', env: { APPDATA: 'D:\\R' } }).map(({ path }) => path);
    assert.ok(windows.includes('D:\\R\\Code\\User\\globalStorage\\rooveterinaryinc.roo-cline\\tasks'));
  });

  it('claims none of the samples', function () {
    if (!existsSync(samples)) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
    assert.deepEqual(claimedSamples(rooCode), []);
  });
});
