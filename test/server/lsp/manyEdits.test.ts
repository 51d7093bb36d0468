import assert from 'node:assert/strict';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { journalOf } from '../../support/journal.ts';
import { startServer } from '../../support/languageServer.ts';
import { canTell, childrenOf, endedChildren } from '../../host/processes.ts';

const files = 1_000;

describe('text that is replaced in a thousand files at once', () => {
  const at = folderForEachTest();

  it('is two records for each of them, and starts no process', async function () {
    this.timeout(60_000);
    const server = await startServer({ settings: { dataDirectory: join(at.path, 'data') }, home: at.path });
    const id = server.process.pid ?? 0;
    const ended = canTell ? endedChildren(id) : 0;
    const text = 'const coffee = 1;\n'.repeat(20);
    for (let file = 0; file < files; file++) {
      const uri = `file:///w/${file}.js`;
      await server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'javascript', version: 1, text } });
      await server.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: text.replaceAll('coffee', 'tea') }] });
    }
    await server.request('daybook/setRecording', { recording: false });
    if (canTell) assert.deepEqual([endedChildren(id), childrenOf(id)], [ended, []]);
    await server.stop();
    const kinds = (await journalOf(join(at.path, 'data'))).map(({ record }) => record.type.split('.').at(-1));
    assert.deepEqual(['opened', 'edited'].map((kind) => kinds.filter((each) => each === kind).length), [files, files]);
    assert.equal(kinds.length, 2 * files);
  });
});
