import assert from 'node:assert/strict';
import { truncateSync, writeFileSync, writeSync, openSync, closeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { completeLines, maxLineBytes, type LineChunk, type UnfinishedLine } from '../../../server/importers/lines.ts';
import { folderForEachTest } from '../../support/folder.ts';

interface Read {
  readonly lines: readonly { readonly text: string; readonly line: number; readonly offset: number }[];
  readonly tooLong: LineChunk['tooLong'];
  /** Where the last chunk says that the next line begins. */
  readonly next: { readonly line: number; readonly offset: number };
  readonly rest: UnfinishedLine | undefined;
}

async function readLines(path: string, from: { start?: number; line?: number; chunkBytes?: number } = {}): Promise<Read> {
  const { start = 0, line = 1, chunkBytes } = from;
  const handle = await open(path);
  try {
    const chunks: LineChunk[] = [];
    const reading = completeLines(handle, start, line, chunkBytes);
    for (;;) {
      const next = await reading.next();
      if (!next.done) chunks.push(next.value);
      else {
        const { offset, line: number } = chunks.at(-1) ?? { offset: start, line };
        const [lines, tooLong] = [chunks.flatMap((chunk) => chunk.lines), chunks.flatMap((chunk) => chunk.tooLong)];
        return { lines, tooLong, next: { line: number, offset }, rest: next.value };
      }
    }
  } finally {
    await handle.close();
  }
}

describe('completeLines', () => {
  const at = folderForEachTest();
  const file = (content: string | Buffer): string => {
    const path = join(at.path, 'file');
    writeFileSync(path, content);
    return path;
  };

  const texts: readonly (readonly [string, string, readonly string[], string | undefined])[] = [
    ['nothing', '', [], undefined],
    ['one line', 'a\n', ['a'], undefined],
    ['empty lines', '\n\na\n\n', ['', '', 'a', ''], undefined],
    ['CRLF', 'a\r\nb\r\n\r\n', ['a', 'b', ''], undefined],
    ['carriage returns that end no line', 'a\rb\r\r\n', ['a\rb\r'], undefined],
    ['an unfinished line', 'a\nbc', ['a'], 'bc'],
    ['only an unfinished line', 'abc', [], 'abc'],
    ['an unfinished CRLF', 'a\nb\r', ['a'], 'b'],
    ['characters of two, three and four bytes', 'é€\n😀é\n', ['é€', '😀é'], undefined],
  ];
  for (const [what, content, lines, rest] of texts) {
    it(`reads ${what}, wherever a chunk ends`, async () => {
      const path = file(content);
      const bytes = Buffer.from(content);
      for (let chunkBytes = 1; chunkBytes <= bytes.length + 1; chunkBytes++) {
        const read = await readLines(path, { chunkBytes });
        assert.deepEqual(read.lines.map(({ text }) => text), lines);
        assert.equal(read.rest?.text, rest);
        assert.equal(read.rest?.end, rest === undefined ? undefined : bytes.length);
        assert.deepEqual(read.next, { line: lines.length + 1, offset: bytes.lastIndexOf('\n') + 1 });
        for (const { text, offset } of read.lines) assert.ok(bytes.subarray(offset).toString().startsWith(text));
        assert.deepEqual(read.lines.map(({ line }) => line), lines.map((_, index) => index + 1));
      }
    });
  }

  it('goes on from an offset', async () => {
    const read = await readLines(file('é\nsecond\nthird'), { start: 3, line: 2 });
    assert.deepEqual(read.lines, [{ text: 'second', line: 2, offset: 3 }]);
    assert.deepEqual(read.rest, { text: 'third', line: 3, offset: 10, end: 15 });
  });

  it('reads from beyond the end nothing', async () => {
    assert.deepEqual(await readLines(file('a\n'), { start: 9, line: 4 }), { lines: [], tooLong: [], next: { line: 4, offset: 9 }, rest: undefined });
  });

  /** A file with a hole in it, which takes no room on disk: `before`, `bytes` zeros, `after`. */
  function sparse(before: string, bytes: number, after: string): string {
    const path = file(before);
    truncateSync(path, before.length + bytes);
    const handle = openSync(path, 'a');
    writeSync(handle, after);
    closeSync(handle);
    return path;
  }

  it('passes over a line that is too long, and says where it is', async function () {
    this.timeout(20_000);
    const read = await readLines(sparse('a\n', maxLineBytes + 1, '\nb\n'));
    assert.deepEqual(read.lines.map(({ text, line }) => [text, line]), [['a', 1], ['b', 3]]);
    assert.deepEqual(read.tooLong, [{ line: 2, offset: 2 }]);
    assert.equal(read.next.offset, maxLineBytes + 6);
  });

  it('keeps a line of just the longest size', async function () {
    this.timeout(20_000);
    const read = await readLines(sparse('', maxLineBytes, '\n'));
    assert.deepEqual([read.lines.length, read.lines[0]?.text.length, read.tooLong.length], [1, maxLineBytes, 0]);
  });

  it('does not keep the beginning of a line that is too long already', async function () {
    this.timeout(20_000);
    const read = await readLines(sparse('a\n', maxLineBytes + (8 << 20), 'unfinished'));
    assert.deepEqual([read.rest, read.next], [undefined, { line: 2, offset: 2 }]);
  });
});
