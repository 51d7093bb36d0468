/** Words of people, models and commands, invented anew for each session, and the same for the same seed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../places.ts';

/** What happens in a turn: a question, thoughts and an answer, a command and what it printed. */
export interface Turn {
  readonly ask: string;
  readonly say: string;
  readonly command: string;
  readonly output: string;
}

/** A session that a tool writes down. */
export interface Session {
  /** From 0, over all tools. */
  readonly number: number;
  /** UUID. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly turns: readonly Turn[];
}

/** Code and comments that every install has, so that words are as frequent as they are in life. */
const source = join(root, 'node_modules/typescript/lib/typescript.js');
/** What the source does not have: letters and signs beyond ASCII, in UTF-8 and UTF-16. */
const others = ['naïve', 'größe', 'façade', 'данные', '世界', '→', '✓', '👩‍👩‍👧'];
const poolLength = 4 << 20;
/** Characters of a question, an answer and an output, at most. */
const lengths = { ask: 600, say: 3_000, output: 12_000 } as const;
/** Bytes of a turn in most formats, their own included; for how many turns make so many bytes. */
const turnBytes = 9_500;
export const turnMs = 45_000;

export interface Words {
  /** @param bytes about as many as its file is to have */
  session(number: number, bytes: number): Session;
}

export function createWords(seed: number): Words {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pool = makePool(below);

  function text(length: number): string {
    const from = below(pool.length - length);
    // A number of its own: no two texts are the same.
    return `${below(1e9)} ${pool.slice(from, from + length)}`.toWellFormed();
  }

  return {
    session(number, bytes) {
      const turns = Math.max(1, Math.round((bytes / turnBytes) * (0.5 + random())));
      return {
        number,
        id: `5e551011-${String(number % 10_000).padStart(4, '0')}-4000-8000-${String(number).padStart(12, '0')}`,
        start: Date.UTC(2026, 0, 5) + number * 2_000_000,
        turns: Array.from({ length: turns }, () => ({
          ask: text(below(lengths.ask)), say: text(below(lengths.say)), command: `npm test -- ${below(1e6)}`, output: text(below(lengths.output)),
        })),
      };
    },
  };
}

function makePool(below: (limit: number) => number): string {
  const text = readFileSync(source, 'utf8').slice(0, poolLength);
  return text.split('\n').map((line) => (below(20) === 0 ? `${line} ${others[below(others.length)] ?? ''}` : line)).join('\n');
}

/** Mulberry32: small, and good enough for words. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
