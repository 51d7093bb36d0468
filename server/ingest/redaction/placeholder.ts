/** What stands where a secret was. Nothing ever looks inside a placeholder again, so redaction is idempotent. */

import { placeholders, placeholderStart } from '../../../shared/redaction.ts';

/**
 * Tells whether two secrets are the same, and nothing else of them: eight hexadecimal digits, made with a key that stays with the record.
 * Undefined where there is no key.
 */
export type Fingerprint = (secret: string) => string | undefined;

/** The placeholder of a rule: no character that needs an escape in JSON, YAML or a shell. */
export function placeholder(rule: string, secret: string, fingerprint?: Fingerprint): string {
  const told = fingerprint?.(secret);
  return `${placeholderStart}${rule}${told === undefined ? '' : `:${told}`}]`;
}

interface Piece {
  readonly text: string;
  readonly isPlaceholder: boolean;
}

/** The text cut at its placeholders, in order, without empty pieces. */
export function pieces(text: string): readonly Piece[] {
  if (!text.includes(placeholderStart)) return text === '' ? [] : [{ text, isPlaceholder: false }];
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholders)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), isPlaceholder: false });
    found.push({ text: match[0], isPlaceholder: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), isPlaceholder: false });
  return found;
}
