import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderForEachTest } from '../../support/folder.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { filesBelow, journalRecords } from './journalFiles.ts';
import { secrets } from './secrets.ts';

const marker = 'findable-neighbour';

describe('secrets', () => {
  const folder = folderForEachTest();

  it('typed, run, printed and said are nowhere on disk, and what surrounds them is whole', async function () {
    this.timeout(40_000);
    const dataDirectory = join(folder.path, 'data');
    const project = join(folder.path, '.claude/projects/-work-app');
    mkdirSync(project, { recursive: true });
    const chat = join(project, `${randomUUID()}.jsonl`);
    writeFileSync(chat, chatLine(chat, `${marker} before`));
    const server = await startServer({
      settings: { dataDirectory }, home: folder.path, workspaceFolders: [{ uri: 'file:///work/app', name: 'app' }],
    });
    await type(server);
    await runInTerminal(server);
    for (const { text } of secrets) appendFileSync(chat, chatLine(chat, `${marker} please use ${text} for it`));
    await found(server, 'please', secrets.length);
    await server.stop();

    assertAbsent(dataDirectory);
    const records = journalRecords(dataDirectory);
    assert.ok(records.some(({ redactions = 0 }) => redactions > 0));
    for (const kind of ['editor.edited', 'terminal.command', 'message']) {
      const text = JSON.stringify(records.filter(({ type }) => type.endsWith(kind)));
      assert.ok(text.includes(marker), `${kind}: the text beside the secrets is gone`);
      assert.ok(text.includes('[redacted:'), `${kind}: nothing says that something was taken out`);
    }
  });
});

async function type(server: RunningServer): Promise<void> {
  const uri = 'file:///work/app/config.ts';
  await server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text: `// ${marker}\n` } });
  for (const [index, { text }] of secrets.entries()) {
    await server.notify('textDocument/didChange', {
      textDocument: { uri, version: index + 2 },
      contentChanges: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: `export const value${index} = \`${text}\`;\n` }],
    });
    await server.notify('textDocument/didSave', { textDocument: { uri } });
  }
  // An edit beside the secrets must not bring them along as context.
  await server.notify('textDocument/didChange', {
    textDocument: { uri, version: 99 },
    contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '// first\n' }],
  });
  await server.notify('textDocument/didSave', { textDocument: { uri } });
}

async function runInTerminal(server: RunningServer): Promise<void> {
  for (const { text } of secrets) {
    const escaped = JSON.stringify({ nested: JSON.stringify({ text }) });
    await server.request('daybook/record', {
      records: [{
        family: 'tool_executions', kind: 'terminal.command', subject: `deploy --with '${text}'`,
        data: {
          command: `deploy --with '${text}'`, status: 'failed', exitCode: 1, startedAt: new Date().toISOString(), durationMs: 5,
          output: `${marker}\n\u001b[31m${text}\u001b[0m\n${escaped}\n`,
        },
      }],
    });
  }
}

function chatLine(file: string, text: string): string {
  return `${JSON.stringify({
    type: 'user', uuid: randomUUID(), sessionId: file.slice(-41, -6), timestamp: new Date().toISOString(), cwd: '/work/app', version: '2.1.0',
    message: { role: 'user', content: text },
  })}\n`;
}

/** Waits, bounded, until a word is found so often. */
async function found(server: RunningServer, query: string, total: number): Promise<void> {
  const deadline = Date.now() + 15_000;
  while ((await server.request('daybook/search', { query })).total < total) {
    assert.ok(Date.now() < deadline, `${query} was not found ${total} times in time`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Searches every file as bytes, for the secret as it is and in the ways it could be written. */
function assertAbsent(dataDirectory: string): void {
  for (const file of filesBelow(dataDirectory)) {
    const bytes = readFileSync(file);
    for (const { name, traces } of secrets) {
      for (const form of traces.flatMap(forms)) assert.ok(!bytes.includes(form), `${name} is in ${file}`);
    }
  }
}

function forms(text: string): Buffer[] {
  const escaped = Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return [
    ...(['utf8', 'utf16le'] as const).map((encoding) => Buffer.from(text, encoding)),
    ...[text.toLowerCase(), JSON.stringify(text).slice(1, -1), escaped, escaped.toUpperCase(), encodeURIComponent(text)].map((form) => Buffer.from(form)),
    ...['base64', 'hex'].map((encoding) => Buffer.from(Buffer.from(text).toString(encoding as 'hex').replace(/=+$/, ''))),
  ];
}
