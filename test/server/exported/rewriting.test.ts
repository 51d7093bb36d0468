import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createReplace } from '../../../server/exported/replaceValues.ts';
import { rewriteFile } from '../../../server/exported/rewriteFile.ts';
import { csvFields, csvRows } from '../../../server/exported/rows.ts';
import { createWindows, windowBytes } from '../../../server/exported/windows.ts';
import { createMarks } from '../../../server/exported/marks.ts';
import { csvField } from '../../../server/export/csvField.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { root } from '../../support/places.ts';
import { note } from '../redacting/older.ts';

async function* inPieces(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function joined(pieces: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}

async function* upper(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece.toString('latin1').toUpperCase(), 'latin1');
}

describe('writing an exported file anew', () => {
  const at = folderForEachTest();
  const path = (): string => join(at.path, 'a.jsonl');

  it('keeps its mode, and leaves nothing beside it', async () => {
    writeFileSync(path(), 'abc');
    chmodSync(path(), 0o646);
    await rewriteFile(path(), upper);
    assert.deepEqual([readFileSync(path(), 'utf8'), statSync(path()).mode & 0o777], ['ABC', process.platform === 'win32' ? 0o666 : 0o646]);
    assert.deepEqual(readdirSync(at.path), ['a.jsonl']);
  });

  it('gives up where somebody writes to it meanwhile, or where the work fails, and leaves it', async () => {
    writeFileSync(path(), 'abc');
    await assert.rejects(rewriteFile(path(), async function* (pieces) {
      yield* upper(pieces);
      appendFileSync(path(), 'def');
    }), { name: 'ChangedMeanwhile' });
    await assert.rejects(rewriteFile(path(), () => {
      throw new Error('no');
    }), /no/);
    assert.deepEqual([readFileSync(path(), 'utf8'), readdirSync(at.path)], ['abcdef', ['a.jsonl']]);
  });

  it('follows no link', async () => {
    writeFileSync(join(at.path, 'victim'), 'abc');
    symlinkSync(join(at.path, 'victim'), path());
    await assert.rejects(rewriteFile(path(), upper));
    assert.equal(readFileSync(join(at.path, 'victim'), 'utf8'), 'abc');
  });

  it('is the old file or the new one, whenever it is killed; what is left is cleared away by the next', async () => {
    const size = 8 << 20;
    const [old, next] = ['a'.repeat(size), 'A'.repeat(size)];
    const script = `
      import { rewriteFile } from ${JSON.stringify(join(root, 'server/exported/rewriteFile.ts'))};
      console.log('begun');
      await rewriteFile(process.argv[1], async function* (pieces) {
        for await (const piece of pieces) { yield Buffer.from(piece.toString('latin1').toUpperCase(), 'latin1'); await new Promise((done) => setTimeout(done, 10)); }
      });`;
    let left = 0;
    for (const wait of [0, 20, 60, 90]) {
      writeFileSync(path(), old);
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, path()], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await setTimeout(wait);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const now = readFileSync(path(), 'utf8');
      assert.ok(now === old || now === next, `${now.length} bytes`);
      left += readdirSync(at.path).length - 1;
    }
    assert.ok(left > 0, 'it was killed in the middle at least once');
    await rewriteFile(path(), upper);
    assert.deepEqual([readdirSync(at.path), readFileSync(path(), 'utf8') === next], [['a.jsonl'], true]);
  });
});

describe('values in exported bytes', () => {
  const value = 'pass "word" <with> \\ all & it\'s';
  const [long, begin] = ['quincezanzibar-and-more', 'quincezanzibar'];
  const replace = createReplace(new Map([[value, '[one]'], [long, '[long]'], [begin, '[begin]'], ['short', '[never]']]));

  for (const size of [1, 7, 1_000]) {
    it(`are replaced in whatever writing, in pieces of ${size} bytes`, async () => {
      const json = JSON.stringify({ a: value, b: JSON.stringify({ c: value }) });
      const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
      const text = [`${value}!`, json, html, csvField(JSON.stringify({ value })), `x${long}y${begin}z short`].join('\n');
      assert.equal(await joined(replace(inPieces(text, size))),
        ['[one]!', JSON.stringify({ a: '[one]', b: JSON.stringify({ c: '[one]' }) }), '[one]', '"{""value"":""[one]""}"', 'x[long]y[begin]z short'].join('\n'));
    });
  }
});

describe('rows of CSV', () => {
  it('are told by their quotes, and are what was written', async () => {
    const values = ['plain', 'with, "quotes"', 'two\r\nlines', '=formula', '', "'apostrophe", 'ü'];
    const row = `${values.map(csvField).join(',')}\r\n`;
    for (const size of [1, 5, 1_000]) {
      const rows: Buffer[] = [];
      for await (const each of csvRows(inPieces(`a,b\r\n${row}${row}`, size))) rows.push(each);
      assert.deepEqual(rows.map(String), ['a,b\r\n', row, row]);
    }
    assert.deepEqual(csvFields(row), values);
  });
});

describe('marks', () => {
  const met = (making: ReturnType<typeof createMarks>, text: string, size = 1_000): number => {
    const found = new Set<unknown>();
    const looking = making.marks().look((mark) => found.add(mark));
    for (let from = 0; from < text.length; from += size) looking.take(Buffer.from(text).subarray(from, from + size));
    looking.end();
    return found.size;
  };

  it('are met in whatever a format makes of a text, and not in another one', () => {
    const making = createMarks();
    const words = 'the seventh warehouse keeps no more than forty barrels of it';
    making.add(note('some-long-id-of-a-record', `first "quoted" <line>\n  ${words}`));
    for (const text of [words, JSON.stringify(words), `    ${words}\n`, `<p>${words}</p>`, `"x","${words}"`]) for (const size of [1, 1_000]) assert.equal(met(making, text, size), 1, text);
    for (const text of ['id: some-long-id-of-a-record.', '"some-long-id-of-a-record"', '/a/b/some-long-id-of-a-record']) assert.equal(met(making, text, 3), 1, text);
    for (const text of [words.slice(0, 20), words.replace('keeps', 'holds').replace('forty', 'thirty').replace('no more', 'as few'), 'some-long-id-of-a-record-2', 'xsome-long-id-of-a-record']) assert.equal(met(making, text), 0, text);
  });

  it('are there for a text that every format writes otherwise', () => {
    const making = createMarks();
    const text = 'a "b" & "c" <d> "e" \'f\' "g" & "h" <i>';
    making.add(note('short', text));
    for (const each of [text, JSON.stringify(text), JSON.stringify(JSON.stringify(text)), text.replace(/[&<>"']/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? '&#39;')]) assert.ok(met(making, each) > 0, each);
  });

  it('are few bytes each, however many there are, and all are found', () => {
    const windows = createWindows();
    const texts = Array.from({ length: 200_000 }, (_, number) => Buffer.from(`${String(number).padStart(8, '0')}-abcdefghijklmnopqrst`));
    for (const text of texts) windows.add(text, 0);
    assert.equal(windows.size, texts.length);
    const found = new Set<number>();
    const looking = windows.look((run) => found.add(run));
    for (const text of texts) looking.take(text.subarray(0, windowBytes));
    assert.equal(found.size, texts.length);
    let others = 0;
    const none = windows.only(new Set()).look(() => others++);
    for (const text of texts.slice(0, 1_000)) none.take(text);
    assert.equal(others, 0);
  });
});
