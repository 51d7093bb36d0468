import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { parseObject } from '../formats/json.ts';
import { formatName, isTranscriptLine, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';

/** Agent sessions of Cursor and its command line, as far as their transcripts tell; its databases are not read. */
export const cursor: Importer = {
  source: sourceName,
  displayName: 'Cursor',
  capabilities: { formats: [formatName], leftOut, usage: false },
  roots,
  recognise,
  open: openReader,
};

// A first line can be longer than the sample: then its first fields have to do.
const longFirstLine = /^\s*\{"role":"(?:user|assistant)","message":\{"content":\[\{"type":"(?:text|tool_use)",/;

function roots({ platform, home, env }: Machine): readonly Root[] {
  const separator = platform === 'win32' ? '\\' : '/';
  const own = `${home}${separator}.cursor`;
  const folders = [env['CURSOR_DATA_DIR'] || own, own].map((folder) => folder.replace(/[\\/]+$/, ''));
  return [...new Set(folders)].map((folder) => ({ path: `${folder}${separator}projects`, mayHold, mayEnter }));
}

function mayHold(relativePath: string): boolean {
  return /^[^/]+\/agent-transcripts\/[^/]+\/(?:subagents\/)?[^/]+\.jsonl$/.test(relativePath);
}

function mayEnter(relativePath: string): boolean {
  return /^[^/]+(?:\/agent-transcripts(?:\/[^/]+(?:\/subagents)?)?)?$/.test(relativePath);
}

function recognise({ head }: Sample): Recognition | undefined {
  const lines = head.replace(/^\uFEFF/, '').split('\n');
  const first = lines.map(parseObject).find((value) => value !== undefined);
  const isOne = first === undefined ? lines.length === 1 && longFirstLine.test(head) : isTranscriptLine(first);
  return isOne ? { format: formatName, unit: 'line' } : undefined;
}
