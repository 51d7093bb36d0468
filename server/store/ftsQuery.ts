/** From what a person types to an FTS5 expression. Every word ends up inside quotes, so that nothing typed is ever syntax. */

export interface FtsQuery {
  /** Empty when there is nothing to look for. */
  readonly expression: string;
  /** Words to mark in passages, lower-case; a trailing `*` marks a prefix. */
  readonly terms: readonly string[];
}

const piece = /(-?)(?:"([^"]*)"?|(\S+))/g;
const wordCharacters = /[\p{L}\p{N}\p{Co}]+/gu;

/**
 * Words (all must occur), "phrases", prefix*, -not, OR between two words.
 * @param typing the last word may be unfinished: it is taken as a prefix
 */
export function ftsQuery(text: string, typing = false): FtsQuery {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const terms: string[] = [];
  let either = false;
  for (const [, minus, phrase, word] of text.matchAll(piece)) {
    if (word === 'OR' && !minus) {
      either = wanted.length > 0;
      continue;
    }
    const words = (phrase ?? word ?? '').match(wordCharacters);
    if (!words) continue;
    const prefix = word?.endsWith('*') ?? false;
    const term = `"${words.join(' ')}"${prefix ? '*' : ''}`;
    if (minus) unwanted.push(term);
    else {
      terms.push(...words.map((each, index) => each.toLowerCase() + (prefix && index === words.length - 1 ? '*' : '')));
      if (either) wanted.push(`(${wanted.pop() ?? ''} OR ${term})`);
      else wanted.push(term);
    }
    either = false;
  }
  if (typing) openEnd(text, wanted, terms);
  if (wanted.length === 0) return { expression: '', terms: [] };
  const all = wanted.join(' AND ');
  return { expression: unwanted.length ? `(${all}) NOT (${unwanted.join(' OR ')})` : all, terms };
}

/** Makes the last word a prefix when the text ends in the middle of it. */
function openEnd(text: string, wanted: string[], terms: string[]): void {
  const last = wanted.at(-1);
  if (!last?.endsWith('"') || !/[\p{L}\p{N}\p{Co}]$/u.test(text)) return;
  wanted[wanted.length - 1] = `${last}*`;
  terms[terms.length - 1] = `${terms.at(-1) ?? ''}*`;
}
