/**
 * Other readings of a string in which a secret may be hidden from a plain look: without terminal control sequences and invisible
 * characters, and with written-out escapes (`\u0041`, `\/`, `\"`, `\n`) decoded. Each reading leads back to the original.
 */

import type { Range } from './rule.ts';

/** One reading of a string. */
export interface View {
  readonly text: string;
  /** The original characters that a range of this reading came from. */
  readonly original: (range: Range) => Range;
}

/** JSON in JSON in JSON. */
const deepest = 3;

// Control characters but white space, characters without a width, separators of Unicode that are no line ends elsewhere.
const unseen = [
  String.raw`\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f`,
  String.raw`\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb`,
].join('');
const candidate = new RegExp(String.raw`[\\${unseen}]`, 'g');
/** One thing to take out or decode: a terminal sequence (CSI, OSC, short), an unseen character, an escape, a line continuation. */
const hidden = new RegExp(
  [
    String.raw`(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]`,
    String.raw`(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,2048}(?:\x07|\x1b\\|\x9c)`,
    String.raw`\x1b[()][AB0]|\x1b[@-Z\\^_=>]`,
    `[${unseen}]`,
    String.raw`\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\\r?\n|\\[\\"'${'`'}/nrtbf]`,
  ].join('|'),
  'y',
);

/** The string itself and every further reading it has. */
export function views(text: string): readonly View[] {
  const found: View[] = [{ text, original: (range) => range }];
  for (let last = found[0]; last && found.length <= deepest; last = found[found.length - 1]) {
    const next = reveal(last);
    if (!next) break;
    found.push(next);
  }
  return found;
}

/** A run of characters taken over, or one that stands for several. Starts and lengths in this reading and the one before. */
interface Run {
  readonly start: number;
  readonly from: number;
  readonly fromLength: number;
  readonly copied: boolean;
}

/** The next reading; undefined when it is the same. */
function reveal(view: View): View | undefined {
  const parts: string[] = [];
  const runs: Run[] = [];
  let length = 0;
  let end = 0;
  const push = (text: string, from: number, to: number, copied: boolean): void => {
    if (text !== '') runs.push({ start: length, from, fromLength: to - from, copied });
    parts.push(text);
    length += text.length;
    end = to;
  };
  candidate.lastIndex = 0;
  for (let found = candidate.exec(view.text); found; found = candidate.exec(view.text)) {
    hidden.lastIndex = found.index;
    const match = hidden.exec(view.text);
    if (!match) continue;
    push(view.text.slice(end, found.index), end, found.index, true);
    push(decode(match[0]), found.index, hidden.lastIndex, false);
    candidate.lastIndex = end;
  }
  if (end === 0) return undefined;
  push(view.text.slice(end), end, view.text.length, true);
  return { text: parts.join(''), original: (range) => view.original(trace(runs, range)) };
}

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '', '\n': '', '\r': '' };

function decode(sequence: string): string {
  if (!sequence.startsWith('\\')) return '';
  const letter = sequence.charAt(1);
  if (letter === 'u' || letter === 'x') return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  return letters[letter] ?? letter;
}

function trace(runs: readonly Run[], range: Range): Range {
  const first = runAt(runs, range.start);
  const last = runAt(runs, range.end - 1);
  if (!first || !last) return { start: 0, end: 0 };
  return {
    start: first.copied ? first.from + range.start - first.start : first.from,
    end: last.copied ? last.from + range.end - last.start : last.from + last.fromLength,
  };
}

/** The run that holds a position, by bisection. */
function runAt(runs: readonly Run[], position: number): Run | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.start ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return runs[low];
}
