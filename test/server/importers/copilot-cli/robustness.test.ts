import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copilotCli } from '../../../../server/importers/copilot-cli/index.ts';
import { assertPrefixes, assertSameInPieces, assertSound, assertUnbreakable } from '../hostileLines.ts';
import { fixtures, readText, samples, sourceFile, unitsOf } from '../lineFiles.ts';
import { processorMs } from '../../../support/processorMs.ts';

const folder = join(fixtures, 'copilot-cli', 'session-state');
const names = [join('7c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5', 'events.jsonl'), '0d9c8b7a-1111-4222-8333-444455556666.jsonl'];
const files = names.map((file) => join(folder, file));
const sampleFiles = ['many-record-types.jsonl', 'subagent.jsonl'].map((file) => join(samples, 'copilot-cli', file));
const nowhere = sourceFile('/x/session-state/s/events.jsonl', () => undefined);

describe('Copilot CLI: reading in pieces', () => {
  for (const path of files) {
    it(`gives the same records wherever it stops: ${path.slice(-30)}`, () => {
      assertSameInPieces(copilotCli, readFileSync(path, 'utf8'), sourceFile(path));
    });

    it(`gives the first records of a file that is cut: ${path.slice(-30)}`, () => {
      assertPrefixes(copilotCli, readFileSync(path, 'utf8'), sourceFile(path));
    });
  }

  it('gives the same records wherever real files are cut', function () {
    // Published recordings, kept beside the checkout on some machines only.
    if (!sampleFiles.every((path) => existsSync(path))) this.skip();
    for (const path of sampleFiles) {
      assertSameInPieces(copilotCli, readFileSync(path, 'utf8'), sourceFile(path));
      assertPrefixes(copilotCli, readFileSync(path, 'utf8'), sourceFile(path));
    }
  });

  it('saves a small state of plain JSON', () => {
    const reader = copilotCli.open(sourceFile(files[0] ?? ''));
    for (const unit of unitsOf(readFileSync(files[0] ?? '', 'utf8'))) reader.push(unit);
    reader.take();
    const state = reader.state();
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
    assert.ok(JSON.stringify(state).length < 3000, JSON.stringify(state));
  });
});

describe('Copilot CLI: hostile input', () => {
  it('never throws and stays resumable whatever the lines are', () => {
    assertUnbreakable(copilotCli, files.map((path) => readFileSync(path, 'utf8')), nowhere);
  });

  it('never throws on a state of another shape', () => {
    const states = [
      {}, { sessions: 1, calls: [1, [], [2], ['c', 3]], spending: [] },
      { main: 's', sessions: [null, {}, { id: 's' }], spending: { reported: [['m', 1]], last: [['m', null]], written: [['m', 'x']] } },
    ];
    for (const state of states) {
      const reader = copilotCli.open(nowhere, state);
      for (const unit of unitsOf(readFileSync(files[0] ?? '', 'utf8'))) reader.push(unit);
      const { records, problems } = reader.take();
      assertSound({ records, problems });
      assert.equal(problems.length, 0);
    }
  });

  it('keeps keys that are dangerous as plain keys', () => {
    const envelope = '"id":"e","timestamp":"2026-08-05T09:00:00Z","parentId":null';
    const text = `{"type":"session.start","data":{"sessionId":"__proto__","__proto__":{"polluted":1}},${envelope}}\n` +
      `{"type":"__proto__","data":{"__proto__":{"polluted":1}},${envelope}}\n` +
      `{"type":"session.shutdown","data":{"modelMetrics":{"__proto__":{"usage":{"inputTokens":5,"outputTokens":1}}}},${envelope}}\n` +
      '{"type":"tool.execution_start","data":{"toolCallId":"__proto__","toolName":"constructor",' +
      `"arguments":{"__proto__":{"polluted":1}}},${envelope}}\n`;
    const read = readText(copilotCli, text, nowhere);
    assertSound(read);
    assert.deepEqual(read.records.map((record) => [record.kind, record.session]), [
      ['unknown', '__proto__'], ['message', '__proto__'], ['message', '__proto__'], ['session', '__proto__'],
    ]);
    assert.match(JSON.stringify(read.records[0]), /"__proto__":\{"polluted":1\}/);
  });

  it('survives nesting that would exhaust the stack', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const line = (type: string, data: string): string =>
      `{"type":"${type}","data":${data},"id":"e","timestamp":"2026-08-05T09:00:00Z","parentId":null}\n`;
    const call = `{"toolRequests":[{"toolCallId":"c","name":"x","arguments":${deep}}],"content":${deep}}`;
    const answer = `{"toolCallId":"c","result":{"structuredContent":${deep},"contents":${deep}}}`;
    const prompt = `{"attachments":${deep}}`;
    const lines = [
      line('assistant.message', call), line('hologram', deep), line('user.message', prompt), line('tool.execution_complete', answer),
    ];
    assertSound(readText(copilotCli, lines.join(''), nowhere));
  });

  it('takes linear time on long runs that look like the beginning of something', () => {
    const texts = ['<shellId: '.repeat(30_000), ' '.repeat(300_000), '<system_notification>'.repeat(20_000), `x${' '.repeat(300_000)}x`];
    const started = processorMs();
    for (const content of texts) {
      const data = { content, result: { content, detailedContent: `${content}.` }, toolCallId: 'c', success: true };
      for (const type of ['user.message', 'tool.execution_complete', 'system.notification']) {
        readText(copilotCli, JSON.stringify({ type, data, id: 'e', timestamp: '2026-08-05T09:00:00Z', parentId: null }), nowhere);
      }
    }
    assert.ok(processorMs() - started < 2000);
  });
});
