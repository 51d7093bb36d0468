/** `daybook search`: from the words of a command line to a query, and what is wrong with it. */

import type { SearchCompletions, SearchMistake } from '../../shared/results.ts';

/** A shell has taken the quotes away: what still holds spaces was quoted. One word alone is the query as it is. */
export function queryOf(words: readonly string[]): string {
  return words.map((word) => (words.length > 1 && /\s/.test(word) ? quoted(word) : word)).join(' ');
}

/** `file:my app.ts` was `file:"my app.ts"`. */
function quoted(word: string): string {
  const [, name = '', value = word] = /^(-?[a-z]{2,20}:)(\S.*)$/is.exec(word) ?? [];
  return word.includes('"') ? word : `${name}"${value}"`;
}

/** The last word as it can be, one a line: what a shell puts in its place. */
export function completionText({ query, from, items }: SearchCompletions): string {
  const start = query.slice(query.slice(0, from).search(/\S*$/), from);
  return items.map(({ text }) => plain(start + text)).join('\n');
}

/** The sentence, and under it the query with a mark below the place. */
export function mistakeText(query: string, { from, to, message, suggestion }: SearchMistake): string {
  const shown = 60;
  const before = plain(query.slice(Math.max(0, from - shown), from));
  const wrong = plain(query.slice(from, to).slice(0, shown));
  const line = `  ${before}${wrong}${plain(query.slice(to, to + shown))}`;
  const meant = suggestion === undefined ? '' : ` ${plain(suggestion).slice(0, shown)}`;
  return `${message}\n${line}\n  ${' '.repeat(before.length)}${'^'.repeat(Math.max(1, wrong.length))}${meant}\n`;
}

/** One column for each character, and nothing that steers a terminal. */
function plain(text: string): string {
  return text.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
}
