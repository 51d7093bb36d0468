import assert from 'node:assert/strict';
import { readLcov } from '../../../server/outcomes/lcov.ts';

/** As c8 writes it, shortened. */
const tracefile = `TN:
SF:src/basket.js
FN:1,sum
FNF:2
FNH:1
FNDA:3,sum
DA:1,3
DA:2,0
LF:2
LH:1
BRDA:1,0,0,1
BRF:4
BRH:3
end_of_record
SF:src/tea.js
DA:1,1
end_of_record
`;
const problemOf = (text: string): string | undefined => {
  const read = readLcov(text);
  return 'problem' in read ? read.problem : undefined;
};

describe('coverage, from tracefiles of LCOV', () => {
  it('has lines, functions and branches of each file and of all', () => {
    assert.deepEqual(readLcov(tracefile), {
      files: [
        { path: 'src/basket.js', lines: { found: 2, hit: 1 }, functions: { found: 2, hit: 1 }, branches: { found: 4, hit: 3 } },
        { path: 'src/tea.js', lines: { found: 1, hit: 1 } },
      ],
      total: { lines: { found: 3, hit: 2 }, functions: { found: 2, hit: 1 }, branches: { found: 4, hit: 3 } },
    });
    assert.deepEqual(readLcov(tracefile.replaceAll('\n', '\r\n')), readLcov(tracefile));
  });

  it('joins what several tests say of one file', () => {
    const twice = readLcov('TN:a\nSF:a.c\nDA:1,1\nDA:2,0\nend_of_record\nTN:b\nSF:a.c\nDA:1,0\nDA:2,5\nend_of_record\n');
    assert.deepEqual('files' in twice && twice.files, [{ path: 'a.c', lines: { found: 2, hit: 2 } }]);
  });

  it('takes the numbers of a file that names no line', () => {
    const read = readLcov('SF:a.c\nLF:10\nLH:12\nend_of_record\n');
    assert.deepEqual('total' in read && read.total, { lines: { found: 10, hit: 10 } });
  });

  it('reads no tracefile that is cut off, and says what is none', () => {
    assert.equal(problemOf(tracefile.slice(0, 60)), 'The tracefile is cut off.');
    assert.equal(problemOf('TN:\n'), 'There is no coverage in it.');
    assert.equal(problemOf('SF:a\nend_of_record\n'.replace('a', 'x').repeat(2)), undefined);
    assert.equal(problemOf(Array.from({ length: 50_001 }, (_, n) => `SF:${n}\nend_of_record\n`).join('')), 'The tracefile tells of too many files.');
  });
});
