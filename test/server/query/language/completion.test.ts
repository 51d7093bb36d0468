import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complete, type ValuesOf } from '../../../../server/query/language/completion.ts';

const values: ValuesOf = (name, typed) => ({ tool: ['Bash', 'BashOutput'], file: ['my notes/a (1).md'] }[name as string] ?? []).filter((each) => each.toLowerCase().startsWith(typed.toLowerCase()));
/** The query as it would be with each of what is offered. */
const completed = (text: string): string[] => {
  const { from, to, items } = complete(text, values, 20);
  return items.map((item) => text.slice(0, from) + item.text + text.slice(to));
};

describe('completion of a query', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['so', ['source:']],
    ['flaky a', ['flaky actor:', 'flaky after:']],
    ['-too', ['-tool:']],
    ['(is', ['(is:']],
    ['tool:', ['tool:Bash', 'tool:BashOutput']],
    ['exit:1 tool:bashO', ['exit:1 tool:BashOutput']],
    ['TOOL:b', ['TOOL:Bash', 'TOOL:BashOutput']],
    ['is:', ['is:error', 'is:pinned']],
    ['during:last-', ['during:last-week', 'during:last-month', 'during:last-year']],
    ['file:my', ['file:"my notes/a (1).md"']],
    ['file:"my', ['file:"my notes/a (1).md"']],
    ['file:"my notes"', []],
    ['flaky', []],
    ['"so', []],
    ['http://', []],
  ];
  for (const [text, wanted] of cases) it(`offers ${wanted.join(', ') || 'nothing'} for ${text}`, () => assert.deepEqual(completed(text), wanted));

  it('offers every filter where nothing is typed, with what it means', () => {
    const { items } = complete('flaky ', values, 20);
    assert.deepEqual(items.slice(0, 2), [{ text: 'source:', says: 'the tool or editor it came from' }, { text: 'kind:', says: 'the kind of record, such as terminal.command' }]);
    assert.equal(items.length, 16);
  });

  it('replaces a part of whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { from, to, items } = complete(text, values, 5);
      assert.ok(from >= 0 && from <= to && to === text.length && items.length <= 5);
    }));
  });
});
