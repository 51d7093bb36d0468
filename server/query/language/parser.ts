/** From pieces to a tree. Any text gives one: what cannot be understood is a mistake beside it, and the rest counts. */

import { dateRange, dateWords } from './dates.ts';
import { filterNames, isFilterName, nearest, valuesOf, type FilterName } from './filters.ts';
import { lex, type Pair, type Piece, type Word } from './lexer.ts';
import { all, any } from './join.ts';
import type { Asker, Mistake, Query, Span } from './query.ts';

export interface Parsed {
  readonly query: Query;
  /** By place. */
  readonly mistakes: readonly Mistake[];
}

/** Characters that are read; nobody types more, and a pasted file is no query. */
export const maxLength = 8_192;
const maxDepth = 32;
const maxTerms = 256;
/** More nobody reads. */
const maxMistakes = 20;

/** Words, "phrases", prefix*, -not, OR, parentheses, and filters such as `source:codex`. Never throws; linear in the text. */
export function parseQuery(text: string, asker: Asker): Parsed {
  const read = text.slice(0, maxLength);
  const mistakes: Mistake[] = [];
  const mistake = (code: string, { from, to }: Span, message: string, suggestion?: string): void => {
    if (mistakes.length < maxMistakes) mistakes.push({ code, from, to, message, ...(suggestion !== undefined && { suggestion }) });
  };
  if (text.length > maxLength) mistake('too-long', { from: maxLength, to: text.length }, `Only the first ${maxLength} characters of a search are read.`);
  const reading = { pieces: lex(read), at: 0, terms: 0, depth: 0 };
  const next = (): Piece | undefined => reading.pieces[reading.at];

  /** Up to the end or to a closing parenthesis, which is left. */
  function sequence(): Query | undefined {
    const queries: Query[] = [];
    let either: Span | undefined;
    for (let piece = next(); piece && piece.type !== ')'; piece = next()) {
      if (piece.type === 'OR') {
        reading.at++;
        if (queries.length === 0 || either) mistake('nothing-before-or', piece, 'OR needs something before it.');
        else either = piece;
        continue;
      }
      const query = term();
      if (!query) continue;
      const before = either && queries.pop();
      queries.push(before ? any([before, query]) : query);
      either = undefined;
    }
    if (either) mistake('nothing-after-or', either, 'OR needs something after it.');
    return queries.length > 0 ? all(queries) : undefined;
  }

  function term(): Query | undefined {
    const piece = next();
    reading.at++;
    if (!piece || piece.type === 'OR' || piece.type === ')') return undefined;
    if (piece.type === '(') return group(piece);
    if (piece.type === '-') {
      const query = next()?.type === 'OR' ? undefined : term();
      return query && { type: 'not', query, from: piece.from, to: query.to };
    }
    if (++reading.terms > maxTerms) {
      if (reading.terms === maxTerms + 1) mistake('too-many-words', piece, `Only the first ${maxTerms} words of a search are read.`);
      return undefined;
    }
    return piece.type === 'pair' ? pair(piece) : piece.type === 'word' ? words(piece) : undefined;
  }

  function group(open: Span): Query | undefined {
    // So deep nobody means it, and each level would cost a frame of the stack.
    if (reading.depth >= maxDepth) {
      mistake('too-deep', open, `Parentheses go ${maxDepth} deep at most.`);
      return undefined;
    }
    reading.depth++;
    const query = sequence();
    reading.depth--;
    if (next()?.type === ')') reading.at++;
    else mistake('unclosed-parenthesis', open, 'This parenthesis is never closed.');
    return query;
  }

  function words(word: Word): Query | undefined {
    if (word.isUnclosed) mistake('unclosed-quote', word, 'This quote is never closed.', `${read.slice(word.from, word.to)}"`);
    if (word.text.trim() === '') return undefined;
    const isPrefix = !word.isPhrase && word.text.endsWith('*');
    return { type: 'words', text: isPrefix ? word.text.slice(0, -1) : word.text, isPhrase: word.isPhrase, isPrefix, from: word.from, to: word.to };
  }

  function pair(piece: Pair): Query | undefined {
    const name = piece.name.toLowerCase();
    if (isFilterName(name)) return filter(name, piece);
    const meant = nearest(name, filterNames);
    const at = { from: piece.from, to: piece.from + piece.name.length };
    if (meant !== undefined) mistake('unknown-filter', at, `There is no filter ${piece.name}:, perhaps ${meant}: is meant.`, meant);
    // `http://host` and `std::vector` are words.
    return words({ ...piece.value, text: read.slice(piece.from, piece.to), from: piece.from, isPhrase: false });
  }

  function filter(name: FilterName, { value, from, to }: Pair): Query | undefined {
    if (value.isUnclosed) mistake('unclosed-quote', value, 'This quote is never closed.', `${read.slice(value.from, value.to)}"`);
    const said = value.text.trim();
    if (said === '') {
      mistake('no-value', { from, to }, `The filter ${name}: needs a value right after the colon.`);
      return undefined;
    }
    if (name === 'before' || name === 'after' || name === 'during') return time(name, said, value, { from, to });
    const isExit = name === 'exit' && !/^-?\d{1,10}$/.test(said);
    if (isExit) mistake('not-a-number', value, 'The filter exit: takes a number, such as exit:1.');
    const allowed = valuesOf(name);
    const plain = allowed ? said.toLowerCase() : said;
    if (allowed && !allowed.includes(plain)) {
      mistake('unknown-value', value, `The filter ${name}: takes ${allowed.join(', ')}.`, nearest(plain, allowed));
      return undefined;
    }
    return isExit ? undefined : { type: 'filter', name, value: plain, from, to };
  }

  function time(name: 'before' | 'after' | 'during', said: string, value: Span, span: Span): Query | undefined {
    const range = dateRange(said, asker);
    if (!range) {
      mistake('not-a-date', value, `The filter ${name}: takes a date such as 2026-11-20, or words such as yesterday, last-week or 7d.`, nearest(said, dateWords));
      return undefined;
    }
    if (name === 'before') return { type: 'time', ...span, until: range.since };
    return { type: 'time', ...span, since: range.since, ...(name === 'during' && { until: range.until }) };
  }

  const queries: Query[] = [];
  while (next()) {
    const query = sequence();
    if (query) queries.push(query);
    const left = next();
    if (!left) break;
    mistake('unopened-parenthesis', left, 'This parenthesis was never opened.');
    reading.at++;
  }
  const query: Query = queries.length > 0 ? all(queries) : { type: 'everything', from: 0, to: read.length };
  return { query, mistakes: mistakes.sort((a, b) => a.from - b.from) };
}
