import assert from 'node:assert/strict';
import fc from 'fast-check';
import { code, fenced, html, inert, line } from '../../../server/export/markdownText.ts';
import { processorMs } from '../../support/processorMs.ts';

const plain = '**bold** and `code`, [page](https://x.y/z), [part](#part)\n\n- item\n\n| a | b |\n|---|---|';
const cases: readonly (readonly [string, string, string])[] = [
  ['leaves plain Markdown as it is', plain, plain],
  ['shows HTML as text', '<script>alert(1)</script> & <b>', '&lt;script>alert(1)&lt;/script> &amp; &lt;b>'],
  ['shows HTML in code as code', 'a `<div>` b', 'a <code>&lt;div&gt;</code> b'],
  ['loads no image', '![x](https://x.y/z.png) and [![x](a)](b)', '\\![x](https://x.y/z.png) and [\\![x](a)](b)'],
  ['links to no program', '[x](javascript:alert(1)) [y]( command:z) [z]: data:a', '[x]\\(javascript:alert(1)) [y]\\( command:z) [z]\\: data:a'],
  ['lets no heading stand among ours', '# a\n > ## b\n- ### c\n#hash', '\\# a\n > \\## b\n- \\### c\n#hash'],
  ['lets no underlined heading stand', 'a\n===\nb\n---\n\n---', 'a\n\\===\nb\n\\---\n\n---'],
  ['keeps code', '```ts\na < b && c\n# x\n```\nend', '```ts\na < b && c\n# x\n```\nend'],
  ['closes code that nobody closed', '```\n<b>', '```\n<b>\n```'],
  ['ends code where its fence ends, not at a shorter or another one', '````\n```\n~~~\n````\n<b>', '````\n```\n~~~\n````\n&lt;b>'],
  ['takes no line for a fence that is none', '``` a`b\n<b>', '\\`\\`\\` a`b\n&lt;b>'],
  ['takes code out of a list', '- a\n    ```sh\n    ls <x>\n    ```', '- a\n```sh\nls <x>\n```'],
  ['opens no code in a list', '- ```\n<b>', '- \\`\\`\\`\n&lt;b>'],
  ['keeps only a plain word of what a fence says of its language', '```js onload="x" <b>\na\n```', '```js\na\n```'],
  ['shows what turns text around', 'a\u202eb\u2066c\u0000d\re', 'a�b�c�d\ne'],
];

/** Lines of Markdown that are not in a block of code, fences as in CommonMark at the margin: `inert` puts all of its own there. */
function outsideOfCode(markdown: string): string {
  let fence = '';
  const outside: string[] = [];
  for (const each of markdown.split('\n')) {
    const marks = /^`{3,}(?=[^`]*$)/.exec(each)?.[0] ?? '';
    if (fence === '') {
      if (marks) fence = marks;
      else outside.push(each);
    } else if (marks.length >= fence.length && each.trimEnd() === marks) fence = '';
  }
  assert.equal(fence, '', 'a block of code is not closed');
  return outside.join('\n');
}

const pieces = fc.constantFrom(
  '`', '``', '```', '````', '~~~', '\n', '\n\n', '<script>', '<img src=x>', '![', '](', '[x](javascript:y)', '[x](/a "t ', ' ")', ']: ', '\\',
  '|', '> ', '- ', '    ', '  ', '1. ', '# ', '===', '---', '&lt;', '<!--', 'text', '\t', '```js', '</details>',
);
const hostile = fc.array(pieces, { maxLength: 20 }).map((list) => list.join(''));

describe('foreign text in Markdown', () => {
  for (const [what, text, expected] of cases) it(what, () => assert.equal(inert(text), expected));

  it('has no HTML, image or heading outside of blocks of code, whatever it is made of', () => {
    fc.assert(fc.property(hostile, (text) => {
      const outside = outsideOfCode(inert(text));
      assert.doesNotMatch(outside, /<(?!\/?code>)/);
      assert.doesNotMatch(outside, /(?<!\\)(?:\\\\)*!\[/);
      assert.doesNotMatch(outside, /^[ >]*#{1,6}[ \t]/m);
      assert.doesNotMatch(outside, /\]\(javascript:/);
    }), { numRuns: 2_000 });
  });

  it('ends on its line in a title and in inline code', () => {
    fc.assert(fc.property(hostile, (text) => {
      for (const one of [line(text), html(text), code(text)]) assert.doesNotMatch(one, /\n/);
      for (const one of [line(text), html(text)]) assert.doesNotMatch(one, /[<>]|!\[/);
    }));
  });

  it('is ended by nothing inside of a block of code', () => {
    fc.assert(fc.property(hostile, (text) => assert.equal(outsideOfCode(fenced(text, '')), '')));
    assert.equal(fenced('a\n```\nb', 'md'), '````md\na\n```\nb\n````');
  });

  it('is the same to read in inline code', () => {
    assert.deepEqual(['a', 'a`b', '`a`', 'a``b', ' a\nb '].map(code), ['`a`', '`` a`b ``', '`` `a` ``', '``` a``b ```', '`a b`']);
  });

  it('stays quick for a long text of hostile marks', () => {
    const started = processorMs();
    for (const mark of ['`', '` ', '``` ', '```\n', '[', '](', '- ', '1.', '=\n', '> ']) inert(mark.repeat(200_000 / mark.length));
    assert.ok(processorMs() - started < 2_000);
  });
});
