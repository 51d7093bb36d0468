/** How random a text looks. */

/** Shannon entropy in bits per character; 0 for an empty text. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Shortest text whose entropy says anything, and how much of a long one is looked at. */
const shortest = 20;
const longest = 80;

/** Bits per character from which 20 or more characters count as random, by the alphabet they are written in. */
const thresholds = [
  { alphabet: /^[0-9]+$/, bits: 3 },
  { alphabet: /^(?:[0-9a-f]+|[0-9A-F]+)$/, bits: 2.8 },
  { alphabet: /^[0-9a-z]+$|^[0-9A-Z]+$/, bits: 3.2 },
  { alphabet: /^[\x21-\x7e]+$/, bits: 3.5 },
] as const;

/** Whether a text of at least 20 characters without spaces is as random as a generated secret. */
export function isRandom(text: string): boolean {
  if (text.length < shortest) return false;
  const sample = text.slice(0, longest);
  const threshold = thresholds.find(({ alphabet }) => alphabet.test(sample));
  return threshold !== undefined && entropy(sample) >= threshold.bits;
}
