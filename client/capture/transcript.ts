import { plainText } from './plainText.ts';

/** Collects what a command prints, keeping its beginning and its end. */
export interface Transcript {
  /** A piece as the terminal got it, control sequences and all; may end anywhere. Cheap: nothing is looked at here. */
  push(piece: string): void;
  /** Whether nothing was pushed, not even a control sequence. */
  readonly isEmpty: boolean;
  read(): TranscriptText;
}

export interface TranscriptText {
  /** Plain text, at most `limit` characters and the line that marks the gap. */
  readonly text: string;
  /** Characters left out between beginning and end; of a long output, control sequences count too. */
  readonly omitted: number;
}

const gap = '\n…\n';

/** @param limit characters to keep, half of them from the beginning and half from the end */
export function createTranscript(limit: number): Transcript {
  let head = '';
  let tail: string[] = [];
  let tailLength = 0;
  let evicted = 0;

  function pushTail(piece: string): void {
    tail.push(piece);
    tailLength += piece.length;
    // Let it grow to twice its size before the beginning is given up: then that happens seldom.
    if (tailLength < 2 * limit) return;
    const kept = tail.join('').slice(-limit);
    evicted += tailLength - kept.length;
    tail = [kept];
    tailLength = kept.length;
  }

  return {
    push(piece) {
      const room = Math.max(0, limit - head.length);
      head += piece.slice(0, room);
      if (piece.length > room) pushTail(piece.slice(room));
    },
    get isEmpty() {
      return head === '';
    },
    read() {
      const end = tail.join('');
      if (evicted === 0) return bounded(plainText(head + end), '', 0, limit);
      // Both cut edges may lie inside a control sequence: whole lines only.
      const first = head.slice(0, head.lastIndexOf('\n') + 1);
      const last = end.slice(end.indexOf('\n') + 1);
      const cut = head.length - first.length + end.length - last.length;
      return bounded(plainText(first), plainText(last), evicted + cut, limit);
    },
  };
}

/** `first` and `last` are one text when nothing is missing between them. */
function bounded(first: string, last: string, missing: number, limit: number): TranscriptText {
  if (missing === 0 && first.length <= limit) return { text: first.trimEnd(), omitted: 0 };
  const half = Math.floor(limit / 2);
  const beginning = upToLineEnd(first, half);
  const rest = missing === 0 ? first.slice(beginning.length) : last;
  const ending = fromLineStart(rest, half);
  const omitted = missing + (first.length + last.length - beginning.length - ending.length);
  return { text: (beginning.trimEnd() + gap + ending).trim(), omitted };
}

/** At most `length` characters, whole lines where there are any. */
function upToLineEnd(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.lastIndexOf('\n', length - 1);
  return text.slice(0, end > 0 ? end + 1 : length);
}

function fromLineStart(text: string, length: number): string {
  if (text.length <= length) return text;
  const start = text.indexOf('\n', text.length - length - 1);
  return start >= 0 && start + 1 < text.length ? text.slice(start + 1) : text.slice(text.length - length);
}
