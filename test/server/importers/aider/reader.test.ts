import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aider } from '../../../../server/importers/aider/index.ts';
import type { Reading } from '../../../../server/importers/importer.ts';
import { assertPrefixes, assertSameInPieces, assertSound, counts, fixture, header, messages, partsOf, prompts, readLines, unitsOf } from '../importing.ts';
import { processorMs } from '../../../support/processorMs.ts';

const text = fixture('aider/history.md');
const place = { path: '/home/ada/site/.aider.chat.history.md', format: 'aider-markdown' };
const read = (lines = text, path = place.path): Reading => readLines(aider, lines, { ...place, path });
const sessions = [...new Set(read().records.map(({ session }) => session))];

describe('Aider: a history', () => {
  it('is one session for each run in which something was said', () => {
    assert.equal(sessions.length, 2);
    assert.match(sessions[0] ?? '', /^2026-03-02T09-00-00-[0-9a-f]{8}$/);
    // The run before it began in the same second.
    assert.match(sessions[1] ?? '', /^2026-03-02T09-30-00-[0-9a-f]{8}-2$/);
    assert.deepEqual(header(read(), sessions[0]), {
      title: 'Why is the login test flaky?', titleSource: 'first-prompt', cwd: '/home/ada/site',
      agent: { name: 'Aider', version: '0.86.2' }, fidelity: 'partial',
      fidelityReason: 'Aider writes no times of messages and rounds its token counts.', format: 'aider-markdown', origin: place.path,
    });
    assert.equal(header(read(), sessions[1]).agent?.version, '0.86.3');
    const times = [...new Set(read().records.map(({ time }) => time))];
    assert.deepEqual(times, [new Date(2026, 2, 2, 9).toISOString(), new Date(2026, 2, 2, 9, 30).toISOString()]);
    assert.ok(read().records.every(({ workspace }) => workspace === 'file:///home/ada/site'));
  });

  it('tells what was asked from what steers the tool', () => {
    assert.deepEqual(prompts(read()), ['Why is the login test flaky?\n\nIt fails on Mondays.', 'Thank you']);
    const others = messages(read()).filter(({ role, synthetic }) => role === 'user' && synthetic);
    assert.deepEqual(partsOf(others, 'text').map(({ content }) => content), [
      '/add src/login.ts', 'Create new file? (Y)es/(N)o/(A)ll/(S)kip all [Yes]: all',
    ]);
    assert.deepEqual(counts(read()), { sessions: 2, prompts: 2, replies: 3, toolCalls: 0, usage: [2300, 9000, 1500, 1295] });
  });

  it('keeps a model\'s headings and quotes in its words and its thoughts apart', () => {
    const [reply] = messages(read()).filter(({ role }) => role === 'assistant');
    assert.equal(reply?.model, 'anthropic/claude-sonnet-4');
    assert.deepEqual(reply?.usage, { inputTokens: 1500, cacheReadTokens: 9000, cacheWriteTokens: 1500, outputTokens: 1200 });
    assert.deepEqual(reply?.parts[0], { type: 'reasoning', content: 'Time zones, probably.' });
    const words = reply ? (partsOf([reply], 'text')[0]?.content ?? '') : '';
    for (const piece of ['The clock is local.', '#### A heading of the model', '> a quote of the model', '# now, in UTC']) assert.ok(words.includes(piece), piece);
    assert.deepEqual(partsOf(messages(read()), 'edit'), [{ type: 'edit', uri: 'file:///home/ada/site/src/login.ts' }]);
  });

  it('counts tokens with the words they are of when notes came between', () => {
    const lines = ['# aider chat started at 2026-03-02 09:00:00', '', '#### Hi  ', '', 'Half', '', '> Retrying  ', '', 'Whole', '> Tokens: 5 sent, 3 received.  '];
    for (const stops of [new Set<number>(), new Set([6, 7, 9])]) {
      const reading = readLines(aider, `${lines.join('\n')}\n`, place, stops);
      assert.deepEqual(counts(reading), { sessions: 1, prompts: 1, replies: 1, toolCalls: 0, usage: [5, 0, 0, 3] });
    }
  });

  it('does not take the folder of a renamed history for the workspace', () => {
    const reading = read(text, '/home/ada/old.md');
    assert.ok(reading.records.every(({ workspace }) => workspace === undefined));
    assert.equal(header(reading).cwd, undefined);
    assert.equal(read(text, 'C:\\site\\.aider.chat.history.md').records[0]?.workspace, 'file:///C:/site');
  });

  it('reads what stands before the first run, and lines that end as on Windows', () => {
    const reading = read('#### Hi  \r\n\r\nHello\r\n');
    assert.match(reading.records[0]?.session ?? '', /^beginning-/);
    assert.deepEqual(messages(reading).map(({ parts }) => parts), [[{ type: 'text', content: 'Hi' }], [{ type: 'text', content: 'Hello' }]]);
    assert.deepEqual(read('\n# aider chat started at 2026-03-02 09:00:00\n\n> Aider v0.86.2  \n').records, []);
  });
});

describe('Aider: reading in pieces and hostile input', () => {
  it('gives the same wherever it stops', () => assertSameInPieces(aider, text, place));

  it('gives the same messages for every beginning of the file', () => {
    assertPrefixes(aider, text, place);
    const bytes = Buffer.from(text);
    for (let cut = 0; cut < bytes.length; cut += 3) assertSound(read(bytes.subarray(0, cut).toString()));
  });

  it('does not keep a state that is too large', () => {
    const reader = aider.open({ ...place, modifiedAt: '', neighbour: () => undefined });
    for (const unit of unitsOf(`# aider chat started at 2026-03-02 09:00:00\n${'word '.repeat(30_000)}\n`)) reader.push(unit);
    assert.equal(reader.state(), undefined);
    reader.push({ text: '#### Next  ', line: 3, offset: 200_000 });
    assert.notEqual(reader.state(), undefined);
  });

  it('stays sound whatever the lines and the state', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom(...text.split('\n')), fc.constantFrom('# aider chat started at 9999-99-99 99:99:99', '####   ', '>   ', '> Tokens: 1e9k sent, . received.  '));
    fc.assert(fc.property(fc.array(line), (lines) => assertSound(read(`${lines.map((one) => one.replaceAll('\n', '')).join('\n')}\n`))));
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('run', 'open', 'reply', 'sameReply'), fc.jsonValue()), (state) => {
      const reader = aider.open({ ...place, modifiedAt: '', neighbour: () => undefined }, state);
      for (const unit of unitsOf(text)) reader.push(unit);
      assertSound(reader.take());
    }));
  });

  it('takes linear time on long runs', () => {
    const before = processorMs();
    for (const piece of ['<thinking>', '> ', '#### ', ' ', '(Y)es/(N)o [', ', 1k sent']) read(`${piece.repeat(300_000 / piece.length)}  \n> Tokens: ${piece.repeat(50_000)}  \n`);
    assert.ok(processorMs() - before < 2_000);
  });
});
