/** One row of *Health*. */

import { sep } from 'node:path';
import type { Problem } from '../../shared/problem.ts';
import type { HealthNote, RetentionHealth, SourceHealth } from '../../shared/health.ts';
import type { Importer, Machine } from '../importers/importer.ts';
import { rootsOf } from '../importers/roots.ts';
import type { Ledger } from '../store/ledger.ts';
import { isCurrent, recentMs, type ProblemFile } from './current.ts';
import type { Finds } from './found.ts';
import * as say from './notes.ts';
import { byRank, worst } from './rank.ts';
import { deletions, mortal, retentionOf, type MortalFile } from './retention.ts';
import { patienceMs } from './silence.ts';
import { isBehind, presence, sessionsWithoutFile, type SourceFileState } from './sourceFiles.ts';
import type { Met, Tally } from './tally.ts';
import { unknownTypes } from './unknownTypes.ts';

/** Everything that was seen in one look. */
export interface Look {
  readonly tally: Tally;
  readonly files: readonly SourceFileState[];
  readonly finds: ReadonlyMap<string, Finds>;
  /** Number of sessions by source. */
  readonly sessions: Readonly<Record<string, number>>;
  readonly ledger: Ledger;
  readonly machine: Machine;
  readonly readNow: string;
  readonly mayWait: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly isSilent: (file: SourceFileState) => boolean;
}

/** Problems by which something that was there is not in the record. A torn line waits for its rest. */
const droppingCodes = new Set([
  'malformed-line', 'malformed-document', 'line-too-long', 'document-too-large', 'refused-record', 'unknown-record', 'unrecognised-file', 'unreadable-file',
]);

export async function sourceHealth(source: string, importer: Importer | undefined, look: Look, isOff: boolean): Promise<SourceHealth> {
  const of = <T extends { readonly source: string }>(things: readonly T[]): T[] => things.filter((each) => each.source === source);
  const figures = of(look.tally.figures).filter(({ kind }) => kind !== 'source.problem' && kind !== 'source.gap');
  const met = of(look.tally.problems);
  const gaps = of(look.tally.gaps);
  const files = of(look.files);
  const newFiles = unreadFinds(look.finds.get(source), look.files, met);
  const unknown = unknownTypes(of(look.tally.unknown), look.ledger);
  const gone = look.ledger.kept([...sessionsWithoutFile(files)]).size;
  const guard = importer && await guarded(importer, look, files, newFiles, isOff || look.mayWait);
  const notes = byRank([
    ...reachNotes(source, look.finds.get(source)),
    ...say.problems(source, await standing(met, look)),
    ...(isOff || look.mayWait ? [] : say.silent(waiting(look, files, newFiles), look.readNow)),
    ...say.drift(importer?.displayName ?? source, source, unknown),
    ...say.gaps(gaps.filter(({ time }) => look.now - Date.parse(time) < recentMs)),
    ...(guard?.notes ?? []),
    ...say.keptSessions(source, gone),
    ...(isOff ? [say.readingIsOff(source)] : []),
  ]);
  const last = Math.max(0, ...figures.map((each) => each.last));
  return {
    source,
    displayName: importer?.displayName ?? source,
    state: worst(notes),
    records: figures.reduce((sum, { records }) => sum + records, 0),
    sessions: look.sessions[source] ?? 0,
    redactions: of(look.tally.figures).reduce((sum, { redactions }) => sum + redactions, 0),
    dropped: met.filter(({ data }) => droppingCodes.has(data.code)).length,
    gaps: gaps.length,
    lastAt: last === 0 ? null : new Date(last).toISOString(),
    problems: countsOf(met),
    files: {
      read: files.filter(({ now }) => now !== 'gone').length,
      waiting: files.filter(isBehind).length + newFiles.length,
      gone: files.filter(({ now }) => now === 'gone').length,
    },
    keptSessions: gone,
    ...(guard && { retention: guard.retention }),
    unknownTypes: unknown,
    notes,
  };
}

function reachNotes(source: string, finds: Finds | undefined): HealthNote[] {
  return [
    ...(finds?.closed ?? []).map((folder) => say.unreachable(folder, source)),
    ...(finds?.failure === undefined ? [] : [say.notLookedAt(source, finds.failure)]),
  ];
}

/** Files that were found and never read, but for those whose problem says why. */
function unreadFinds(finds: Finds | undefined, files: readonly SourceFileState[], met: readonly Met<Problem>[]): Finds['files'] {
  const known = new Set([...files.map(({ path }) => path), ...met.flatMap(({ data }) => data.where?.file ?? [])]);
  return (finds?.files ?? []).filter(({ path }) => !known.has(path));
}

/** Paths of what nobody reads, the oldest change first. */
function waiting(look: Look, files: readonly SourceFileState[], newFiles: Finds['files']): string[] {
  const silent = files.filter(look.isSilent).map(({ path, now }) => ({ path, mtimeMs: typeof now === 'string' ? 0 : now.mtimeMs }));
  const unread = newFiles.filter(({ mtimeMs }) => look.now - mtimeMs > patienceMs);
  return [...silent, ...unread].sort((a, b) => a.mtimeMs - b.mtimeMs).map(({ path }) => path);
}

/** The problems that still are problems. */
async function standing(met: readonly Met<Problem>[], look: Look): Promise<Met<Problem>[]> {
  const read = new Map(look.files.map((file) => [file.path, file]));
  const files = new Map<string | undefined, ProblemFile>();
  for (const path of new Set(met.flatMap(({ data }) => data.where?.file ?? []))) {
    files.set(path, { read: read.get(path), now: read.get(path)?.now ?? await presence(path) });
  }
  const current = await Promise.all(met.map((each) => isCurrent(each, files.get(each.data.where?.file), look.now)));
  return met.filter((_, at) => current[at]);
}

async function guarded(
  importer: Importer, look: Look, files: readonly SourceFileState[], newFiles: Finds['files'], mayWait: boolean,
): Promise<{ readonly retention: RetentionHealth; readonly notes: HealthNote[] } | undefined> {
  const rule = await retentionOf(importer, look.machine);
  if (!rule) return undefined;
  const roots = (await rootsOf(importer, look.machine)).map(({ path }) => path);
  // What was imported from elsewhere is nothing that the tool would delete.
  const own = files.filter(({ path }) => roots.some((root) => path.startsWith(root + sep)));
  if (own.length + newFiles.length === 0) return undefined;
  const found = newFiles.map(({ path, mtimeMs }): MortalFile => ({ path, changedAt: mtimeMs, isThere: true, isRead: false, sessions: [] }));
  const kept = look.ledger.kept(own.flatMap(({ sessions }) => sessions));
  const { expired, soon, unread: late } = deletions([...own.map(mortal), ...found], rule.days, kept, look.now);
  const unread = mayWait ? [] : late;
  const retention = { ...rule, expired, soon, unread: unread.length };
  return { retention, notes: say.retention(importer.displayName, retention, unread, look.now) };
}

function countsOf(met: readonly Met<Problem>[]): Readonly<Record<string, number>> {
  const codes = Map.groupBy(met, ({ data }) => data.code);
  return Object.fromEntries([...codes].map(([code, those]) => [code, those.length] as const).sort(([, a], [, b]) => b - a));
}
