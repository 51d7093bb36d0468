/** How words are compared: without case and diacritics, the same in the index, in what is looked for and in what is read again. */

const ascii = /^[\0-\x7f]*$/;

/** Text as the index takes it. Case is the tokenizer's business there, but not here. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return ascii.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}+/gu, '').normalize('NFC');
}

/** What a word is made of: the same classes as SQLite's `unicode61`. */
export const wordCharacters = '\\p{L}\\p{N}\\p{Co}';
