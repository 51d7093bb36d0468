import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { PackedOutput } from '../../shared/fullOutput.ts';

/** Collects all that a command prints, in little memory: it is packed while the command runs, on a thread of its own. */
export interface OutputPacker {
  /** A piece as the terminal got it; may end anywhere. */
  push(piece: string): void;
  /** Resolves with what there is so far, once it is packed. Rejects when it cannot be packed. */
  read(): Promise<PackedOutput>;
}

/** Some characters in a row. `text` goes once they are packed, or given up. */
interface Segment {
  readonly length: number;
  text: string | undefined;
  packed: string;
}

const pack = promisify(gzip);
/** Characters that are packed together: large enough to become small, small enough that the event loop does not notice. */
const longestSegment = 128 << 10;

/** @param limit characters to keep: half of them from the beginning and half from the end where there are more */
export function createOutputPacker(limit: number): OutputPacker {
  const segmentLength = Math.min(longestSegment, Math.ceil(limit / 8));
  const first = createRow();
  const last = createRow();
  let open = '';
  let omitted = 0;
  /** One at a time: the threads are there for all extensions. */
  let packing = Promise.resolve();

  function close(): void {
    if (open === '') return;
    const segment: Segment = { text: open, length: open.length, packed: '' };
    open = '';
    const isBeginning = last.segments.length === 0 && first.length() + segment.length <= limit / 2;
    (isBeginning ? first : last).add(segment);
    while (last.length() > limit / 2 && last.segments.length > 1) omitted += last.giveUpOldest();
    packing = packing.then(() => packSegment(segment));
    // Whoever reads is told; until then it is nobody's.
    packing.catch(() => undefined);
  }

  return {
    push(piece) {
      for (let from = 0; from < piece.length;) {
        const until = wholeCharacters(piece, from + segmentLength - open.length);
        open += piece.slice(from, until);
        from = until;
        if (open.length >= segmentLength - 1) close();
      }
    },
    async read() {
      close();
      await packing;
      const [head, tail] = [first, last].map(({ segments }) => segments.map(({ packed }) => packed)) as [string[], string[]];
      return omitted === 0 ? { first: [...head, ...tail], last: [], omitted } : { first: head, last: tail, omitted };
    },
  };
}

async function packSegment(segment: Segment): Promise<void> {
  const { text } = segment;
  if (text === undefined) return;
  const packed = await pack(text, { level: constants.Z_BEST_SPEED });
  segment.packed = packed.toString('base64');
  segment.text = undefined;
}

/** Where a text may be cut at `at`, or right before: not within a character of two units. */
function wholeCharacters(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  return at < text.length && unit >= 0xd800 && unit < 0xdc00 ? at - 1 : Math.min(at, text.length);
}

interface Row {
  readonly segments: Segment[];
  add(segment: Segment): void;
  /** Of all its segments, in characters. */
  length(): number;
  /** Takes the oldest one out and returns its length. */
  giveUpOldest(): number;
}

function createRow(): Row {
  const segments: Segment[] = [];
  let sum = 0;
  return {
    segments,
    add(segment) {
      segments.push(segment);
      sum += segment.length;
    },
    length: () => sum,
    giveUpOldest() {
      const oldest = segments.shift();
      if (!oldest) return 0;
      oldest.text = undefined;
      sum -= oldest.length;
      return oldest.length;
    },
  };
}
