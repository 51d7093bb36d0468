import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';

describe('a server in a workspace that holds histories', function () {
  this.timeout(60_000);
  let server: RunningServer;
  afterEach(() => server.stop()); // before its folder goes
  const at = folderForEachTest();

  const say = (folder: string, text: string, time: string): void =>
    appendFileSync(join(at.path, folder, '.aider.chat.history.md'), `\n# aider chat started at 2026-03-02 ${time}\n\n#### ${text}  \n\nAn answer.\n`);
  const folder = (name: string): { readonly uri: string; readonly name: string } => ({ uri: pathToFileURL(join(at.path, name)).href, name });

  async function start(folders: readonly string[], closed: readonly string[] = []): Promise<void> {
    const consent = { default: 'full' as const, folders: Object.fromEntries(closed.map((name) => [folder(name).uri, 'off' as const])) };
    server = await startServer({
      settings: { dataDirectory: join(at.path, 'data'), consent }, home: join(at.path, 'home'), workspaceFolders: folders.map(folder),
      capabilities: { workspace: { workspaceFolders: true } },
    });
  }

  const titles = async (): Promise<string[]> => (await server.request('daybook/sessions', { limit: 20 })).sessions.map(({ title }) => title).sort();

  async function become(expected: readonly string[]): Promise<void> {
    for (const end = Date.now() + 30_000; ;) {
      const now = await titles();
      if (JSON.stringify(now) === JSON.stringify(expected)) return;
      assert.ok(Date.now() < end, `There are ${JSON.stringify(now)}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('reads those of its folders, what is added to them, and those of folders that are opened later', async () => {
    for (const name of ['home', 'shop', 'site']) mkdirSync(join(at.path, name));
    say('shop', 'Mend the discount', '09:00:00');
    say('site', 'Draw the header', '09:00:00');
    await start(['shop']);
    await become(['Mend the discount']);
    say('shop', 'Mend the tax', '10:00:00');
    await become(['Mend the discount', 'Mend the tax']);
    await server.notify('workspace/didChangeWorkspaceFolders', { event: { added: [folder('site')], removed: [] } });
    await become(['Draw the header', 'Mend the discount', 'Mend the tax']);
  });

  it('does not read those of folders of which not everything may be recorded, and one only once that is opened twice', async () => {
    for (const name of ['home', 'shop', 'site']) mkdirSync(join(at.path, name));
    symlinkSync(join(at.path, 'shop'), join(at.path, 'link'), 'junction');
    say('shop', 'Mend the discount', '09:00:00');
    say('site', 'Draw the header', '09:00:00');
    await start(['shop', 'link', 'site'], ['site']);
    await become(['Mend the discount']);
    // Both passes are through, so that nothing more is to come.
    await server.request('daybook/import', {});
    assert.deepEqual(await titles(), ['Mend the discount']);
  });
});
