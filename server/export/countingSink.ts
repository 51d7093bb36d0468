/** A sink that keeps nothing but the size and the beginning of what it is given: for previews. */

import { refusal } from './failure.ts';
import type { Layout, Sink } from './exporter.ts';

export interface CountingSink {
  readonly sink: Sink;
  bytes(): number;
  files(): number;
  /** The beginning of the first file; empty where it is no text. */
  sample(): string;
}

/** Characters. */
const sampleSize = 2_000;

export function countingSink(layout: Layout): CountingSink {
  let bytes = 0;
  let files = 0;
  let sample = '';
  return {
    sink: {
      layout,
      open(name) {
        if (layout === 'file' && files > 0) return Promise.reject(refusal('several-files', `There is more than one file to write, ${name} among them. Choose a folder.`, name));
        const isFirst = files++ === 0;
        return Promise.resolve({
          write(chunk) {
            bytes += Buffer.byteLength(chunk);
            if (isFirst && typeof chunk === 'string' && sample.length < sampleSize) sample = (sample + chunk).slice(0, sampleSize).toWellFormed();
            return Promise.resolve();
          },
          close: () => Promise.resolve(),
        });
      },
    },
    bytes: () => bytes,
    files: () => files,
    sample: () => sample,
  };
}
