/** The files of a dataset's splits: lines go into the split of the session they are of, unless one like them is in any of the splits. */

import { createHash, type Hash } from 'node:crypto';
import type { DatasetSplit, ExportedFile, SplitName } from '../../../shared/exportResults.ts';
import type { Sink, SinkFile } from '../exporter.ts';
import { createDuplicates } from './duplicates.ts';

export interface Splits {
  /** For a format of lines. */
  readonly sink: Sink;
  /** What is written from now on is of another session, in this split. */
  begin(split: SplitName): void;
  /** Those that hold something, in the usual order. */
  close(): Promise<(DatasetSplit & { readonly sha256: string })[]>;
  duplicates(): { readonly exact: number; readonly near: number };
  /** Columns whose values are lists of objects in all lines; they may differ in shape from line to line. */
  columns(): string[];
}

interface Part {
  readonly file: SinkFile;
  readonly hash: Hash;
  examples: number;
  sessions: number;
  bytes: number;
  hasCurrent: boolean;
}

const order: readonly SplitName[] = ['train', 'validation', 'test'];

export function openSplits(into: Sink): Splits {
  const parts = new Map<SplitName, Part>();
  const seen = createDuplicates();
  const left = { exact: 0, near: 0 };
  const shapes = new Map<string, boolean>();
  let current: SplitName = 'train';

  async function partOf(split: SplitName): Promise<Part> {
    const part = parts.get(split) ?? { file: await into.open(nameOf(split)), hash: createHash('sha256'), examples: 0, sessions: 0, bytes: 0, hasCurrent: false };
    parts.set(split, part);
    return part;
  }

  async function add(line: string): Promise<void> {
    const verdict = seen.verdict(line);
    if (verdict !== 'new') {
      left[verdict]++;
      return;
    }
    for (const [name, value] of Object.entries(JSON.parse(line) as object)) shapes.set(name, (shapes.get(name) ?? true) && isObjects(value));
    const part = await partOf(current);
    await part.file.write(line);
    part.hash.update(line);
    part.bytes += Buffer.byteLength(line);
    part.examples++;
    if (!part.hasCurrent) part.sessions++;
    part.hasCurrent = true;
  }

  return {
    sink: {
      layout: 'file',
      open: () => Promise.resolve({ write: (chunk) => add(String(chunk)), close: () => Promise.resolve() }),
    },
    begin(split) {
      for (const part of parts.values()) part.hasCurrent = false;
      current = split;
    },
    async close() {
      for (const { file } of parts.values()) await file.close();
      return order.flatMap((name) => {
        const part = parts.get(name);
        return part ? [{ name, file: nameOf(name), examples: part.examples, sessions: part.sessions, bytes: part.bytes, sha256: part.hash.digest('hex') }] : [];
      });
    },
    duplicates: () => ({ ...left }),
    columns: () => ([...shapes.values()].every(Boolean) ? [...shapes.keys()] : []),
  };
}

function nameOf(split: SplitName): string {
  return `data/${split}.jsonl`;
}

function isObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null);
}

/** Writes a whole file. */
export async function writeHashed(sink: Sink, name: string, text: string): Promise<ExportedFile> {
  const file = await sink.open(name);
  await file.write(text);
  await file.close();
  return { name, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}
