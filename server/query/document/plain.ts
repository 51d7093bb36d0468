/** Foreign text as a person may see it. */

import { stripVTControlCharacters } from 'node:util';
import type { Clipped } from '../../../shared/sessionView.ts';

/** Longer texts are cut in the page; the whole one opens in an editor. */
const mostShown = 20_000;

/** Control codes but tab and line break, and what turns the reading order around. */
const disguises = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/gu;

/** Without terminal sequences, and with a visible sign for every character that would make text look like something else. */
export function plain(text: string): string {
  return stripVTControlCharacters(text.toWellFormed()).replaceAll('\r\n', '\n').replace(disguises, '\ufffd');
}

/** The beginning of a text, plain; only as much of it is looked at. */
export function clipped(text: string, most = mostShown): Clipped {
  return text.length <= most ? { text: plain(text) } : { text: plain(text.slice(0, most)), wholeLength: text.length };
}

/** The beginning of a text on one line. */
export function oneLine(text: string, most: number): string {
  const line = plain(text.slice(0, most * 4)).replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}

/** A value as text: text as it is, anything else as JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2) ?? '';
}
