import assert from 'node:assert/strict';
import fc from 'fast-check';
import { questionOf } from '../../../server/store/asked.ts';
import { fold } from '../../../server/store/fold.ts';
import { typeOf, type DaybookRecord } from '../../../shared/record.ts';

const words = ['type', 'checker', 'checkers', 'Type', 'typeChecker', 'HTTPType', 'tÿpe', 'prototype', 'u0041', 'n', 'text', 'é', '7'];
const between = [' ', '', '\n', '\t', '"', '\\', '\\n', ': ', '", "', '\u2028', '\u0001', '—', '/', '_', '👍', '你'];

const text = fc.array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(...between)), { maxLength: 8 }).map((pairs) => pairs.flat().join(''));
const record = fc.record({ subject: text, parts: fc.array(text, { maxLength: 3 }), name: fc.constantFrom('bash', 'type'), command: text }).map(({ subject, parts, name, command }): DaybookRecord => ({
  specversion: '1.0', id: 'a', source: 'test', type: typeOf('chats', 'message'), time: '2026-11-20T10:00:00.000Z', subject,
  data: { role: 'assistant', parts: [...parts.map((content) => ({ type: 'text', content })), { type: 'tool_call', name, arguments: { command, checker: command } }] },
}));
const query = fc.array(fc.tuple(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }), fc.constantFrom(' ', ' OR ', ' -')), { minLength: 1, maxLength: 2 })
  .map((phrases) => phrases.map(([phrase, join], at) => `${at > 0 ? join : ''}"${phrase.join(' ')}"`).join(''));

const isWanted = (asked: string, data: unknown): boolean => {
  const { match, maybe } = questionOf(asked, false);
  const one: DaybookRecord = { specversion: '1.0', id: 'a', source: 'test', type: typeOf('events', 'note'), time: '2026-11-20T10:00:00.000Z', data };
  return maybe(Buffer.from(JSON.stringify(one))) && match(one) !== undefined;
};

describe('a question', () => {
  it('passes over no journal line whose record it wants', () => {
    let wanted = 0;
    fc.assert(fc.property(record, query, (one, asked) => {
      const { match, maybe } = questionOf(asked, false);
      if (match(one) === undefined) return;
      wanted++;
      assert.ok(maybe(Buffer.from(JSON.stringify(one))));
    }), { numRuns: 5_000 });
    assert.ok(wanted > 500, `${wanted}`);
  });

  it('reads every line with a character in it that folds to a plain letter, or to nothing', () => {
    let folding = 0;
    const { maybe } = questionOf('abc', false);
    for (let code = 0x80; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (fold(character) === character) continue;
      for (const said of [`a${character}bc`, `a${character}c`, `${character}bc`]) {
        if (!fold(said).includes('abc')) continue;
        folding++;
        assert.ok(maybe(Buffer.from(said)), `U+${code.toString(16)}`);
      }
    }
    assert.ok(folding > 2_000, `${folding}`);
    assert.ok(!maybe(Buffer.from('“ab” — 🚀 → c')));
  });

  it('wants words that stand side by side, in identifiers too, and does not read lines where they do not', () => {
    for (const said of ['the type checker', 'a typeChecker', 'type\nchecker', 'type "checker"', 'TypeChecker is not', 'type — checker']) assert.ok(isWanted('"type checker"', { said }), said);
    for (const said of ['checker of a type', 'typechecker', 'prototype checker', 'type of checker']) assert.ok(!isWanted('"type checker"', { said }), said);
    assert.ok(isWanted('"type checker"', { said: ['one type', 'checker two'] }), 'what stands at the end of one text, and at the beginning of the next');
    const { maybe } = questionOf('"type checker"', false);
    assert.ok(!maybe(Buffer.from('{"type":"text","content":"a checker"}')), 'the name of a field');
  });
});
