import { stripVTControlCharacters } from 'node:util';
import { printedText } from '../../shared/printedText.ts';

/** What a person would have seen in the terminal. */
export function plainText(raw: string): string {
  return printedText(raw, stripVTControlCharacters);
}
