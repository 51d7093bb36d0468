import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packed, unpacked, type Row, type Shape } from '../../../server/store/columns.ts';

const shape: Shape = { names: ['time', 'count', 'other'], steps: new Set(['time']) };

const again = (rows: readonly Row[]): Row[] | undefined => unpacked(shape, packed(shape, rows) ?? Buffer.alloc(0));

describe('rows as columns', function () {
  this.timeout(60_000);
  it('are the same rows again, whatever they hold', () => {
    const value = fc.option(fc.maxSafeInteger());
    const time = fc.option(fc.integer({ min: -8.64e15 / 4, max: 8.64e15 / 4 }));
    fc.assert(fc.property(fc.array(fc.tuple(time, value, value), { maxLength: 40 }), (rows) => {
      assert.deepEqual(again(rows), rows);
    }), { seed: 5 });
  });

  it('are none where the bytes are damaged', () => {
    const bytes = packed(shape, [[1, 2, 3], [4, null, 6]]) ?? Buffer.alloc(0);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1); // of the checksum
    assert.equal(unpacked(shape, bytes), undefined);
  });

  it('are not packed where a difference would not be exact', () => {
    assert.deepEqual([[[8.64e15, 0, 0], [-8.64e15, 0, 0]], [[8.64e15, 0, 0]]].map((rows) => again(rows)), [undefined, [[8.64e15, 0, 0]]]);
  });
});
