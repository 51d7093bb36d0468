import assert from 'node:assert/strict';
import { passage } from '../../../server/store/passage.ts';
import { matchEnd, matchStart } from '../../../shared/results.ts';

const marked = (text: string): string => text.replaceAll(matchStart, '[').replaceAll(matchEnd, ']');

describe('passage', () => {
  it('marks words, prefixes and words with diacritics', () => {
    assert.equal(marked(passage('The café runs tests twice', ['cafe', 'test*'])), 'The [café] runs [tests] twice');
  });

  it('marks the right letters behind marks that stand alone', () => {
    assert.equal(marked(passage('e\u0301te\u0301 → naïve 👩 größe cafe\u0301s', ['ete', 'naive', 'grosse', 'große', 'cafes'])), '[e\u0301te\u0301] → [naïve] 👩 [größe] [cafe\u0301s]');
  });

  it('does not mark a word inside another', () => {
    assert.equal(marked(passage('contest test', ['test'])), 'contest [test]');
    assert.equal(marked(passage('étest testé 𝒜test test𝒜 test', ['test'])), 'étest testé 𝒜test test𝒜 [test]');
    assert.equal(marked(passage('contest tests Testé𝒜.', ['test*'])), 'contest [tests] [Testé𝒜].');
    assert.equal(marked(passage('aaa aa', ['aa'])), 'aaa [aa]');
  });

  it('shows the place where most of the words are', () => {
    const text = `login ${'filler '.repeat(100)} flaky login test ${'filler '.repeat(100)}`;
    assert.match(marked(passage(text, ['flaky', 'login', 'test'])), /\[flaky\] \[login\] \[test\]/);
  });

  it('is one line without control characters', () => {
    assert.equal(passage('a\n\u001b[31mred\u0002\tb', []), 'a [31mred b');
  });

  it('stays short and quick for megabytes of one word', () => {
    assert.ok(passage('word '.repeat(1_000_000), ['word']).length < 400);
    for (const term of ['a', 'a*', '*a', '*a*']) assert.ok(passage(`b${'a'.repeat(1_000_000)}`, [term]).length < 800, term);
  });
});
