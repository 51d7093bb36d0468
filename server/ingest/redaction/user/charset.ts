/** Sets of UTF-16 code units, as inclusive ranges in order. */

export type Charset = readonly (readonly [from: number, to: number])[];

const last = 0xffff;

export const digits: Charset = [[0x30, 0x39]];
export const wordUnits: Charset = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
export const spaces: Charset = [[9, 13], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]];
/** What `.` means. */
export const notLineEnds: Charset = inverted([[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]]);

export function inverted(set: Charset): Charset {
  const found: [number, number][] = [];
  let from = 0;
  for (const [start, end] of joined(set)) {
    if (start > from) found.push([from, start - 1]);
    from = end + 1;
  }
  return from <= last ? [...found, [from, last]] : found;
}

/** In order, and none touches another. */
export function joined(set: Charset): Charset {
  const found: [number, number][] = [];
  for (const [from, to] of set.toSorted(([a], [b]) => a - b)) {
    const before = found.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else found.push([from, to]);
  }
  return found;
}

/** The set with the other case of each letter; beyond a few hundred units only of ASCII. */
export function anyCase(set: Charset): Charset {
  const other: [number, number][] = [];
  for (const [from, to] of set) {
    for (let unit = from; unit <= Math.min(to, from + 512); unit++) {
      const text = String.fromCharCode(unit);
      for (const each of [text.toLowerCase(), text.toUpperCase()]) if (each.length === 1) other.push([each.charCodeAt(0), each.charCodeAt(0)]);
    }
    if (from <= 0x5a && to >= 0x41) other.push([Math.max(from, 0x41) + 32, Math.min(to, 0x5a) + 32]);
    if (from <= 0x7a && to >= 0x61) other.push([Math.max(from, 0x61) - 32, Math.min(to, 0x7a) - 32]);
  }
  return joined([...set, ...other]);
}

/** A quick test of membership. */
export function memberOf(set: Charset): (unit: number) => boolean {
  const ascii = new Uint8Array(128);
  const beyond = joined(set).filter(([, to]) => to >= 128);
  for (const [from, to] of set) for (let unit = from; unit <= Math.min(to, 127); unit++) ascii[unit] = 1;
  return (unit) => (unit < 128 ? ascii[unit] === 1 : beyond.some(([from, to]) => unit >= from && unit <= to));
}
