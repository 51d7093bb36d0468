import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { createOutputPacker } from '../../../client/capture/fullOutput.ts';
import type { PackedOutput } from '../../../shared/fullOutput.ts';

const textOf = (packed: readonly string[]): string => packed.map((each) => gunzipSync(Buffer.from(each, 'base64')).toString('utf8')).join('');

describe('client: all output of a command', () => {
  async function packed(limit: number, pieces: Iterable<string>): Promise<PackedOutput> {
    const packer = createOutputPacker(limit);
    for (const piece of pieces) packer.push(piece);
    return packer.read();
  }

  it('is all there, in order, however it came in pieces', async () => {
    const lines = Array.from({ length: 4_000 }, (_, at) => `line ${at} čaj 🙂\r\n`);
    const whole = lines.join('');
    for (const pieces of [lines, [whole], [...whole.matchAll(/[^]{1,777}/g)].map(([piece]) => piece)]) {
      const { first, last, omitted } = await packed(200_000, pieces);
      assert.deepEqual([textOf(first) === whole, last, omitted], [true, [], 0]);
    }
  });

  it('is its beginning and its end where it is more than wanted, and the rest is counted', async () => {
    const whole = Array.from({ length: 20_000 }, (_, at) => `line ${at}\n`).join('');
    const { first, last, omitted } = await packed(10_000, whole.match(/[^]{1,333}/g) ?? []);
    const [head, tail] = [textOf(first), textOf(last)];
    assert.ok(whole.startsWith(head) && whole.endsWith(tail) && !tail.startsWith('line 0'));
    assert.equal(head.length + omitted + tail.length, whole.length);
    for (const part of [head, tail]) assert.ok(part.length > 2_500 && part.length <= 6_250, String(part.length));
  });

  it('is small while the command still runs', async () => {
    const packer = createOutputPacker(1_000_000);
    for (let at = 0; at < 40_000; at++) packer.push('a line of output that is about as long as others\n');
    const { first, last, omitted } = await packer.read();
    assert.ok(omitted >= 900_000);
    assert.ok([...first, ...last].join('').length < 60_000);
  });

  it('of nothing is nothing', async () => {
    assert.deepEqual(await packed(1_000, ['', '']), { first: [], last: [], omitted: 0 });
  });
});
