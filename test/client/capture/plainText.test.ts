import assert from 'node:assert/strict';
import { plainText } from '../../../client/capture/plainText.ts';

const esc = '\u001b';
const bel = '\u0007';

describe('client: plain text of terminal output', () => {
  it('has no colours and no shell integration marks', () => {
    assert.equal(plainText(`${esc}]633;C${bel}${esc}[32mok${esc}[0m\r\n`), 'ok\n');
  });

  it('has no titles, links or command lines of the shell, whatever they hold', () => {
    assert.equal(plainText(`${esc}]0;me@host: ~/a b (c)${bel}x`), 'x');
    assert.equal(plainText(`${esc}]633;E;echo "a b"; ls | wc;nonce${bel}x`), 'x');
    assert.equal(plainText(`${esc}]8;;https://example.com/?a=b c${esc}\\link${esc}]8;;${esc}\\`), 'link');
  });

  it('shows of a progress line what stood there at the end', () => {
    assert.equal(plainText('10 %\r50 %\r100 %\r\ndone'), '100 %\ndone');
    assert.equal(plainText('abcdef\rXY'), 'XYcdef');
  });

  it('knows erased lines', () => {
    assert.equal(plainText(`a long line\r${esc}[Kshort`), 'short');
    assert.equal(plainText(`a long line${esc}[2K\rshort`), 'short');
    assert.equal(plainText(`match${esc}[K rest${esc}[K`), 'match rest');
  });

  it('knows backspaces', () => {
    assert.equal(plainText('abc\b\bX'), 'aXc');
  });

  it('keeps tabs, line breaks and letters of every script', () => {
    assert.equal(plainText('a\tb\r\n\r\nčaj 🙂'), 'a\tb\n\nčaj 🙂');
  });

  it('holds no control character of the raw text, not even its own stand-ins', () => {
    assert.equal(plainText('a\u0001b\u0002c\u0000d'), 'abcd');
  });
});
