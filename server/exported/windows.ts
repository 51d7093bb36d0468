/**
 * Millions of short runs of bytes, looked for at once in bytes of whatever size: by two hashes of 32 bits, of which only the values are kept.
 * The first one rolls along, the second is made where the first is known. Two different runs have the same two in less than a thousandth of
 * all cases in which a terabyte is looked through for a million.
 */

/** Bytes in a run. */
export const windowBytes = 24;

export interface Windows {
  readonly size: number;
  /** Adds the run that begins there; `at + windowBytes` must be within. */
  add(bytes: Uint8Array, at: number): void;
  /** Begins to look; calls back with the number of each run that is met, again and again. Nothing may be added from then on. */
  look(onFound: (run: number) => void): Looking;
  /** The numbers of all runs. */
  runs(): Iterable<number>;
  /** Only these. Their numbers are others then. */
  only(runs: ReadonlySet<number>): Windows;
}

export interface Looking {
  /** The next bytes. */
  take(bytes: Uint8Array): void;
  /** What comes now does not follow what came before. */
  restart(): void;
}

const [baseA, baseB] = [0x01000193, 0x2c1b3c6d] as const;
const outA = power(baseA);
const nothing = new Uint8Array(0);
/** Bits of the filter for each run, and how large it is at least and at most: a small one stays near the processor. */
const bitsEach = 128;
const [leastBits, mostBits] = [15, 24] as const;

/** @param given hashes of runs */
export function createWindows(given: Iterable<readonly [number, number]> = []): Windows {
  let mask = (1 << 10) - 1;
  let keysA = new Uint32Array(mask + 1);
  let keysB = new Uint32Array(mask + 1);
  let size = 0;

  function slotOf(a: number, b: number): number {
    let slot = (a ^ (b >>> 7)) & mask;
    while (keysB[slot] !== 0 && (keysA[slot] !== a || keysB[slot] !== b)) slot = (slot + 1) & mask;
    return slot;
  }

  function put(a: number, b: number): void {
    const slot = slotOf(a, b);
    if (keysB[slot] !== 0) return;
    keysA[slot] = a;
    keysB[slot] = b;
    if (++size * 2 > mask) grow();
  }

  function grow(): void {
    const [oldA, oldB] = [keysA, keysB];
    mask = mask * 2 + 1;
    keysA = new Uint32Array(mask + 1);
    keysB = new Uint32Array(mask + 1);
    size = 0;
    for (let at = 0; at < oldB.length; at++) if (oldB[at] !== 0) put(oldA[at] ?? 0, oldB[at] ?? 0);
  }

  /** A bit for each beginning of a first hash: nearly all bytes need no more than a look at it. */
  function filterOf(): { readonly filter: Uint8Array; readonly shift: number } {
    let bits: number = leastBits;
    while (bits < mostBits && 2 ** bits < size * bitsEach) bits++;
    const filter = new Uint8Array(1 << (bits - 3));
    for (let at = 0; at < keysB.length; at++) {
      const bit = (keysA[at] ?? 0) >>> (32 - bits);
      if (keysB[at] !== 0) filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
    }
    return { filter, shift: 32 - bits };
  }

  for (const [a, b] of given) put(a, b);
  return {
    get size() {
      return size;
    },
    add: (bytes, at) => put(hashAt(bytes, at, baseA) >>> 0, secondAt(bytes, at)),
    look(onFound) {
      const { filter, shift } = filterOf();
      let tail: Uint8Array = nothing;

      function scan(bytes: Uint8Array): void {
        if (bytes.length < windowBytes) return;
        let a = hashAt(bytes, 0, baseA);
        for (let end = windowBytes; ; end++) {
          const bit = a >>> shift;
          if ((((filter[bit >>> 3] as number) >>> (bit & 7)) & 1) !== 0) {
            const slot = slotOf(a >>> 0, secondAt(bytes, end - windowBytes));
            if (keysB[slot] !== 0) onFound(slot);
          }
          if (end === bytes.length) return;
          a = (Math.imul(a - Math.imul((bytes[end - windowBytes] as number) + 1, outA), baseA) + (bytes[end] as number) + 1) | 0;
        }
      }

      return {
        take(bytes) {
          if (size === 0) return;
          if (tail.length > 0) scan(Buffer.concat([tail, bytes.subarray(0, windowBytes - 1)]));
          scan(bytes);
          const all = bytes.length < windowBytes - 1 ? Buffer.concat([tail, bytes]) : bytes;
          tail = Buffer.from(all.subarray(Math.max(0, all.length - windowBytes + 1)));
        },
        restart() {
          tail = nothing;
        },
      };
    },
    * runs() {
      for (let slot = 0; slot < keysB.length; slot++) if (keysB[slot] !== 0) yield slot;
    },
    only: (runs) => createWindows([...runs].map((run) => [keysA[run] ?? 0, keysB[run] ?? 0])),
  };
}

function hashAt(bytes: Uint8Array, at: number, base: number): number {
  let value = 0;
  for (let each = at; each < at + windowBytes; each++) value = (Math.imul(value, base) + (bytes[each] as number) + 1) | 0;
  return value;
}

/** Never 0, which stands for a place that is free. */
function secondAt(bytes: Uint8Array, at: number): number {
  return (hashAt(bytes, at, baseB) >>> 0) || 1;
}

/** What the byte that leaves a window is worth: the base to the power of the bytes after it. */
function power(base: number): number {
  let value = 1;
  for (let at = 1; at < windowBytes; at++) value = Math.imul(value, base);
  return value;
}
