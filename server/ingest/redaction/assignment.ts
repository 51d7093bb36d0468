/** The rule for `NAME=value` in all its dresses: `.env`, shell, JSON, YAML, code, XML, queries, connection strings, flags. */

import { secretKind } from './names.ts';
import type { SecretKind } from './names.ts';
import type { Range, ScanRule } from './rule.ts';
import { isSecretValue } from './value.ts';
import type { ValueForm } from './value.ts';

/** Longest name looked at, and longest value in quotes. */
const nameLimit = 64;
const valueLimit = 2048;
/** How much of a value without quotes is judged; it is replaced to its end, however long. */
const judged = 256;

export const assignmentRule: ScanRule = {
  id: 'assigned-secret',
  description: 'Value of a name that says password, secret, token or key',
  keywords: [
    ...['passw', 'passphrase', 'passcode', 'pwd', 'pword', '_pass', '-pass', '.pass', 'pass:', 'pass=', 'pass"', "pass'", 'pw=', 'pw:'],
    ...['secret', 'credential', 'creds', 'token', 'jwt', 'bearer', '_auth', '_pat'],
    ...['_key', '-key', '.key', ' key', 'apikey', 'appkey', 'authkey', 'accesskey', 'accountkey', 'adminkey', 'clientkey', 'encryptionkey'],
    ...['licensekey', 'masterkey', 'privatekey', 'servicekey', 'sessionkey', 'sharedkey', 'signingkey', 'subscriptionkey'],
  ],
  find: findAssigned,
};

interface Name extends Range {
  readonly kind: SecretKind;
  readonly text: string;
}

interface Value extends Range {
  readonly form: ValueForm;
  /** Set when the value goes on behind `end`. */
  readonly reach?: Reach;
}

function findAssigned(text: string, at: number): Range | undefined {
  const end = nameEnd(text, at);
  // Most names are only mentioned. Seeing that costs less than understanding the name.
  if (after(follows, text, end) === undefined) return undefined;
  const name = nameUntil(text, at, end);
  if (!name) return undefined;
  const value = flagValue(text, name) ?? assignedValue(text, name);
  if (!value || !isSecretValue(text.slice(value.start, value.end), name.kind, value.form)) return undefined;
  return { start: value.start, end: wholeEnd(text, value) };
}

/** An operator, or the gap between a flag and its value. */
const follows = /["'`]?\]?\s{0,8}[=:,|?>]|[ \t]{1,4}\S/y;

function nameEnd(text: string, at: number): number {
  // A keyword may begin with a blank: ` key` ends a name of two words.
  let end = text.charCodeAt(at) === 0x20 ? at + 1 : at;
  while (end < text.length && end - at < nameLimit && isNameCharacter(text.charCodeAt(end))) end++;
  return end;
}

function nameUntil(text: string, at: number, end: number): Name | undefined {
  let start = at;
  while (start > 0 && at - start < nameLimit && isNameCharacter(text.charCodeAt(start - 1))) start--;
  const written = text.slice(start, end);
  const kind = secretKind(written);
  return kind && { start, end, kind, text: written };
}

/** Letters, digits, `_`, `-`, `.` and `$`. */
function isNameCharacter(code: number): boolean {
  const lower = code | 0x20;
  if ((lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39)) return true;
  return code === 0x5f || code === 0x2d || code === 0x2e || code === 0x24;
}

const flagGap = /[ \t]{1,4}/y;

/** The word after `--password`; a word of letters only is more often the next word of a sentence. */
function flagValue(text: string, name: Name): Value | undefined {
  if (!/^--?[A-Za-z]/.test(name.text)) return undefined;
  const start = after(flagGap, text, name.end);
  if (start === undefined) return undefined;
  const quoted = quotedValue(text, start);
  if (quoted) return quoted;
  const value = bareValue(text, start, 'plain', 'plain');
  return value && !/^(?:-|[A-Za-z]{1,15}$)/.test(text.slice(value.start, value.end)) ? value : undefined;
}

const operator = /["'`]?\]?\s{0,8}(?:=>|:=|={1,3}|:|,|\|\||\?\?|>)\s{0,8}/y;
const annotation = /[\w.<>|[\]? ]{1,60}?=(?![=>])\s{0,8}(?=["'`])/y;

function assignedValue(text: string, name: Name): Value | undefined {
  const from = after(operator, text, name.end);
  if (from === undefined) return undefined;
  const sign = text.slice(name.end, from);
  const start = (sign.includes(':') ? after(annotation, text, from) : undefined) ?? from;
  const quoted = quotedValue(text, start);
  const argument = /[,|?]/.test(sign);
  if (quoted) return argument ? { ...quoted, form: 'argument' } : quoted;
  if (argument || /[\r\n]/.test(sign)) return undefined;
  if (sign === '>') return elementValue(text, start);
  // Quoted names belong to JSON, whose bare values are numbers and words.
  if (/^["'`]/.test(sign) && !sign.includes(']')) return undefined;
  const form = isPlain(text, name, sign) ? 'plain' : 'bare';
  return bareValue(text, start, form, lineStart.test(text.slice(Math.max(0, name.start - 24), name.start)) ? 'line' : form);
}

/** At the beginning of a line, or near enough to the beginning of the text. */
const lineStart = /(?:^|\n)[ \t]{0,23}(?:[+-] {0,8})?(?:export |set |- )?$/;

/** Whether `=` is written as in `.env` files, flags, queries and connection strings rather than as in code. */
function isPlain(text: string, name: Name, sign: string): boolean {
  if (sign !== '=') return false;
  const before = text.slice(Math.max(0, name.start - 10), name.start);
  if (/^[A-Z][A-Z0-9_]*$|^-/.test(name.text)) return true;
  return /(?:^|\n|[?&]|; ?)(?:[+-] ?|export |set )?$/.test(name.start <= 10 ? before : ` ${before}`);
}

const opening = /(?:[bBrRuUfF@$]{0,2})("""|'''|["'`])(?:(?:Bearer|Basic|Token) )?/y;

function quotedValue(text: string, at: number): Value | undefined {
  opening.lastIndex = at;
  const match = opening.exec(text);
  const quote = match?.[1];
  if (!match || quote === undefined) return undefined;
  const start = at + match[0].length;
  const limit = Math.min(text.length, start + valueLimit);
  for (let end = start; end < limit; end++) {
    const character = text.charAt(end);
    if (character === '\n' && quote.length === 1) return undefined;
    if (character === '\\') end++;
    else if (text.startsWith(quote, end)) return { start, end, form: 'quoted' };
  }
  return undefined;
}

function elementValue(text: string, start: number): Value | undefined {
  const limit = Math.min(text.length, start + valueLimit);
  for (let end = start; end < limit; end++) {
    const character = text.charAt(end);
    if (character === '\n' || character === '>') return undefined;
    if (text.startsWith('</', end)) return { start, end, form: 'quoted' };
  }
  return undefined;
}

/** How far a value without quotes goes: over a whole line, or to what separates it in a query or list. */
const stops = { line: '', plain: ';&', bare: ';,' } as const;
type Reach = keyof typeof stops;

// A backslash belongs to the value unless it begins an escape, which belongs to the text around it.
const part = (reach: Reach): RegExp =>
  new RegExp(String.raw`(?:[^\s"'${'`'}<>\\${stops[reach]}]|\\(?![\\"'${'`'}nrt/u])){1,${judged}}`, 'y');
const parts: Readonly<Record<Reach, RegExp>> = { line: part('line'), plain: part('plain'), bare: part('bare') };

function bareValue(text: string, start: number, form: 'plain' | 'bare', reach: Reach): Value | undefined {
  const end = after(parts[reach], text, start);
  if (end === undefined) return undefined;
  if (end - start >= judged) return { start, end, form, reach };
  const trimmed = withoutPunctuation(text, start, end);
  return trimmed > start ? { start, end: trimmed, form } : undefined;
}

/** The end of a value of which only the first part was judged. */
function wholeEnd(text: string, { start, end, reach }: Value): number {
  if (!reach) return end;
  let last = end;
  for (let next: number | undefined = last; next !== undefined; next = after(parts[reach], text, last)) last = next;
  return withoutPunctuation(text, start, last);
}

function withoutPunctuation(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[,.;)\]}:]/.test(text.charAt(last - 1))) last--;
  return last;
}

/** Where a sticky expression ends when it matches at a position. */
function after(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}
