import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kiroCli } from '../../../../server/importers/kiro-cli/index.ts';
import { assertPrefixes, assertSameInPieces, assertSound, assertUnbreakable } from '../hostileLines.ts';
import { fixtures, readText, samples, sourceFile, unitsOf } from '../lineFiles.ts';

const folder = join(fixtures, 'kiro-cli', 'sessions', 'cli');
const names = ['c0ffee00-1111-4222-8333-444455556666.jsonl', 'c0ffee00-2222-4222-8333-444455556666.jsonl'];
const files = names.map((file) => join(folder, file));
const sample = join(samples, 'kiro-cli', 'session.jsonl');
const nowhere = sourceFile('/x/sessions/cli/s.jsonl', () => undefined);

describe('Kiro CLI: reading in pieces', () => {
  for (const path of files) {
    it(`gives the same records wherever it stops or is cut: ${path.slice(-30)}`, () => {
      assertSameInPieces(kiroCli, readFileSync(path, 'utf8'), sourceFile(path));
      assertPrefixes(kiroCli, readFileSync(path, 'utf8'), sourceFile(path));
    });
  }

  it('gives the same records wherever a real file is cut', function () {
    // A published recording, kept beside the checkout on some machines only.
    if (!existsSync(sample)) this.skip();
    assertSameInPieces(kiroCli, readFileSync(sample, 'utf8'), sourceFile(sample));
    assertPrefixes(kiroCli, readFileSync(sample, 'utf8'), sourceFile(sample));
  });

  it('saves a small state of plain JSON', () => {
    const reader = kiroCli.open(sourceFile(files[0] ?? ''));
    for (const unit of unitsOf(readFileSync(files[0] ?? '', 'utf8'))) reader.push(unit);
    reader.take();
    const state = reader.state();
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
    assert.ok(JSON.stringify(state).length < 500, JSON.stringify(state));
  });
});

describe('Kiro CLI: hostile input', () => {
  it('never throws and stays resumable whatever the lines are', () => {
    assertUnbreakable(kiroCli, files.map((path) => readFileSync(path, 'utf8')), nowhere);
  });

  it('never throws on a state or a neighbour of another shape', () => {
    const text = readFileSync(files[0] ?? '', 'utf8');
    const odd = '{"title":1,"cwd":[],"created_at":"soon","parent_session_id":{}}';
    for (const neighbour of ['', '[]', odd, '{"__proto__":{"polluted":1}}', '{"cwd":"here"}']) {
      const reader = kiroCli.open(sourceFile('/x/s.jsonl', () => neighbour), { session: 1, unreadable: 'x', lastTime: {} });
      for (const unit of unitsOf(text)) reader.push(unit);
      const { records, problems } = reader.take();
      assertSound({ records, problems });
      assert.ok(records.every((record) => record.workspace === undefined));
    }
  });

  it('keeps keys that are dangerous as plain keys', () => {
    const odd = '{"kind":"__proto__","data":{"__proto__":{"polluted":1}}}';
    const result = '{"kind":"toolResult","data":{"toolUseId":"__proto__"}}';
    const text = `{"version":"v1","kind":"Prompt","data":{"message_id":"__proto__","content":[${odd}]}}\n` +
      `{"version":"v1","kind":"ToolResults","data":{"content":[${result}],"results":{"__proto__":{"result":"x"}}}}\n` +
      '{"version":"v1","kind":"__proto__","data":{"__proto__":{"polluted":1}}}\n';
    const read = readText(kiroCli, text, nowhere);
    assertSound(read);
    assert.deepEqual(read.records.map((record) => [record.kind, record.session]), [
      ['message', '__proto__'], ['message', '__proto__'], ['unknown', '__proto__'], ['session', '__proto__'],
    ]);
    assert.match(JSON.stringify(read.records[0]), /"__proto__":\{"polluted":1\}/);
  });

  it('survives nesting that would exhaust the stack', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const piece = (kind: string, data: string): string => `{"kind":"${kind}","data":${data}}`;
    const line = (kind: string, content: string): string =>
      `{"version":"v1","kind":"${kind}","data":{"content":[${content}],"summary":${deep}}}\n`;
    const text = [
      line('Prompt', piece('image', `{"source":{"bytes":${deep}}}`)), line('Compaction', ''), line('Lamp', deep),
      line('AssistantMessage', `${piece('toolUse', `{"input":${deep}}`)},${piece('x', deep)},${deep}`),
      line('ToolResults', piece('toolResult', `{"content":[${piece('json', deep)}]}`)),
    ].join('');
    assertSound(readText(kiroCli, text, nowhere));
  });
});
