/** Reading a file as it grows. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { essence } from './essence.ts';
import type { Following } from './following.ts';

/** Read in pieces that end anywhere, by one reader or by one after the other, while its tool writes or rests, a file gives the same as at once. */
export async function assertSameInPieces(open: () => Following, bytes: Buffer, numRuns: number): Promise<void> {
  const whole = open();
  whole.write(bytes);
  await whole.read();
  const expected = essence(whole);
  const piece = fc.record({ end: fc.integer({ min: 1, max: bytes.length }), isQuiet: fc.boolean(), isNew: fc.boolean() });
  await fc.assert(fc.asyncProperty(fc.uniqueArray(piece, { maxLength: 6, selector: ({ end }) => end }), async (pieces) => {
    const file = open();
    file.write('');
    let from = 0;
    for (const { end, isQuiet, isNew } of [...pieces].sort((a, b) => a.end - b.end)) {
      file.append(bytes.subarray(from, end), isQuiet);
      from = end;
      await file.read();
      if (isNew) file.restart();
    }
    file.append(bytes.subarray(from));
    await file.read();
    assert.deepEqual(essence(file), expected);
  }), { numRuns });
}
