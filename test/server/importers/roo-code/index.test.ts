import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../../../server/importers/discover.ts';
import { rooCode } from '../../../../server/importers/roo-code/index.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { claimedSamples, fixture, samples } from '../importing.ts';

const uuid = '5b0c9a6e-0000-4000-8000-0123456789ab';
const format = (path: string, head = fixture('roo-code/task.json')): string | undefined => rooCode.recognise({ path, head })?.format;

describe('Roo Code: recognition and roots', () => {
  const at = folderForEachTest();

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

  it('finds tasks where a setting has moved them', async () => {
    const user = join(at.path, '.config/Code/User');
    const storage = join(at.path, 'roo');
    mkdirSync(user, { recursive: true });
    const home = { platform: 'linux', home: at.path, env: {}, vscodeUserDirectories: [] } as const;
    const found = async (settings: string): Promise<readonly string[]> => {
      writeFileSync(join(user, 'settings.json'), settings);
      return (await discover([rooCode], home)).map((file) => file.path);
    };
    mkdirSync(join(storage, 'tasks', uuid), { recursive: true });
    const task = join(storage, 'tasks', uuid, 'api_conversation_history.json');
    writeFileSync(task, fixture('roo-code/task.json'));
    assert.deepEqual(await found(`{ // mine\n "editor.fontSize": 13, "roo-cline.customStoragePath": ${JSON.stringify(storage)}, /* and */ }`), [task]);
    assert.deepEqual(await found(`{"roo-cline.customStoragePath": ${JSON.stringify(storage)}, "half":`), [task], 'settings that are being written');
    for (const none of ['""', '"roo"', '"~/roo"', '7', 'null', '[]']) assert.deepEqual(await found(`{"roo-cline.customStoragePath": ${none}}`), [], none);
    for (const none of ['', '[]', 'x', '\0']) assert.deepEqual(await found(none), [], none);
    rmSync(join(user, 'settings.json'));
    mkdirSync(join(user, 'settings.json'));
    assert.deepEqual((await discover([rooCode], home)).map(({ path }) => path), [], 'a folder in its place');
  });

  it('claims none of the samples', function () {
    if (!existsSync(samples)) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
    assert.deepEqual(claimedSamples(rooCode), []);
  });
});
