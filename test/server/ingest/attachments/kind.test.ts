import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kindOf, readableRuns, textOf } from '../../../../server/ingest/attachments/kind.ts';
import { png, pngText } from '../../../support/pictures.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('kinds of attachments', () => {
  const known: readonly (readonly [string, Buffer])[] = [
    ['png', png()],
    ['jpg', bytes('\xff\xd8\xff\xe0\0\x10JFIF\0')],
    ['gif', bytes('GIF89a\x01\0\x01\0')],
    ['gif', bytes('GIF87a\x01\0\x01\0')],
    ['webp', bytes('RIFF\x24\0\0\0WEBPVP8 ')],
    ['avif', bytes('\0\0\0\x20ftypavif\0\0\0\0')],
    ['pdf', bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')],
    ['txt', Buffer.from('Grüße, 你好\n\tand more\n')],
    ['txt', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['svg', Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- drawn - by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<SVG width="1">')],
  ];
  for (const [ending, content] of known) {
    it(`are told by the bytes: ${ending}, ${JSON.stringify(content.toString('latin1', 0, 24))}`, () => assert.equal(kindOf(content), ending));
  }

  for (const [name, content] of [
    ['nothing', Buffer.alloc(0)], ['a program', bytes('\x7fELF\x02\x01\x01\0')], ['an archive', bytes('PK\x03\x04\x14\0\x06\0')],
    ['text with a null', Buffer.from('hello\0world')], ['half a character', Buffer.from('né').subarray(0, 2)], ['a RIFF sound', bytes('RIFF\x24\0\0\0WAVEfmt ')],
  ] as const) {
    it(`are none that is kept: ${name}`, () => assert.equal(kindOf(content), undefined));
  }

  it('take any bytes without a word, in time', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
      const kind = kindOf(content);
      if (kind === 'txt' || kind === 'svg') assert.notEqual(textOf(content), undefined);
    }));
    assert.equal(kindOf(Buffer.from(`<!--${'- '.repeat(100_000)}`)), 'txt');
    assert.equal(kindOf(Buffer.from('<?x>'.repeat(50_000))), 'txt');
  });

  it('let what a picture says of itself be read', () => {
    assert.match(readableRuns(png(1, 8, [pngText('taken at the office')])), /taken at the office/);
  });
});
