/** Bursts of typing as what they changed: lines before and after, with the few around them that the record keeps. */

import { parsePatch } from 'diff';
import type { DaybookRecord, EditorEdited } from '../../shared/record.ts';
import type { SessionDocument } from '../../shared/results.ts';

export interface Burst {
  /** Id of its record. */
  readonly id: string;
  /** Below the workspace where that is known, else a URI. */
  readonly path: string;
  readonly language: string;
  readonly actor: string | null;
  /** Unified; empty where the record has none. */
  readonly diff: string;
  /** Parts of the file that changed, from its beginning to its end: when each was typed is not known. Empty where there is no diff. */
  readonly hunks: readonly Hunk[];
}

/** Lines in their order, without their ends. */
export type Hunk = readonly HunkLine[];

export interface HunkLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** In the order of the session; those that changed nothing visible are left out. */
export function burstsOf({ turns }: SessionDocument): Burst[] {
  return turns.flatMap(({ records }) => records).filter(({ type }) => type === 'dev.daybook.event.editor.edited').flatMap(burstOf);
}

function burstOf(record: DaybookRecord): Burst[] {
  const { uri, languageId, diff, diffOmitted } = (record.data ?? {}) as Partial<EditorEdited>;
  if (diffOmitted === 'no-visible-change') return [];
  const hunks = typeof diff === 'string' ? hunksOf(diff) : [];
  return [{
    id: record.id, path: record.subject ?? (typeof uri === 'string' ? uri : ''), language: typeof languageId === 'string' ? languageId : '', actor: record.actor ?? null,
    diff: hunks.length > 0 ? String(diff) : '', hunks,
  }];
}

const kinds: Readonly<Record<string, HunkLine['kind']>> = { ' ': 'same', '-': 'removed', '+': 'added' };

function hunksOf(diff: string): Hunk[] {
  return parsed(diff).flatMap(({ hunks }) => hunks).map(({ lines }) => lines.flatMap((line) => {
    const kind = kinds[line.charAt(0)]; // the remark that there is no line break at the end is no line
    return kind === undefined ? [] : [{ kind, text: line.slice(1) }];
  })).filter((hunk) => hunk.some(({ kind }) => kind !== 'same'));
}

function parsed(diff: string): ReturnType<typeof parsePatch> {
  try {
    return parsePatch(diff);
  } catch {
    return []; // any program may record what it calls a diff: what is none is like one that is not there
  }
}

/** Lines as a text, each with a line break. */
export function textOf(lines: readonly HunkLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}
