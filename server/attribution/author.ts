/**
 * Who made a change to a file, as far as the record proves it: the same file, the same time, the same content. It is told anew from the
 * records whenever somebody asks, and nothing of it is stored: what is read later counts as well, and what is forgotten no more.
 */

import { filePath } from '../../shared/filePath.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Because } from '../../shared/links.ts';
import { canBeTyped, changedLines, mayBeReloaded } from './burst.ts';
import { likeness } from './content.ts';
import { mentions } from './command.ts';
import { fieldsOf, fileKinds, gitKinds, isEdit, isFileEvent, spanOf, type Deed, type Span, type Witness } from './witness.ts';

export interface Authorship {
  /** `user`, `agent:<name>`, `external` or `unknown`. */
  readonly actor: string;
  readonly because: Because;
  /** Calls and records that prove it. */
  readonly deeds: readonly Deed[];
  readonly records: readonly DaybookRecord[];
}

/** A call begins a little before its record says so, as clocks go; what it did is seen this long after its answer, or at most after itself. */
const earlyMs = 2_000;
const lateMs = 15_000;
/** What happens on disk is told with its time, or within the span in which it was gathered. */
const clockMs = 2_000;
const secondMs = 1_000;
const unansweredMs = 60_000;
/** Where only file and time speak for a call, this is as long as an edit in the editor may come after it. */
const closeMs = 3_000;
/** Tools that do not say when each edit was made say when they were asked: the content must tell. */
const vagueMs = 10 * 60_000;
const failures = new Set(['failed', 'denied', 'cancelled']);

/** Undefined where a record is no change of a file. */
export function authorOf(record: DaybookRecord, witness: Witness): Authorship | undefined {
  if (!isEdit(record) && !isFileEvent(record)) return undefined;
  if (record.actor !== undefined && record.actor !== 'external') return { actor: record.actor, because: 'recorded', ...nothing };
  const byCall = ofAgent(record, deedsFor(record, witness));
  if (byCall && !isNearerToGit(record, byCall, witness)) return byCall;
  return isEdit(record) ? ofBurst(record, witness) : ofFile(record, witness);
}

const nothing = { deeds: [], records: [] };

function deedsFor(record: DaybookRecord, { deeds }: Witness): readonly Deed[] {
  const { uri } = fieldsOf(record);
  const { from, to } = spanOf(record);
  if (typeof uri !== 'string') return [];
  return deeds.on(uri, from - lateMs, to + earlyMs, vagueMs).filter(({ status }) => status === null || !failures.has(status));
}

/** Several calls of one agent may stand behind one change; where two agents may, nobody knows. */
function ofAgent(record: DaybookRecord, deeds: readonly Deed[]): Authorship | undefined {
  const lines = isEdit(record) ? changedLines(record) : undefined;
  const proofs = deeds.map((deed) => ({ deed, because: proof(record, deed, lines) }));
  for (const because of ['same-content', 'same-time'] as const) {
    const proven = proofs.filter((each) => each.because === because).map(({ deed }) => deed);
    const actors = [...new Set(proven.map(agentOf))];
    const [actor] = actors;
    if (actor !== undefined && actors.length === 1) return { actor, because, deeds: proven, records: [] };
    if (actors.length > 1) return { actor: 'unknown', because: 'several', deeds: proven, records: [] };
  }
  return undefined;
}

function proof(record: DaybookRecord, deed: Deed, lines: ReturnType<typeof changedLines>): 'same-content' | 'same-time' | undefined {
  const span = spanOf(record);
  const over = deed.answered ?? deed.called + unansweredMs;
  if (!isEdit(record)) return deed.status !== null && overlaps(span, { from: deed.called - clockMs, to: over + clockMs }) ? 'same-time' : undefined;
  const isNear = overlaps(span, { from: deed.called - earlyMs, to: over + lateMs });
  const like = likeness(lines, deed);
  if (like === 'same') return isNear || deed.answered === null ? 'same-content' : undefined;
  if (like === 'different' || !mayBeReloaded(record) || deed.answered === null) return undefined;
  return overlaps(span, { from: deed.called - earlyMs, to: deed.answered + closeMs }) ? 'same-time' : undefined;
}

/** On disk only the time tells: a checkout right after a call may be what changed the file. */
function isNearerToGit(record: DaybookRecord, { because, deeds }: Authorship, witness: Witness): boolean {
  if (because === 'same-content' || isEdit(record)) return false;
  const { to } = spanOf(record);
  const [git] = gitFor(record, witness);
  return git !== undefined && deeds.every(({ called, answered }) => (answered ?? called) < whenGit(git) && whenGit(git) <= to);
}

/** What came at once may be a file that was reloaded because somebody else wrote it. */
function ofBurst(record: DaybookRecord, witness: Witness): Authorship {
  if (mayBeReloaded(record)) {
    const [git] = gitFor(record, witness);
    if (git) return { actor: 'external', because: 'git', deeds: [], records: [git] };
    const disk = onDisk(record, witness);
    if (disk) return { actor: 'external', because: 'disk', deeds: [], records: [disk] };
    if (fieldsOf(record)['fromDisk'] === true) return { actor: 'external', because: 'disk', ...nothing };
  }
  return canBeTyped(record) ? { actor: 'user', because: 'typed', ...nothing } : { actor: 'unknown', because: 'at-once', ...nothing };
}

function ofFile(record: DaybookRecord, witness: Witness): Authorship {
  if (record.actor === undefined) return { actor: 'user', because: 'editor', ...nothing };
  const gits = gitFor(record, witness);
  if (gits.length > 0) return { actor: 'external', because: 'git', deeds: [], records: gits };
  const commands = commandsFor(record, witness);
  const actors = [...new Set(commands.map(agentOf))];
  if (commands.length > 0 && actors.length === 1) return { actor: actors[0] ?? 'unknown', because: 'command', deeds: commands, records: [] };
  return { actor: 'external', because: 'disk', ...nothing };
}

/** What git did then to that file; the latest first. */
function gitFor(record: DaybookRecord, witness: Witness): DaybookRecord[] {
  const span = gitSpan(record);
  const names = namesOf(record);
  // It is noticed a while after it happened.
  const found = [...witness.scan({ since: span.from - clockMs, until: span.to + lateMs, kinds: gitKinds })];
  // A commit changes nothing on disk.
  const those = found.filter((git) => !git.type.endsWith('git.commit') && whenGit(git) >= span.from && whenGit(git) <= span.to && touches(git, names));
  return those.reverse().slice(0, 1);
}

/** When git may have changed what is told of: before it was seen. An editor that tells of reloads may take its time for them. */
function gitSpan(record: DaybookRecord): Span {
  const { from, to } = spanOf(record);
  // What changes on disk is quiet for a second before it is told: what git did within that second came later.
  if (!isEdit(record)) return { from: from - clockMs, to: to - secondMs };
  return fieldsOf(record)['fromDisk'] === true ? { from: from - lateMs, to } : { from: from - closeMs, to };
}

/** To the second, as git says it; else when it was noticed, which is a little later. */
function whenGit(git: DaybookRecord): number {
  const { at } = fieldsOf(git);
  const said = typeof at === 'string' ? Date.parse(at) : NaN;
  return Number.isNaN(said) ? Date.parse(git.time) - clockMs : said;
}

/** Absolute paths. */
function namesOf(record: DaybookRecord): readonly string[] {
  const { uri, oldUri, names } = fieldsOf(record);
  const several = Array.isArray(names) ? names.filter((name) => typeof name === 'string').map((name) => filePath(name, record.workspace)) : [];
  const single = [uri, oldUri].map((each) => (typeof each === 'string' ? filePath(each) : undefined));
  return [...several, ...single].filter((name) => name !== undefined);
}

/** Whether what git did was about one of these files. A stash takes back whatever was changed: of an older record nobody knows what. */
export function touches(git: DaybookRecord, paths: readonly string[]): boolean {
  const { repository, files } = fieldsOf(git);
  const names: unknown = typeof files === 'object' && files !== null && 'names' in files ? files.names : undefined;
  if (typeof repository !== 'string' || !Array.isArray(names)) return false;
  const own = new Set(names.filter((name) => typeof name === 'string').map((name) => filePath(name, repository)));
  return paths.some((path) => own.has(path));
}

function onDisk(record: DaybookRecord, witness: Witness): DaybookRecord | undefined {
  const { from, to } = spanOf(record);
  const [path] = namesOf(record);
  for (const file of witness.scan({ since: from - earlyMs, until: to + lateMs, kinds: fileKinds })) {
    if (file.actor === 'external' && path !== undefined && namesOf(file).includes(path)) return file;
  }
  return undefined;
}

/** Commands of agents that ran then and name the file. */
function commandsFor(record: DaybookRecord, { deeds }: Witness): readonly Deed[] {
  const names = namesOf(record);
  const span = spanOf(record);
  if (names.length !== 1) return [];
  return deeds.commands(span.from - earlyMs, span.to + earlyMs, 0).filter((deed) =>
    deed.answered !== null && !failures.has(deed.status ?? '') && overlaps(span, { from: deed.called - earlyMs, to: deed.answered + earlyMs })
    && mentions(deed, names[0] ?? ''));
}

export function agentOf({ record }: Deed): string {
  return record.actor?.startsWith('agent:') ? record.actor : `agent:${record.source}`;
}

function overlaps(one: Span, other: Span): boolean {
  return one.from <= other.to && one.to >= other.from;
}
