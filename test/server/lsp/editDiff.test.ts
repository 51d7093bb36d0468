import assert from 'node:assert/strict';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { editDiff, type EditDiff } from '../../../server/lsp/editDiff.ts';
import { processorMs } from '../../support/processorMs.ts';

type Expected = Pick<EditDiff, 'ranges' | 'linesAdded' | 'linesRemoved'>;
const change = (linesAdded: number, linesRemoved: number, ...ranges: [start: number, end: number][]): Expected =>
  ({ ranges: ranges.map(([start, end]) => ({ start, end })), linesAdded, linesRemoved });

const cases: readonly (readonly [string, string, string, Expected])[] = [
  ['a line added in the middle', 'a\nc\n', 'a\nb\nc\n', change(1, 0, [2, 2])],
  ['a line added at the end', 'a\n', 'a\nb\n', change(1, 0, [2, 2])],
  ['a line removed', 'a\nb\nc\n', 'a\nc\n', change(0, 1, [2, 1])],
  ['the first line removed', 'a\nb\n', 'b\n', change(0, 1, [1, 0])],
  ['a line changed', 'a\nb\nc\n', 'a\nx\nc\n', change(1, 1, [2, 2])],
  ['one line for three', 'a\nb\nc\nd\ne\n', 'a\nx\ne\n', change(1, 3, [2, 2])],
  ['two places', 'a\nb\nc\nd\n', 'x\nb\nc\ny\n', change(2, 2, [1, 1], [4, 4])],
  ['two places far apart', `a\n${'-\n'.repeat(20)}z\n`, `b\n${'-\n'.repeat(20)}y\n`, change(2, 2, [1, 1], [22, 22])],
  ['a file filled', '', 'a\nb\n', change(2, 0, [1, 2])],
  ['a file without a last line break', 'a', 'a\nb', change(2, 1, [1, 2])],
];

describe('editDiff', () => {
  for (const [what, before, after, expected] of cases) {
    it(`gives ranges and counts of ${what}`, () => {
      const { ranges, linesAdded, linesRemoved } = editDiff('a.ts', before, after);
      assert.deepEqual({ ranges, linesAdded, linesRemoved }, expected);
    });
  }

  it('is a unified diff with three lines of context', () => {
    assert.equal(editDiff('src/a.ts', '1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\nfive\n6\n7\n8\n9\n').diff,
      '--- src/a.ts\n+++ src/a.ts\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n');
  });

  it('says why there is none', () => {
    assert.deepEqual(editDiff('a', 'same', 'same'), { diffOmitted: 'no-visible-change' });
    const numbered = (letter: string): string => Array.from({ length: 5_000 }, (_, index) => `${letter}${index}`).join('\n');
    assert.deepEqual(editDiff('a', numbered('a'), numbered('b')), { diffOmitted: 'diff-too-large' });
  });

  it('does not keep the editor waiting for texts that have nothing in common', () => {
    const numbered = (letter: string): string => Array.from({ length: 100_000 }, (_, index) => `${letter}${index}`).join('\n');
    const started = processorMs();
    editDiff('a', numbered('a'), numbered('b'));
    assert.ok(processorMs() - started < 2_000);
  });

  it('compares again what ran out of time while the machine stood still', () => {
    const now = Date.now;
    let [jumps, calls] = [3, 0];
    // The clock as a process sees it that is not let on for half a second, three times.
    let ahead = 0;
    Date.now = () => now() + (++calls % 2 === 0 && jumps-- > 0 ? (ahead += 500) : ahead);
    try {
      assert.equal(editDiff('a', 'a\nb\n', 'a\nc\n').linesAdded, 1);
    } finally {
      Date.now = now;
    }
    assert.ok(jumps < 3);
  });

  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '+', '-', '\\', '@@ -1 +1 @@', '--- x'), { maxLength: 12 }).map((lines) => lines.join('\n'));

  it('gives the text after when it is applied to the text before, in every case', () => {
    fc.assert(fc.property(text, text, fc.boolean(), (before, after, isEnded) => {
      const end = isEnded ? '\n' : '';
      const { diff, diffOmitted } = editDiff('a.ts', before + end, after + end);
      if (diffOmitted) assert.equal(before, after);
      else assert.equal(applyPatch(before + end, diff ?? ''), after + end);
    }), { numRuns: 300 });
  });

  it('names ranges that hold exactly the lines that are new', () => {
    fc.assert(fc.property(text, text, (before, after) => {
      const { ranges = [], linesAdded = 0, diff = '' } = editDiff('a.ts', `${before}\n`, `${after}\n`);
      const lines = after.split('\n');
      const inside = ranges.flatMap(({ start, end }) => lines.slice(start - 1, end));
      assert.equal(inside.length, linesAdded);
      assert.deepEqual(inside, diff.split('\n').slice(2).filter((line) => line.startsWith('+')).map((line) => line.slice(1)));
    }), { numRuns: 300 });
  });
});
