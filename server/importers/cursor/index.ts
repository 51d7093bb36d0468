import { globalStorages, joinOn } from '../formats/userDirectories.ts';
import type { Importer, Machine, Recognition, Root, Sample } from '../importer.ts';
import { parseObject } from '../formats/json.ts';
import { formatName, isTranscriptLine, leftOut, sourceName } from './format.ts';
import { openReader } from './reader.ts';
import { stateFormat } from './bubble.ts';
import { readChatStore, storeFormat } from './chatStore.ts';
import { readState } from './state.ts';

/** Cursor: chats and agent sessions of its database, the transcripts that agents write beside it, and the stores of its command line. */
export const cursor: Importer = {
  source: sourceName,
  displayName: 'Cursor',
  capabilities: { formats: [formatName, storeFormat, stateFormat], leftOut, usage: true, lesser: [storeFormat, formatName] },
  roots,
  recognise,
  open: openReader,
  read: (database, file, state) => (file.format === storeFormat ? readChatStore : readState)(database, file, state),
};

// A first line can be longer than the sample: then its first fields have to do.
const longFirstLine = /^\s*\{"role":"(?:user|assistant)","message":\{"content":\[\{"type":"(?:text|tool_use)",/;

function roots(machine: Machine): readonly Root[] {
  return [...ownRoots(machine), ...stateRoots(machine)];
}

/** Where Cursor keeps what all its windows share. */
function stateRoots(machine: Machine): readonly Root[] {
  const join = joinOn(machine);
  const folders = globalStorages(machine).filter((folder) => /[\\/](?:Cursor|\.cursor-server[\\/]data)[\\/]User[\\/]globalStorage$/.test(folder));
  return folders.map((path) => ({ path: join(path), mayHold: (below) => below === 'state.vscdb', mayEnter: () => false }));
}

/** Where agents and the command line keep theirs. */
function ownRoots({ platform, home, env }: Machine): readonly Root[] {
  const separator = platform === 'win32' ? '\\' : '/';
  const own = `${home}${separator}.cursor`;
  const folders = [...new Set([env['CURSOR_DATA_DIR'] || own, own].map((folder) => folder.replace(/[\\/]+$/, '')))];
  return [
    ...folders.map((folder) => ({ path: `${folder}${separator}projects`, mayHold, mayEnter })),
    ...folders.map((folder) => ({ path: `${folder}${separator}chats`, mayHold: mayHoldStore, mayEnter: (below: string) => below.split('/').length <= 2 })),
  ];
}

/** `<hash of the folder>/<session>/store.db`. */
function mayHoldStore(relativePath: string): boolean {
  return /^[^/]+\/[^/]+\/store\.db$/.test(relativePath);
}

function mayHold(relativePath: string): boolean {
  return /^[^/]+\/agent-transcripts\/[^/]+\/(?:subagents\/)?[^/]+\.jsonl$/.test(relativePath);
}

function mayEnter(relativePath: string): boolean {
  return /^[^/]+(?:\/agent-transcripts(?:\/[^/]+(?:\/subagents)?)?)?$/.test(relativePath);
}

function recognise({ path, head }: Sample): Recognition | undefined {
  if (head.startsWith('SQLite format 3\0')) return recogniseDatabase(path, head);
  const lines = head.replace(/^\uFEFF/, '').split('\n');
  const first = lines.map(parseObject).find((value) => value !== undefined);
  const isOne = first === undefined ? lines.length === 1 && longFirstLine.test(head) : isTranscriptLine(first);
  return isOne ? { format: formatName, unit: 'line' } : undefined;
}

/** A store that was not closed yet may have its tables in the log alone: then its place has to do. */
function recogniseDatabase(path: string, head: string): Recognition | undefined {
  if (head.includes('cursorDiskKV')) return { format: stateFormat, unit: 'database' };
  const isStore = /[\\/]\.?cursor[\\/]chats[\\/][^\\/]+[\\/][^\\/]+[\\/]store\.db$/.test(path) || (/TABLE (?:IF NOT EXISTS )?"?blobs\b/.test(head) && /TABLE (?:IF NOT EXISTS )?"?meta\b/.test(head));
  return isStore ? { format: storeFormat, unit: 'database' } : undefined;
}
