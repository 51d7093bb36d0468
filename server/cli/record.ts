/** `daybook record`: JSON lines in, in batches that share a sync. */

import { createInterface } from 'node:readline';
import type { RecordResult } from '../../shared/results.ts';
import type { Core } from '../core.ts';

const batchSize = 500;

export async function recordLines(core: Core, input: NodeJS.ReadableStream): Promise<RecordResult> {
  let accepted = 0;
  let duplicates = 0;
  const rejected: { line: number; reason: string }[] = [];
  let batch: { line: number; value: unknown }[] = [];
  let number = 0;

  async function flush(): Promise<void> {
    const sent = batch;
    batch = [];
    const result = await core.record(sent.map(({ value }) => value), 'cli');
    accepted += result.accepted;
    duplicates += result.duplicates;
    for (const { line, reason } of result.rejected) rejected.push({ line: sent[line - 1]?.line ?? 0, reason });
  }

  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number++;
    if (text.trim() === '') continue;
    const value = parse(number === 1 ? text.replace(/^\ufeff/, '') : text); // some shells begin what they pipe with a mark of byte order
    if (value === undefined) rejected.push({ line: number, reason: 'The line is not JSON.' });
    else batch.push({ line: number, value });
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  return { accepted, duplicates, rejected: rejected.sort((a, b) => a.line - b.line) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the caller says which line
  }
}
