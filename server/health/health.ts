/** *Health*: the ledger of each source, what a tool deletes, what is not read, and what the formats say that nobody knows yet. */

import type { HealthNote, HealthResult, SourceHealth } from '../../shared/health.ts';
import type { Importer, Machine } from '../importers/importer.ts';
import type { Store } from '../store/store.ts';
import { backupNotes } from './backups.ts';
import type { Trouble } from '../../shared/trouble.ts';
import { checkDirectory, checkIndex, checkStopped } from './daybook.ts';
import { found } from './found.ts';
import { exportNotes } from './exports.ts';
import { lettingGoNotes } from './lettingGo.ts';
import { byRank, worst } from './rank.ts';
import { encryptionNotes } from './encryption.ts';
import { redactionNotes } from './redaction.ts';
import { remoteNotes } from './remote.ts';
import { clockNotes, repairNotes } from './repairs.ts';
import { reportOf } from './report.ts';
import { createSilence } from './silence.ts';
import { sourceHealth, type Look } from './source.ts';
import { notWriting } from './notWriting.ts';
import { sourceFiles } from './sourceFiles.ts';
import { createTallies } from './tally.ts';

export interface Health {
  look(situation?: Situation): Promise<HealthResult>;
  /** A report on one source as Markdown, to be filed as an issue; undefined when nothing is known of it. */
  report(source: string): Promise<string | undefined>;
}

/** What the host knows of how things are. */
export interface Situation {
  /** What there is to know of the machine, where it is more than at the start. */
  readonly machine?: Machine;
  /** Sources that are not read, by the user's wish. */
  readonly disabledSources?: readonly string[];
  /** Whether nothing is read by the user's wish, or everything is being read right now: then what waits is no warning. */
  readonly mayWait?: boolean;
  /** Set while the host cannot write. */
  readonly trouble?: Trouble;
  /** What reads everything at once, in the host's own words, at the beginning of a sentence. */
  readonly readNow?: string;
  /** What the host has to say of itself. */
  readonly notes?: readonly HealthNote[];
}

export interface HealthDeps {
  readonly store: Store;
  readonly machine: Machine;
  readonly importers: readonly Importer[];
}

export function createHealth(deps: HealthDeps): Health {
  const { store, importers } = deps;
  const ledger = (): Store['ledger'] => store.ledger;
  const tallies = createTallies(ledger);
  const silence = createSilence();

  async function sources({ machine = deps.machine, disabledSources = [], mayWait = false, readNow = 'daybook import' }: Situation): Promise<SourceHealth[]> {
    const tally = await tallies.take();
    const files = await sourceFiles(ledger);
    const finds = await found(importers.filter(({ source }) => !disabledSources.includes(source)), machine);
    const now = Date.now();
    const look: Look = { tally, files, finds, sessions: ledger().sessions(), ledger: ledger(), machine, readNow, now, isSilent: silence.from(files, now), mayWait };
    const names = new Set([...importers.map(({ source }) => source), ...tally.figures.map(({ source }) => source)]);
    const all = await Promise.all([...names].map((source) =>
      sourceHealth(source, importers.find((each) => each.source === source), look, disabledSources.includes(source))));
    return all.filter(hasSomething).sort((a, b) => (a.displayName.toLowerCase() < b.displayName.toLowerCase() ? -1 : 1));
  }

  return {
    async look(situation = {}) {
      const all = await sources(situation);
      const now = Date.now();
      const stored = [...(await exportNotes(store.paths.root)), ...backupNotes(store.paths.root, now), ...repairNotes(store.paths.root, now)];
      const kept = [...lettingGoNotes(store.paths.root), ...redactionNotes(store.paths.root, deps.machine.home), ...encryptionNotes(store.paths.root), ...clockNotes(ledger(), now)];
      const around = [...notWriting(situation.trouble), ...(situation.notes ?? []), ...remoteNotes(situation.machine ?? deps.machine)];
      const further = [...around, ...stored, ...kept];
      const every = [daybook(store, all, further), ...all];
      return { state: worst(every), time: new Date().toISOString(), sources: every };
    },
    async report(source) {
      const health = (await sources({ mayWait: true })).find((each) => each.source === source);
      if (!health) return undefined;
      const formats = importers.find((each) => each.source === source)?.capabilities.formats ?? [];
      return reportOf(health, formats, (await tallies.take()).unknown.filter((each) => each.source === source));
    },
  };
}

function hasSomething({ records, files, notes, problems, gaps }: SourceHealth): boolean {
  const isToldOf = notes.some(({ state }) => state !== 'ok');
  return records > 0 || gaps > 0 || files.read + files.waiting + files.gone > 0 || Object.keys(problems).length > 0 || isToldOf;
}

/** The row of Daybook itself: its own place, and the sums. */
function daybook(store: Store, sources: readonly SourceHealth[], more: readonly HealthNote[]): SourceHealth {
  const checks = [checkDirectory(store.paths.root), checkStopped(store.paths.root), checkIndex(store)]
    .filter(({ state }) => state !== 'ok')
    .map(({ name, state, message }): HealthNote => ({ id: `daybook:${name}:${state}`, code: name.replaceAll(' ', '-'), state, message }));
  const notes = [...checks, ...more];
  const sum = (pick: (source: SourceHealth) => number): number => sources.reduce((total, source) => total + pick(source), 0);
  return {
    source: 'daybook',
    displayName: 'Daybook',
    state: worst(notes),
    records: sum(({ records }) => records),
    sessions: sum(({ sessions }) => sessions),
    redactions: sum(({ redactions }) => redactions),
    dropped: sum(({ dropped }) => dropped),
    gaps: sum(({ gaps }) => gaps),
    lastAt: sources.map(({ lastAt }) => lastAt).filter((time) => time !== null).sort().at(-1) ?? null,
    problems: {},
    files: { read: sum(({ files }) => files.read), waiting: sum(({ files }) => files.waiting), gone: sum(({ files }) => files.gone) },
    keptSessions: sum(({ keptSessions }) => keptSessions),
    unknownTypes: [],
    notes: byRank(notes),
  };
}
