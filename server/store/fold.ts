/** How words are compared: without case and diacritics, the same in the index, in what is looked for and in what is read again. */

const ascii = /^[\0-\x7f]*$/;

/** Text beyond ASCII, the single spaces between its words too. What is beside it changes nothing in it: only marks join a letter before them. */
const beyondAscii = /[^\0-\x7f]+(?: [^\0-\x7f]+)*/g;

/** Text as the index takes it. Case is the tokenizer's business there, but not here. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // An arrow or a quotation mark stands in most texts: looking for marks in all that is around it would take ten times as long.
  return ascii.test(lower) ? lower : lower.replace(beyondAscii, (part) => part.normalize('NFD').replace(/\p{M}+/gu, '').normalize('NFC'));
}

/** What a word is made of: the same classes as SQLite's `unicode61`. */
export const wordCharacters = '\\p{L}\\p{N}\\p{Co}';

const wordCharacter = new RegExp(`[${wordCharacters}]`, 'u');

/** Whether the character at a place belongs to a word. */
export function isInWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at); // NaN outside
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  if (!(code >= 128)) return false;
  const isSecondHalf = code >= 0xdc00 && code <= 0xdfff && at > 0;
  return wordCharacter.test(String.fromCodePoint(text.codePointAt(isSecondHalf ? at - 1 : at) ?? 0));
}
