import { globalStorages, joinOn } from '../formats/userDirectories.ts';
import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { parseObject } from '../formats/json.ts';
import { formatName, isTranscriptLine, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';
import { stateFormat } from './bubble.ts';
import { readState } from './state.ts';

/** Cursor: chats and agent sessions of its database, and the transcripts that agents and its command line write beside it. */
export const cursor: Importer = {
  source: sourceName,
  displayName: 'Cursor',
  capabilities: { formats: [formatName, stateFormat], leftOut, usage: true },
  roots,
  recognise,
  open: openReader,
  read: readState,
};

// A first line can be longer than the sample: then its first fields have to do.
const longFirstLine = /^\s*\{"role":"(?:user|assistant)","message":\{"content":\[\{"type":"(?:text|tool_use)",/;

function roots(machine: Machine): readonly Root[] {
  return [...transcriptRoots(machine), ...stateRoots(machine)];
}

/** Where Cursor keeps what all its windows share. */
function stateRoots(machine: Machine): readonly Root[] {
  const join = joinOn(machine);
  const folders = globalStorages(machine).filter((folder) => /[\\/](?:Cursor|\.cursor-server[\\/]data)[\\/]User[\\/]globalStorage$/.test(folder));
  return folders.map((path) => ({ path: join(path), mayHold: (below) => below === 'state.vscdb', mayEnter: () => false }));
}

function transcriptRoots({ platform, home, env }: Machine): readonly Root[] {
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
  if (head.startsWith('SQLite format 3\0')) return head.includes('cursorDiskKV') ? { format: stateFormat, unit: 'database' } : undefined;
  const lines = head.replace(/^\uFEFF/, '').split('\n');
  const first = lines.map(parseObject).find((value) => value !== undefined);
  const isOne = first === undefined ? lines.length === 1 && longFirstLine.test(head) : isTranscriptLine(first);
  return isOne ? { format: formatName, unit: 'line' } : undefined;
}
