import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { itThoroughly } from '../../support/itThoroughly.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../support/languageServer.ts';
import type { Unlock } from '../../../shared/encryption.ts';
import type { Status } from '../../../shared/protocol.ts';
import { describeEncrypted, filesWith, passphrase } from '../encryption/world.ts';

describeEncrypted('a server whose record is encrypted', () => {
  const at = folderForEachTest();
  const dataDirectory = (): string => join(at.path, 'data');
  const start = (unlock?: Unlock, more: Partial<ServerOptions> = {}): Promise<RunningServer> => startServer({ settings: { dataDirectory: dataDirectory(), ...(unlock && { unlock }) }, home: at.path, ...more });
  const say = async (server: RunningServer, text: string): Promise<void> => {
    const { accepted } = await server.request('daybook/record', { records: [{ family: 'events', kind: 'note', data: { text } }] });
    assert.equal(accepted, 1);
  };
  const found = async (server: RunningServer): Promise<number> => (await server.request('daybook/search', { query: 'quincezanzibar' })).total;
  const isLocked = (error: unknown): boolean => (error as { readonly data?: { readonly locked?: unknown } }).data?.locked === true;

  itThoroughly('goes on recording, and opens it again with what the client has, or a file that is named', async function () {
    this.timeout(120_000);
    const troubles: unknown[] = [];
    const first = await start(undefined, { onConnection: (connection) => void connection.onNotification('daybook/statusChanged', ({ trouble }: Status) => void troubles.push(trouble)) });
    await say(first, 'quincezanzibar one and more');
    assert.equal((await first.request('daybook/encryption', {})).state, 'plain');
    await assert.rejects(first.request('daybook/encrypt', { passphrase: 'short' }), /fewer than 12/);
    const { receipt, keys } = await first.request('daybook/encrypt', { passphrase });
    assert.deepEqual([receipt.state, receipt.search.left], ['encrypted', []]);
    await say(first, 'quincezanzibar two and more');
    assert.equal(await found(first), 2);
    await first.stop();
    assert.ok(troubles.length > 0 && troubles.every((trouble) => trouble === undefined), 'a server that encrypts has the key before anybody needs it');
    assert.deepEqual(filesWith(dataDirectory()), []);

    await assert.rejects(start(), isLocked);
    await assert.rejects(start({ passphrase: 'some other passphrase' }), isLocked);
    const path = join(at.path, 'passphrase');
    writeFileSync(path, `${passphrase}\n`);
    for (const [unlock, more] of [[{ keys }, {}], [{ passphrase }, {}], [undefined, { launch: { execArgv: [], env: { DAYBOOK_PASSPHRASE_FILE: path } } }]] as const) {
      const server = await start(unlock, more);
      assert.equal(await found(server), 2);
      assert.deepEqual((await server.request('daybook/unlock', {})).keys, keys);
      await server.stop();
    }
  });

  itThoroughly('holds what happens while another program encrypts, until it is unlocked', async function () {
    this.timeout(120_000);
    const [first, second] = await Promise.all([start(), start()]);
    await say(first, 'quincezanzibar one and more');
    const { keys } = await second.request('daybook/encrypt', { passphrase });
    await assert.rejects(say(first, 'quincezanzibar two and more'), /locked/);
    assert.equal((await first.request('daybook/encryption', {})).state, 'locked');
    await assert.rejects(first.request('daybook/unlock', { passphrase: 'some other passphrase' }), /not the passphrase/);
    await first.request('daybook/unlock', { keys });
    await say(first, 'quincezanzibar three and more');
    assert.equal(await found(second), 2);
    await Promise.all([first.stop(), second.stop()]);
    assert.deepEqual(filesWith(dataDirectory()), []);
  });
});
