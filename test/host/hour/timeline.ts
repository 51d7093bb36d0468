/** The timeline of an hour as text: what does not change from run to run. Order, actors, links and outcomes; no time, no id. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { Link } from '../../../shared/links.ts';
import type { RecordDocument } from '../../../shared/results.ts';
import { dataDirectory } from '../inside.ts';
import { nameOf, type Recorded, type Scene } from './scenes.ts';

const run = promisify(execFile);
/** Of what one scene holds, some is told by one watcher and some by another, and which is first is chance. */
/** A debugger of Node has two sessions for one program, and either may end first. */
const byChance = /\.event\.debug\./;
const watchers = ['chat', 'terminal', 'git', 'editor', 'file', 'test', 'task', 'debug'];

export async function timeline(scenes: readonly Scene[]): Promise<string> {
  const known = new Set(scenes.flatMap(({ records }) => records.map(({ id }) => id)));
  const lines: string[] = [];
  for (const { name, records } of scenes) {
    lines.push(`== ${name}`);
    for (const record of inOrder(records)) lines.push(...recordLines(record, await shown(record.id), known));
  }
  return `${lines.join('\n')}\n`;
}

function inOrder(records: readonly Recorded[]): Recorded[] {
  return [...records].sort((a, b) => watcherOf(a) - watcherOf(b) || (byChance.test(a.type) ? 0 : Date.parse(a.time) - Date.parse(b.time)) || (nameOf(a) < nameOf(b) ? -1 : 1));
}

function watcherOf({ type }: Recorded): number {
  const [, , family = '', area = ''] = type.split('.');
  return watchers.indexOf(family === 'chat' || family === 'task' ? family : area);
}

/** What the command line says of a record. */
async function shown(id: string): Promise<RecordDocument> {
  const cli = join(vscode.extensions.getExtension('daybook.daybook')?.extensionPath ?? '', 'dist', 'bundle', 'daybook.cjs');
  const { stdout } = await run(process.execPath, [cli, 'show', id, '--json', '--data-dir', dataDirectory()], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as RecordDocument;
}

function recordLines(record: Recorded, { actor, actorBecause, causedBy = [], ledTo = [] }: RecordDocument, known: ReadonlySet<string>): string[] {
  const by = actor === undefined ? '' : ` · by ${actor}${actorBecause === 'recorded' ? '' : ` (${actorBecause ?? ''})`}`;
  const ends = (word: string, links: readonly Link[]): string[] =>
    links.filter(({ id, what }) => what === 'session' || known.has(id)).map((link) => `    ${word} ${stable(`${link.kind} ${link.label}`)} (${link.because})`).sort();
  return [`${stable(nameOf(record))}${outcomeOf(record)}${by}`, ...ends('caused by', causedBy), ...ends('led to', ledTo)];
}

function outcomeOf({ data }: Recorded): string {
  const { status, exitCode, linesAdded, linesRemoved, files, parts, role } = data;
  const names = typeof files === 'object' && files !== null && 'names' in files ? files.names : undefined;
  const words = [
    typeof role === 'string' ? `${role}: ${partWords(parts)}` : undefined,
    typeof status === 'string' ? status : undefined,
    typeof exitCode === 'number' ? `exit ${exitCode}` : undefined,
    typeof linesAdded === 'number' && typeof linesRemoved === 'number' ? `+${linesAdded} −${linesRemoved}` : undefined,
    Array.isArray(names) ? names.join(' ') : undefined,
  ];
  return words.filter((word) => word !== undefined).map((word) => ` · ${word}`).join('');
}

function partWords(parts: unknown): string {
  const list = Array.isArray(parts) ? parts as readonly { readonly type: string; readonly name?: string; readonly status?: string }[] : [];
  return list.map(({ type, name, status }) => [type, name, status].filter((word) => word !== undefined).join(' ')).join(', ');
}

/** Without what git makes up, and without numbers of processes. */
function stable(text: string): string {
  return text.replace(/\b[0-9a-f]{7,40}\b/g, '<hash>').replace(/ \[\d+\]/g, ' [<pid>]');
}
