import assert from 'node:assert/strict';
import { join } from 'node:path';
import { methods } from '../../server/lsp/server.ts';
import { folderForEachTest } from '../support/folder.ts';
import { startServer } from '../support/languageServer.ts';
import { cases, fuzz } from './fuzzing.ts';

/** Those that would rightly end what is being looked at: recording, or the record. */
const left = new Set(['daybook/forget', 'daybook/redact', 'daybook/letGo', 'daybook/export', 'daybook/dataset', 'daybook/setRecording']);

const textDocument = { uri: 'file:///w/a.ts', languageId: 'typescript', version: 1, text: 'let a = 1;\n' };
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
const notifications = [
  ['textDocument/didOpen', { textDocument }],
  ['textDocument/didChange', { textDocument: { uri: textDocument.uri, version: 2 }, contentChanges: [{ range, text: 'const' }, { text: 'whole' }] }],
  ['textDocument/didSave', { textDocument: { uri: textDocument.uri } }],
  ['textDocument/didClose', { textDocument: { uri: textDocument.uri } }],
  ['workspace/didChangeConfiguration', { settings: { daybook: { ignore: ['**/a'], idleMinutes: 5 } } }],
  ['workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///w/report.xml', type: 1 }] }],
  ['workspace/didRenameFiles', { files: [{ oldUri: 'file:///w/a.ts', newUri: 'file:///w/b.ts' }] }],
  ['workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: 'file:///w', name: 'w' }], removed: [] } }],
  ['daybook/reloaded', { uri: 'file:///w/a.ts' }],
] as const;

const params = { id: 't:1', query: 'a', limit: 5, records: [{ family: 'events', kind: 'note', data: {} }], sessions: ['t:1'], pinned: true, days: 7, day: '2026-11-20', from: 0, turn: 1, format: 'csv' };

describe('hostile messages', () => {
  const at = folderForEachTest();

  it(`${cases.messages} of them are answered or passed over by a real server, which goes on recording`, async function () {
    this.timeout(240_000);
    const server = await startServer({ settings: { dataDirectory: join(at.path, 'data') }, home: join(at.path, 'home'), isSilent: true });
    const asked = methods.filter((method) => !left.has(method));
    await fuzz(cases.messages, (mutants) => {
      const [method, from] = mutants.below(2) === 0 ? mutants.one(notifications) : [mutants.one(asked), params];
      return { method, params: mutants.json(from), isRequest: method.startsWith('daybook/') && method !== 'daybook/reloaded' };
    }, async ({ method, params: given, isRequest }) => {
      const object = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
      if (!isRequest) return server.connection.sendNotification(method, object);
      await server.connection.sendRequest(method, object).catch((error: unknown) => assert.ok(error instanceof Error && error.message !== '', method));
    });
    const { accepted } = await server.request('daybook/record', { records: [{ family: 'events', kind: 'note', data: { text: 'still here' } }] });
    const found = await server.request('daybook/search', { query: '"still here"' });
    assert.deepEqual([accepted, found.results.length], [1, 1]);
    await server.stop();
  });
});
