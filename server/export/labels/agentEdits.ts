/** What an agent changed in which file, as its calls say it. */

import { argumentObject, type Step } from '../conversation.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { fileOf, hasSucceeded, madeCalls, type MadeCall } from './calls.ts';
import { filePath } from './filePath.ts';

/** Lines that say something, without the space around them: a bracket alone stands everywhere. */
export interface ChangedLines {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface AgentEdit extends ChangedLines {
  readonly made: MadeCall;
  /** Absolute, with `/`. */
  readonly file: string;
}

/** Names of tools that change files. */
export const editing = /edit|write|patch|replace|insert|create_file/i;

/**
 * Those that came off, in the order of the session, without what is copied from another one.
 * @param steps of the document, without what was taken back
 */
export function agentEdits(document: SessionDocument, steps: readonly Step[]): AgentEdit[] {
  const { workspace } = document.session;
  return madeCalls(document, steps).filter((made) => editing.test(made.call.name) && hasSucceeded(made) && !steps[made.at]?.copied).flatMap((made) =>
    changesOf(made).flatMap(({ name, ...lines }) => {
      const file = filePath(name, workspace);
      return file === undefined ? [] : [{ made, file, ...lines }];
    }));
}

type NamedChange = ChangedLines & { readonly name: string };

function changesOf({ call }: MadeCall): NamedChange[] {
  const given = argumentObject(call.arguments);
  const patch = Object.values(given).find((value): value is string => typeof value === 'string' && value.includes('*** Begin Patch'));
  if (patch !== undefined) return patchChanges(patch);
  const name = fileOf(given);
  if (name === undefined) return [];
  const edits = Array.isArray(given['edits']) ? (given['edits'] as unknown[]) : [given];
  const pairs = edits.map((edit) => pairOf(argumentObject(edit)));
  return [{ name, ...changedLines(pairs.map(({ before }) => before).join('\n'), pairs.map(({ after }) => after).join('\n')) }];
}

const beforeNames = ['old_string', 'oldString', 'old_str', 'oldText', 'search'] as const;
const afterNames = ['new_string', 'newString', 'new_str', 'newText', 'replace', 'content', 'file_text', 'contents', 'code'] as const;

function pairOf(given: Readonly<Record<string, unknown>>): { readonly before: string; readonly after: string } {
  const first = (names: readonly string[]): string => names.map((name) => given[name]).find((value): value is string => typeof value === 'string') ?? '';
  return { before: first(beforeNames), after: first(afterNames) };
}

/** The format of patches that several agents write: files by name, lines with + and -. */
function patchChanges(patch: string): NamedChange[] {
  const changes: { name: string; added: string[]; removed: string[] }[] = [];
  for (const line of patch.split(/\r?\n/)) {
    const name = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/.exec(line)?.[1];
    if (name !== undefined) changes.push({ name: name.trim(), added: [], removed: [] });
    else if (line.startsWith('+')) changes.at(-1)?.added.push(line.slice(1));
    else if (line.startsWith('-')) changes.at(-1)?.removed.push(line.slice(1));
  }
  return changes.map(({ name, added, removed }) => ({ name, ...withoutCommon(telling(removed), telling(added)) }));
}

/** What differs between two texts, whatever the order. */
function changedLines(before: string, after: string): ChangedLines {
  return withoutCommon(telling(before.split(/\r?\n/)), telling(after.split(/\r?\n/)));
}

/** Lines of a unified diff. */
export function diffLines(diff: string): ChangedLines {
  const lines = diff.split(/\r?\n/);
  const of = (mark: string): string[] => telling(lines.filter((line) => line.startsWith(mark) && !/^(\+\+\+|---) /.test(line)).map((line) => line.slice(1)));
  return withoutCommon(of('-'), of('+'));
}

function telling(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => line.length > 2 && /[\p{L}\p{N}]/u.test(line));
}

/** A line that is on both sides was moved, not changed. */
function withoutCommon(removed: readonly string[], added: readonly string[]): ChangedLines {
  const [gone, come] = [new Set(removed), new Set(added)];
  return { added: [...come].filter((line) => !gone.has(line)), removed: [...gone].filter((line) => !come.has(line)) };
}
