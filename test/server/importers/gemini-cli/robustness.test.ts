import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { geminiCli } from '../../../../server/importers/gemini-cli/index.ts';
import { disturbed, fixtures, latest, readText, samples, sourceFile } from '../geminiReading.ts';
import { assertSameFromPrefixes, assertSameInPieces, assertSound, assertSurvivesMutations } from '../geminiSoundness.ts';
import { processorMs } from '../../../support/processorMs.ts';

const login = '5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11';
const chats = join(fixtures, 'gemini-cli', 'tmp', 'site', 'chats');
const files = [
  join(chats, 'session-2026-03-02T09-00-5d0a1c52.jsonl'), join(chats, login, 'a1b2c3d4-0000-4000-8000-000000000001.jsonl'),
  join(samples, 'gemini-cli', 'session-rewind.jsonl'), join(samples, 'gemini-cli', 'session-task-list.jsonl'),
];
const first = '{"sessionId":"s","projectHash":"h","startTime":"2026-03-02T09:00:00Z","kind":"main"}\n';

describe('Gemini CLI: reading in pieces', () => {
  for (const path of files) {
    it(`ends the same wherever it stops: ${path.slice(-50)}`, function () {
      if (!existsSync(path)) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
      assertSameInPieces(geminiCli, readFileSync(path, 'utf8'), sourceFile(geminiCli, path));
    });

    it(`is sound wherever the file ends: ${path.slice(-50)}`, function () {
      if (!existsSync(path)) return this.skip();
      assertSameFromPrefixes(geminiCli, readFileSync(path, 'utf8'), sourceFile(geminiCli, path));
    });
  }
});

describe('Gemini CLI: hostile input', () => {
  const lines = files.slice(0, 2).flatMap((path) => readFileSync(path, 'utf8').split('\n').filter((line) => line !== ''));

  it('never throws and ends the same when fields have the wrong type', () => {
    assertSurvivesMutations(geminiCli, lines, sourceFile(geminiCli, '/x/chats/mutated.jsonl'));
  });

  it('never throws when a document is not what it should be', () => {
    const folder = '98cead7489dd4249e1e4a47dc8426ccad3a6f2fed4dd2558ecc7ec1aa7984518';
    const path = join(fixtures, 'gemini-cli', 'tmp', folder, 'chats', 'session-2025-09-01T10-00-0b9f7d1e.json');
    const document = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    fc.assert(fc.property(disturbed(document), (value) => {
      const text = JSON.stringify(value);
      assertSound(readText(geminiCli, text, sourceFile(geminiCli, path)));
      geminiCli.recognise({ path, head: text });
    }), { numRuns: 300 });
  });

  it('keeps keys that are dangerous as plain keys', () => {
    const text = '{"sessionId":"__proto__","projectHash":"h","__proto__":{"polluted":1}}\n' +
      '{"id":"__proto__","type":"user","timestamp":"2026-03-02T09:00:00Z","content":[{"__proto__":{"polluted":1}}]}\n' +
      '{"$set":{"__proto__":{"polluted":1},"constructor":{}}}\n{"$rewindTo":"__proto__"}\n';
    const read = readText(geminiCli, text, sourceFile(geminiCli, '/x/chats/s.jsonl'));
    assertSound(read);
    assert.deepEqual(read.problems, []);
    assert.ok([...latest(read).keys()].includes('__proto__ __proto__'));
    assert.match(JSON.stringify(read.records), /"raw":\{"__proto__":\{"polluted":1\}\}/);
  });

  it('survives nesting that would exhaust the stack', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const nested = `${'{"functionResponse":{"parts":['.repeat(20_000)}${']}}'.repeat(20_000)}`;
    const text = `${first}{"id":"a","type":"user","content":${deep}}\n{"id":"b","type":"gemini","content":[${nested}]}\n` +
      `{"id":"c","type":"gemini","toolCalls":[{"id":"x","args":${deep},"result":${deep}}]}\n{"$set":{"x":${deep}}}\n` +
      `{"id":"d","type":"user","content":"x","displayContent":[${deep}]}\n`;
    assertSound(readText(geminiCli, text, sourceFile(geminiCli, '/x/chats/s.jsonl')));
  });

  it('takes linear time on long runs that look like the beginning of something', () => {
    const spaces = ' '.repeat(300_000);
    const texts = [
      spaces, `<session_context>${spaces}`, `<session_context>${'\n- **Workspace Directories:**\n'.repeat(10_000)}`,
      '\nExit Code: '.repeat(30_000),
      `This is the Gemini CLI.${'\n'.repeat(300_000)}I'm currently working in the `, `[Operation Cancelled] ${spaces}`,
      `Tool execution for "${'a'.repeat(300_000)}`,
    ];
    const started = processorMs();
    for (const text of texts) {
      const call = { id: 'c', name: 'run_shell_command', args: {}, status: 'error', result: text };
      const messages = [{ id: 'u', type: 'user', content: text }, { id: 'g', type: 'gemini', content: text, toolCalls: [call] }];
      const lines = messages.map((message) => `${JSON.stringify(message)}\n`).join('');
      readText(geminiCli, first + lines, sourceFile(geminiCli, '/x/chats/s.jsonl'));
    }
    assert.ok(processorMs() - started < 2000);
  });
});
