import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderForEachTest } from '../../support/folder.ts';
import { journalOf } from '../../support/journal.ts';
import { startServer } from '../../support/languageServer.ts';

describe('a server under consent', () => {
  const folder = folderForEachTest();

  it('keeps to the level at which something was typed, whichever editor sends it and whatever is allowed later', async function () {
    this.timeout(30_000);
    const dataDirectory = join(folder.path, 'data');
    const work = pathToFileURL(join(folder.path, 'work')).toString();
    const settings = { dataDirectory, consent: { default: 'full', folders: { [work]: 'metadata' } } } as const;
    const server = await startServer({ settings, home: folder.path, workspaceFolders: [{ uri: work, name: 'work' }] });
    const uri = `${work}/acme.md`;
    const change = (version: number, text: string): Promise<void> =>
      server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    await server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text: 'one\n' } });
    await change(2, 'one\nthe acme price\n');
    await server.request('daybook/status', {});
    await server.notify('workspace/didChangeConfiguration', { settings: { ...settings, consent: { default: 'full', folders: {} } } });
    await server.request('daybook/status', {});
    await change(3, 'one\nthe acme price\nthree is for all\n');
    await server.stop();
    const edits = (await journalOf(dataDirectory)).filter(({ record }) => record.type.endsWith('editor.edited')).map(({ record }) => record);
    assert.deepEqual(edits.map((edit) => [edit.subject, (edit as { consent?: string }).consent, edit.data['linesAdded']]), [
      ['*.md', 'metadata', 1], ['acme.md', undefined, 1],
    ]);
    assert.doesNotMatch(JSON.stringify(edits[0]), /acme|price/);
    assert.match(String(edits[1]?.data['diff']), /^\+three is for all$/m);
  });
});
