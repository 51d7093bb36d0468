/** Files that may be test reports: told by their beginning, read whole when they are, with bounds. */

import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';

export type ReportFormat = 'junit' | 'lcov';

/** A report that is not read. */
export interface LargeReport {
  readonly isTooLarge: true;
  readonly mtimeMs: number;
}

export interface ReportFile {
  readonly isTooLarge: false;
  readonly format: ReportFormat;
  readonly text: string;
  /** Of its bytes, hex. */
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
}

/** Bytes; the largest that are read. A report of ten thousand tests has two million. */
export const largestReport = 8 * 1024 * 1024;
const headBytes = 4_096;

const signs: readonly (readonly [RegExp, ReportFormat])[] = [
  // The first element: a configuration of PHPUnit has one of that name further in.
  [/^\ufeff?\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<testsuites?[\s>/]/, 'junit'],
  [/^\s*(?:#.*\n)*(?:TN:|SF:)/, 'lcov'],
];

/** Undefined where it is no report, or is gone again. */
export async function readReport(path: string): Promise<ReportFile | LargeReport | undefined> {
  // Asked first: opening a pipe would wait for who writes to it.
  const file = (await stat(path).catch(gone))?.isFile() ? await open(path).catch(gone) : undefined;
  if (!file) return undefined;
  try {
    const { size, mtimeMs } = await file.stat();
    const head = Buffer.alloc(Math.min(headBytes, size));
    await file.read(head, 0, head.length, 0);
    const start = decoded(head);
    const format = signs.find(([sign]) => sign.test(start))?.[1];
    if (format === undefined) return undefined;
    if (size > largestReport) return { isTooLarge: true, mtimeMs };
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    const read = bytes.subarray(0, bytesRead);
    return { isTooLarge: false, format, text: decoded(read), sha256: createHash('sha256').update(read).digest('hex'), mtimeMs };
  } finally {
    await file.close();
  }
}

/** .NET on Windows writes XML in UTF-16. */
function decoded(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  return new TextDecoder(mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8').decode(bytes);
}

/** What is written and removed at once is no report; what may not be read is none for this user. */
function gone(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(String(code))) return undefined;
  throw error;
}
