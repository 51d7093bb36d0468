import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { qwenCode } from '../../../../server/importers/qwen-code/index.ts';
import { fixtures, latest, readText, samples, sourceFile } from '../geminiReading.ts';
import { assertSameFromPrefixes, assertSameInPieces, assertSound, assertSurvivesMutations } from '../geminiSoundness.ts';
import { processorMs } from '../../../support/processorMs.ts';

const project = join(fixtures, 'qwen-code', 'projects', '-home-ada-site');
const login = '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022';
const files = [
  join(project, 'chats', `${login}.jsonl`), join(project, 'chats', 'c4d5e6f7-1a2b-4c3d-8e4f-5a6b7c8d9e44.jsonl'),
  join(project, 'subagents', login, 'agent-explore-7f3c.jsonl'), join(samples, 'qwen-code', 'session.jsonl'),
];

describe('Qwen Code: reading in pieces', () => {
  for (const path of files) {
    it(`ends the same wherever it stops: ${path.slice(-50)}`, function () {
      if (!existsSync(path)) return this.skip(); // Published recordings, kept beside the checkout on some machines only.
      assertSameInPieces(qwenCode, readFileSync(path, 'utf8'), sourceFile(qwenCode, path));
    });

    it(`is sound wherever the file ends: ${path.slice(-50)}`, function () {
      if (!existsSync(path)) return this.skip();
      assertSameFromPrefixes(qwenCode, readFileSync(path, 'utf8'), sourceFile(qwenCode, path));
    });
  }
});

describe('Qwen Code: hostile input', () => {
  const lines = files.slice(0, 3).flatMap((path) => readFileSync(path, 'utf8').split('\n').filter((line) => line !== ''));

  it('never throws and ends the same when fields have the wrong type', () => {
    assertSurvivesMutations(qwenCode, lines, sourceFile(qwenCode, '/x/chats/mutated.jsonl'));
  });

  it('keeps keys that are dangerous as plain keys', () => {
    const text = '{"type":"user","uuid":"__proto__","sessionId":"__proto__","__proto__":{"polluted":1},' +
      '"message":{"parts":[{"__proto__":{"polluted":1}}]}}\n' +
      '{"type":"__proto__","constructor":{}}\n{"type":"system","subtype":"__proto__","systemPayload":{"__proto__":{"polluted":1}}}\n';
    const read = readText(qwenCode, text, sourceFile(qwenCode, '/x/chats/s.jsonl'));
    assertSound(read);
    assert.deepEqual(read.problems, []);
    assert.ok([...latest(read).keys()].includes('__proto__ __proto__'));
    const unknown = read.records.flatMap((record) => (record.kind === 'unknown' ? [record.data.nativeType] : []));
    assert.deepEqual(unknown, ['__proto__', 'system/__proto__']);
    assert.match(JSON.stringify(read.records), /"raw":\{"__proto__":\{"polluted":1\}\}/);
  });

  it('survives nesting that would exhaust the stack', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const nested = `${'{"functionResponse":{"parts":['.repeat(20_000)}${']}}'.repeat(20_000)}`;
    const text = `{"type":"user","sessionId":"s","message":{"parts":${deep}}}\n{"type":"assistant","message":{"parts":[${nested}]}}\n` +
      `{"type":"assistant","message":{"parts":[{"functionCall":{"args":${deep}}}]}}\n{"type":"tool_result","toolCallResult":${deep}}\n` +
      `{"type":"hologram","value":${deep}}\n{"type":"system","subtype":"slash_command","systemPayload":{"outputHistoryItems":${deep}}}\n`;
    assertSound(readText(qwenCode, text, sourceFile(qwenCode, '/x/chats/s.jsonl')));
  });

  it('takes linear time on long runs that look like the beginning of something', () => {
    const spaces = ' '.repeat(300_000);
    const started = processorMs();
    const texts = [spaces, `${spaces}x`, `${spaces}<system-reminder>`, '<system-reminder>'.repeat(20_000), '\nExit Code: '.repeat(30_000)];
    for (const text of texts) {
      const values = [
        { type: 'user', sessionId: 's', message: { parts: [{ text }] } },
        { type: 'tool_result', message: { parts: [{ functionResponse: { name: 'run_shell_command', response: { error: text } } }] } },
      ];
      readText(qwenCode, values.map((value) => `${JSON.stringify(value)}\n`).join(''), sourceFile(qwenCode, '/x/chats/s.jsonl'));
    }
    assert.ok(processorMs() - started < 2000);
  });

  it('takes linear time on a session that is rewound again and again', () => {
    const lines: string[] = [];
    for (let turn = 0; turn < 3000; turn++) {
      const message = { parts: [{ text: 'hi' }] };
      lines.push(JSON.stringify({ type: 'user', uuid: `u${turn}`, parentUuid: null, sessionId: 's', message }));
    }
    for (let turn = 0; turn < 300; turn++) {
      lines.push(JSON.stringify({ type: 'system', subtype: 'rewind', uuid: `w${turn}`, parentUuid: null }));
    }
    const started = processorMs();
    readText(qwenCode, `${lines.join('\n')}\n`, sourceFile(qwenCode, '/x/chats/s.jsonl'));
    assert.ok(processorMs() - started < 2000);
  });
});
