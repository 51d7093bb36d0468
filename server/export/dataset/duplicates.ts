/**
 * Finds examples that were there before, word for word or nearly so: a model learns what is repeated by heart, and a test that resembles
 * the training proves nothing. Nearly the same is told by MinHash over runs of words (Broder 1997), looked up by bands; the libraries for
 * it that the registry has are not kept any more.
 */

import { createHash } from 'node:crypto';

export type Verdict = 'new' | 'exact' | 'near';

/** Words in a run. */
const runLength = 5;
/** Smallest hashes that are kept of an example, in bands that are looked up whole: alike to nine tenths is found nearly always. */
const bands = 16;
const rows = 4;
const size = bands * rows;
/** Part of the smallest hashes that two examples share, from which on they are the same. */
export const nearlySame = 0.85;

/** Remembers what it is asked about: the first of several that are alike is new. About a kilobyte for each. */
export function createDuplicates(): { verdict(text: string): Verdict } {
  const exact = new Set<string>();
  const kept: Uint32Array[] = [];
  const byBand = Array.from({ length: bands }, () => new Map<number, number[]>());

  function resembles(signature: Uint32Array): boolean {
    const seen = new Set<number>();
    for (const [band, index] of byBand.entries()) {
      for (const at of index.get(bandOf(signature, band)) ?? []) {
        if (seen.has(at)) continue;
        seen.add(at);
        if (shared(signature, kept[at] ?? signature) >= nearlySame * size) return true;
      }
    }
    return false;
  }

  return {
    verdict(text) {
      const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
      const digest = createHash('sha256').update(words.length > 0 ? words.join(' ') : text).digest('base64');
      if (exact.has(digest)) return 'exact';
      exact.add(digest);
      if (words.length < runLength) return 'new';
      const signature = signatureOf(words);
      if (resembles(signature)) return 'near';
      for (const [band, index] of byBand.entries()) {
        const key = bandOf(signature, band);
        const those = index.get(key);
        if (those) those.push(kept.length);
        else index.set(key, [kept.length]);
      }
      kept.push(signature);
      return 'new';
    },
  };
}

function signatureOf(words: readonly string[]): Uint32Array {
  const signature = new Uint32Array(size).fill(0xffff_ffff);
  const hashes = words.map(hashOf);
  const runs = new Set<number>();
  for (let at = 0; at + runLength <= hashes.length; at++) {
    let run = 0;
    for (let word = 0; word < runLength; word++) run = mixed(run ^ (hashes[at + word] ?? 0));
    runs.add(run);
  }
  for (const run of runs) {
    for (let row = 0; row < size; row++) {
      const value = mixed(run ^ Math.imul(row + 1, 0x9e37_79b1));
      if (value < (signature[row] ?? 0)) signature[row] = value;
    }
  }
  return signature;
}

/** FNV-1a over the UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x0100_0193);
  return hash >>> 0;
}

/** Spreads 32 bits over 32 bits, no two to one (the finalizer of MurmurHash3). */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function bandOf(signature: Uint32Array, band: number): number {
  return signature.subarray(band * rows, (band + 1) * rows).reduce((key, value) => mixed(key ^ value), band);
}

function shared(a: Uint32Array, b: Uint32Array): number {
  return a.reduce((sum, value, at) => sum + (value === b[at] ? 1 : 0), 0);
}
