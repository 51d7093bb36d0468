/**
 * Reads frames. One that was read stays for a while, since its neighbours are wanted next. A search opens dozens of them for a few lines each:
 * those lines stay longer than their frames, so that the next letter, or the next filter, does not open the same ones again.
 */

import { decompressed } from './frames.ts';
import { sealedPath, type Journal } from './journal.ts';

/** Where a frame lies. What lies at a place of a sealed file never changes, so that its place is its name. */
export interface FramePlace {
  /** Journal file, without `.zst`. */
  readonly path: string;
  readonly start: number;
  readonly length: number;
  /** Of its lines. */
  readonly bytes: number;
}

export interface FrameReader {
  /** The lines of a frame; nothing when it is damaged or gone. */
  read(frame: FramePlace): Buffer;
  /** Bytes of them, from `start` up to `end`; all there is when there are fewer. */
  part(frame: FramePlace, start: number, end: number): Buffer;
  /** Forgets what was read. */
  rest(): void;
}

/** Bytes of frames, and of parts, that are kept. */
const most = { frames: 4 << 20, parts: 2 << 20 };
/** What a part costs beyond its bytes, about. */
const partCost = 300;

export function openFrameReader(journal: Journal): FrameReader {
  const frames = openKept(most.frames, 0);
  const parts = openKept(most.parts, partCost);

  function read(place: FramePlace): Buffer {
    const name = nameOf(place);
    const known = frames.get(name);
    if (known) return known;
    const { path, start, length, bytes } = place;
    const frame = journal.read(sealedPath(path), start, length);
    if (frame.length < length) return Buffer.alloc(0); // somebody took it away; the index learns of it when it catches up
    // Nothing when the frame is damaged, or lies elsewhere since a moment ago because its file is being rewritten without what was forgotten.
    const lines = decompressed(frame, bytes) ?? Buffer.alloc(0);
    frames.set(name, lines);
    return lines;
  }

  return {
    read,
    part(place, start, end) {
      const name = `${nameOf(place)}:${start}`;
      const known = parts.get(name);
      if (known) return known;
      const found = read(place).subarray(start, end);
      // A copy: a view would hold the whole frame.
      if (found.length > 0) parts.set(name, Buffer.from(found));
      return found;
    },
    rest() {
      frames.clear();
      parts.clear();
    },
  };
}

function nameOf({ path, start, length }: FramePlace): string {
  return `${path}:${start}:${length}`;
}

interface Kept {
  get(name: string): Buffer | undefined;
  set(name: string, value: Buffer): void;
  clear(): void;
}

/** What was used last, up to so many bytes; always at least one. */
function openKept(mostBytes: number, costOfEach: number): Kept {
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  return {
    get(name) {
      const known = kept.get(name);
      if (!known) return undefined;
      kept.delete(name);
      kept.set(name, known);
      return known;
    },
    set(name, value) {
      kept.set(name, value);
      bytes += value.length + costOfEach;
      for (const [oldest, { length }] of kept) {
        if (bytes <= mostBytes || oldest === name) break;
        kept.delete(oldest);
        bytes -= length + costOfEach;
      }
    },
    clear() {
      kept.clear();
      bytes = 0;
    },
  };
}
