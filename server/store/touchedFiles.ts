/** Which files a record says were changed, by whom. Paths are absolute with `/`, without a scheme; relative where nobody says to what. */

import { fileURLToPath } from 'node:url';
import type { DaybookRecord, EditorEdited } from '../../shared/record.ts';
import { remembered } from '../../shared/remembered.ts';
import type { ChatMessage, Part } from '../../shared/session.ts';
import { fields, messageOf, text } from './payload.ts';

export interface Touched {
  readonly path: string;
  readonly byAgent: boolean;
}

/** Tools of agents that change a file, by a word of their name. */
const changes = /edit|write|create|replace|insert|patch|apply|update_?file|delete_?file|rename|move_?file/i;
const pathNames = ['file_path', 'filePath', 'path', 'notebook_path', 'target_file', 'targetFile', 'file', 'filename', 'uri'];
/** How a patch names the files it changes. */
const patchFile = /^\*\*\* (?:Update|Add|Delete) File: (.+)$/gm;
const longest = 1_000;

export function touchedFiles(record: DaybookRecord): readonly Touched[] {
  if (record.type === 'dev.daybook.event.editor.edited') {
    const uri = text(fields<EditorEdited>(record).uri);
    return uri === null ? [] : [{ path: absolute(uri, record.workspace), byAgent: record.actor?.startsWith('agent') === true }];
  }
  const message = messageOf(record);
  if (!message || message.copied || message.role !== 'assistant') return [];
  return [...new Set(changedBy(message).map((path) => absolute(path, record.workspace)))].map((path) => ({ path, byAgent: true }));
}

function changedBy(message: ChatMessage): string[] {
  return message.parts.flatMap((part: Part) => {
    if (part.type === 'edit') return text(part.uri) === null ? [] : [part.uri];
    if (part.type !== 'tool_call' || !changes.test(text(part.name) ?? '')) return [];
    return pathsOf(part.arguments);
  }).filter((path) => path !== '' && path.length <= longest);
}

function pathsOf(input: unknown): string[] {
  if (typeof input === 'string') return patched(input);
  if (typeof input !== 'object' || input === null) return [];
  const named = input as Readonly<Record<string, unknown>>;
  if (named['command'] === 'view') return []; // one tool for looking and for changing
  const path = pathNames.map((name) => text(named[name])).find((value) => value !== null);
  return path === undefined || path === null ? patched(text(named['input']) ?? text(named['patch']) ?? '') : [path];
}

function patched(patch: string): string[] {
  return [...patch.matchAll(patchFile)].map(([, path = '']) => path.trim());
}

function absolute(path: string, workspace: string | undefined): string {
  const plain = withoutScheme(path).replaceAll('\\', '/');
  if (/^(?:\/|[a-z]:\/|[a-z][a-z0-9+.-]+:)/i.test(plain) || workspace === undefined) return plain.replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
  return `${withoutScheme(workspace).replaceAll('\\', '/').replace(/\/$/, '')}/${plain.replace(/^\.\//, '')}`;
}

/** Reading a URI takes longer than everything else that is asked of a record here. */
const withoutScheme = remembered(1_000, (uri) => {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri, { windows: /^file:\/\/\/[a-z](?::|%3a)/i.test(uri) });
  } catch {
    return uri; // no valid URI of a file: then it is a name like any other
  }
});
