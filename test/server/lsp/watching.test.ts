import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer } from '../../support/languageServer.ts';

describe('a server that watches', () => {
  const folder = folderForEachTest();

  it('reads what comes later, there too where only the settings say that sessions are', async function () {
    this.timeout(30_000);
    const user = join(folder.path, 'profile/User');
    mkdirSync(join(user, 'workspaceStorage/w/chatSessions'), { recursive: true });
    const server = await startServer({ settings: { dataDirectory: join(folder.path, 'data'), vscodeUserDirectories: [user] }, home: folder.path });
    const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
      for (const end = Date.now() + 15_000; !(await isSo());) {
        assert.ok(Date.now() < end, `It did not come so far: ${what}.`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until('the first pass is through', async () => (await server.request('daybook/status', {})).imported !== undefined);
    const session = {
      version: 3, sessionId: 'later', creationDate: 1_763_632_800_000, lastMessageDate: 1_763_632_800_000, customTitle: 'Discount applied twice',
      requests: [{ requestId: 'r1', timestamp: 1_763_632_800_000, message: { text: 'Why twice?' }, response: [{ value: 'Because.' }], isCanceled: false }],
    };
    writeFileSync(join(user, 'workspaceStorage/w/chatSessions/later.json'), JSON.stringify(session));
    const titles = async (): Promise<string[]> => (await server.request('daybook/sessions', { limit: 10 })).sessions.map(({ title }) => title);
    await until('the session is listed', async () => (await titles()).includes('Discount applied twice'));
    await server.stop();
  });
});
