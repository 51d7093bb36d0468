/** Characters that look random, the same for the same seed. */

import { seeded } from '../server/durability/random.ts';

export interface Draw {
  hex(length: number): string;
  /** Letters of both cases and digits. */
  word(length: number): string;
  lower(length: number): string;
  /** Capitals and the digits 2 to 7. */
  upper(length: number): string;
  digits(length: number): string;
  uuid(): string;
  /** A printable password that a person or a generator may choose. */
  password(): string;
  pick<T>(list: readonly T[]): T;
  below(limit: number): number;
}

const alphabets = {
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  word: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  digits: '0123456789',
  marks: '!#%*+-._~',
} as const;

export function createDraw(seed: number): Draw {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const of = (alphabet: string) => (length: number): string => Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join('');
  const [hex, word, lower, upper, digits, marks] = [alphabets.hex, alphabets.word, alphabets.lower, alphabets.upper, alphabets.digits, alphabets.marks].map(of) as
    [Draw['hex'], Draw['hex'], Draw['hex'], Draw['hex'], Draw['hex'], Draw['hex']];
  return {
    hex, word, lower, upper, digits, below,
    uuid: () => [hex(8), hex(4), `4${hex(3)}`, `a${hex(3)}`, hex(12)].join('-'),
    password: () => `${word(5)}${marks(1)}${digits(2)}${lower(4)}${marks(1)}${word(3)}`,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
  };
}
