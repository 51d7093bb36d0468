/** What Daybook has written, read as plain files: what a person would find without Daybook. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DaybookRecord } from '../../shared/record.ts';

export interface JournalLine {
  /** Path below the data directory, with `/`. */
  readonly file: string;
  readonly record: DaybookRecord<Readonly<Record<string, unknown>>>;
}

const pollMs = 50;
const longestMs = 30_000;

/** All lines, in the order of their files; none where nothing was written yet. */
export async function journalOf(dataDirectory: string): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  for (const file of (await filesIn(dataDirectory, 'journal')).filter((name) => name.endsWith('.jsonl'))) {
    const text = await readFile(join(dataDirectory, file), 'utf8');
    // What is being written has no line break yet.
    const whole = text.split('\n').slice(0, -1);
    lines.push(...whole.map((line) => ({ file, record: JSON.parse(line) as JournalLine['record'] })));
  }
  return lines;
}

/** The first line that fits, waited for. Rejects with what is there instead when none came in half a minute. */
export async function journalLine(dataDirectory: string, fits: (record: JournalLine['record']) => boolean): Promise<JournalLine> {
  let lines: JournalLine[] = [];
  const until = Date.now() + longestMs;
  while (Date.now() < until) {
    lines = await journalOf(dataDirectory);
    const found = lines.find(({ record }) => fits(record));
    if (found !== undefined) return found;
    await sleep(pollMs);
  }
  const there = lines.map(({ record }) => `${record.type} ${record.subject ?? ''}`).join('\n');
  throw new Error(`The journal did not get the record in ${longestMs / 1000} seconds. It has:\n${there}`);
}

/** Files anywhere in the data directory whose bytes hold the text. */
export async function filesWith(dataDirectory: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesIn(dataDirectory, '.')) {
    const bytes = await readFile(join(dataDirectory, file));
    if (bytes.includes(text)) found.push(file);
  }
  return found;
}

async function filesIn(directory: string, below: string): Promise<string[]> {
  const entries = await readdir(join(directory, below), { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    // Before the first record there is no such folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const root = join(directory, '.');
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll('\\', '/'))
    .sort();
}
