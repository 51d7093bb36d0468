/**
 * Private key blocks: whole, cut off at either end, in a diff, behind line numbers, quotes and comment signs, with line breaks
 * written out, or wrapped in Base64 once more.
 */

import type { Range, ScanRule } from './rule.ts';

/** Longest block, in characters; the largest keys in use take a tenth of it. */
const blockLimit = 128 * 1024;

const label = String.raw`[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?`;
const begin = new RegExp(String.raw`-----?\s?BEGIN ${label}\s?-----?`, 'y');
const end = new RegExp(String.raw`-----?\s?END ${label}\s?-----?`, 'y');
const lineBreaks = /\r?\n|(?:\\{1,8}r)?\\{1,8}n|\\{1,8}r/g;

const privateKeyRule: ScanRule = {
  id: 'private-key',
  description: 'Private key in PEM or PGP armour, or what is left of it',
  keywords: ['----begin ', '---- begin '],
  find: findFromBegin,
};

const privateKeyTailRule: ScanRule = {
  id: 'private-key-tail',
  description: 'End of a private key whose beginning is missing',
  keywords: ['----end ', '---- end '],
  find: findFromEnd,
};

const puttyKeyRule: ScanRule = {
  id: 'putty-private-key',
  description: 'Private part of a PuTTY key file',
  keywords: ['private-lines:'],
  find: (text, at) => {
    const from = after(/private-lines:[ \t]{0,4}[0-9]{1,4}/iy, text, at);
    const last = from === undefined ? undefined : lastKeyLine(text, from);
    return from === undefined || last === undefined ? undefined : { start: from, end: last };
  },
};

const encodedKeyRule: ScanRule = {
  id: 'encoded-private-key',
  description: 'Base64 of a PEM block',
  keywords: ['ls0tls1crudjti'],
  find: (text, at) => {
    const from = after(/LS0tLS1CRUdJTi[A-Za-z0-9+/]*={0,2}/y, text, at);
    return from === undefined ? undefined : { start: at, end: lastKeyLine(text, from) ?? from };
  },
};

export const privateKeyRules: readonly ScanRule[] = [privateKeyRule, privateKeyTailRule, puttyKeyRule, encodedKeyRule];

function findFromBegin(text: string, keyword: number): Range | undefined {
  const start = text.charAt(keyword - 1) === '-' ? keyword - 1 : keyword;
  const from = after(begin, text, start) ?? after(begin, text, keyword);
  if (from === undefined) return undefined;
  const last = lastKeyLine(text, from);
  return last === undefined ? undefined : { start, end: throughEnd(text, last) };
}

/** Takes the END line in when only line ends and decoration stand before it. */
function throughEnd(text: string, last: number): number {
  const dashes = text.indexOf('----', last);
  if (dashes < 0 || dashes - last > 64) return last;
  if (!/^(?:\s|\\{1,8}[nrt]|["'`,;+>|*#/-]|\d{1,6}[→:|\t])*$/.test(text.slice(last, dashes))) return last;
  for (let at = dashes; at < dashes + 3; at++) {
    const behind = after(end, text, at);
    if (behind !== undefined) return behind;
  }
  return last;
}

function findFromEnd(text: string, keyword: number): Range | undefined {
  const at = text.charAt(keyword - 1) === '-' ? keyword - 1 : keyword;
  const behind = after(end, text, at);
  if (behind === undefined) return undefined;
  const dashes = at < 6 ? -1 : text.lastIndexOf('-----', at - 6);
  const floor = Math.max(0, at - blockLimit, dashes < 0 ? 0 : dashes + 5);
  const lines = linesOf(text.slice(floor, at), floor);
  let first: number | undefined;
  for (const line of lines.reverse()) {
    const run = keyRun(text, line);
    if (run === 'blank') continue;
    // The last lines of a key are short; a word is no line of a key.
    if (!run || (!run.full && !mayBeLast(text, run, first))) break;
    first = run.start;
  }
  return first === undefined ? undefined : { start: first, end: behind };
}

/** Whether a short line ends a key: nothing or only the checksum of PGP comes after it, and it is more than a word. */
function mayBeLast(text: string, run: Range, next: number | undefined): boolean {
  return next === undefined ? /[0-9+/=]/.test(text.slice(run.start, run.end)) : text.charAt(next) === '=';
}

/** The end of the last line, from `from` on, that belongs to a key; undefined when none does. */
function lastKeyLine(text: string, from: number): number | undefined {
  const stop = text.indexOf('----', from);
  const lines = linesOf(text.slice(from, Math.min(stop < 0 ? text.length : stop, from + blockLimit)), from);
  let last: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (last === undefined && isHeader(text, line)) continue;
    const run = keyRun(text, line);
    if (run === 'blank') continue;
    if (!run || (last === undefined && !run.full)) break;
    last = run.end;
    // Only the last line of a key is short, but for the checksum of PGP.
    if (!run.full && !isChecksum(text, lines[index + 1])) break;
  }
  return last;
}

/** The lines of a region that begins at `offset` of the text, at real and at written-out line breaks. */
function linesOf(region: string, offset: number): Range[] {
  const lines: Range[] = [];
  let start = 0;
  for (const match of region.matchAll(lineBreaks)) {
    lines.push({ start: offset + start, end: offset + match.index });
    start = match.index + match[0].length;
  }
  lines.push({ start: offset + start, end: offset + region.length });
  return lines;
}

/** What stands before and behind a line of a key: comment and diff signs, line numbers, quotes, the `+` between two literals. */
const decoration = String.raw`(?:\s{0,16}//\s)?[\s>|*#"'${'`'}-]{0,16}(?:\d{1,6}[→:|\t]\s{0,4})?[+\s-]{0,4}["'${'`'}]?`;
const keyLine = new RegExp(String.raw`^(${decoration})((?:[A-Za-z0-9+/=]{16,} )*[A-Za-z0-9+/=]+)["'${'`'},;+\\\s-]{0,16}$`);
const blankLine = /^[\s>|*#"'`+,;/-]{0,32}(?:\d{1,6}[→:|\t])?[\s+-]{0,8}$/;
/** Shortest run, in characters, that can be nothing but a line of a key. */
const fullRun = 16;

function keyRun(text: string, line: Range): (Range & { readonly full: boolean }) | 'blank' | undefined {
  const content = text.slice(line.start, line.end);
  if (blankLine.test(content)) return 'blank';
  const match = keyLine.exec(content);
  if (match) {
    const start = line.start + (match[1] ?? '').length;
    const length = (match[2] ?? '').length;
    return { start, end: start + length, full: length >= fullRun };
  }
  // The key may end inside the line: in front of a closing quote, say, with more of the program behind.
  const head = /^[\s"'`]{0,8}(?:[A-Za-z0-9+/=]{16,}(?: [A-Za-z0-9+/=]{16,})*|[A-Za-z0-9+/=]+(?=["'`\\,;)<&]))/.exec(content);
  return head ? { start: line.start, end: line.start + head[0].length, full: false } : undefined;
}

const checksum = /^[\s>|*#+"'`-]{0,16}(?:\d{1,6}[→:|\t]\s{0,4})?=[A-Za-z0-9+/]{4}/;

function isChecksum(text: string, line: Range | undefined): boolean {
  return line !== undefined && checksum.test(text.slice(line.start, line.start + 40));
}

const header =
  /^[\s>|*#+"'`-]{0,16}(?:\d{1,6}[→:|\t])?\s*(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID|Subject|X-[\w-]{1,30}):/;

function isHeader(text: string, line: Range): boolean {
  return header.test(text.slice(line.start, Math.min(line.end, line.start + 80)));
}

function after(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}
