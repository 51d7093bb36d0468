/** Reads source files into the record: one file at a time, newest first, resumable at every batch. */

import type { Problem } from '../../shared/problem.ts';
import { ProblemError, sentence } from '../../shared/problem.ts';
import { isTrouble } from '../../shared/trouble.ts';
import type { ImportCounts, ImportResult, RecordResult, SessionCounts } from '../../shared/results.ts';
import type { Found } from './discover.ts';
import type { FileCursor, Followed } from './fileCursor.ts';
import { createFollower } from './follow.ts';
import type { OpenDatabase } from './followDatabase.ts';
import { contentsOf } from './formats/blob.ts';
import type { ImportedRecord, Importer, Reading } from './importer.ts';
import { problemRecord, sessionName, toRecord } from './toRecord.ts';
import { asTwin, createTwins, type ReadFile, type Twins } from './twins.ts';

/** What reading needs of the world behind the one door. */
export interface ImportPorts {
  submit(submission: {
    readonly records: readonly unknown[];
    readonly source: string;
    /** Bytes of the records' images and documents, by their SHA-256 in hex. */
    readonly contents?: ReadonlyMap<string, Uint8Array>;
    readonly cursor?: { readonly path: string; readonly source: string; readonly cursor: string; readonly sessions: readonly string[] };
  }): Promise<RecordResult>;
  cursor(path: string): { readonly source: string; readonly cursor: string; readonly sessions: readonly string[] } | undefined;
  /** Of all files of a source, by path. */
  cursorsOf(source: string): ReadonlyMap<string, { readonly cursor: string; readonly sessions: readonly string[] }>;
  /** Figures of some sessions, by name. */
  count(sessions: readonly string[]): SessionCounts;
  readonly openDatabase: OpenDatabase;
}

export interface ImportRun {
  /** Reads what is new in one file. Never throws for what is wrong with the file. */
  file(path: string, importer: Importer): Promise<FileOutcome>;
  /** Reads all files; `onProgress` after each. Stops between batches when the signal says so. */
  files(files: readonly Found[], options?: { readonly onProgress?: (done: number, total: number) => void; readonly signal?: AbortSignal }): Promise<ImportResult['sources']>;
}

export interface FileOutcome {
  readonly followed: Followed;
  readonly sessions: readonly string[];
  readonly newRecords: number;
  readonly problems: number;
}

/** Bumped when readers give other records for the same bytes: then everything is read once more, and only what differs is added. */
const readerVersion = 2;

export function createImportRun(ports: ImportPorts): ImportRun {
  const follower = createFollower(ports.openDatabase);

  /** The first pass and the watch may meet at a file: one reads after the other, each from where the one before came to. */
  const busy = new Map<string, Promise<unknown>>();

  const twinsBySource = new Map<string, Twins>();

  function twinsOf(importer: Importer): Twins {
    const found = twinsBySource.get(importer.source) ?? createTwins(importer, (importer.capabilities.lesser ?? importer.capabilities.replaced) ? readFiles(importer.source) : []);
    twinsBySource.set(importer.source, found);
    return found;
  }

  function readFiles(source: string): ReadFile[] {
    return [...ports.cursorsOf(source)].flatMap(([path, { cursor, sessions }]) => {
      const saved = parseCursor(cursor);
      return saved ? [{ path, format: saved.format, sessions, twins: saved.twins ?? [], latest: saved.latest ?? {} }] : [];
    });
  }

  async function file(path: string, importer: Importer, signal?: AbortSignal, isAgain = false): Promise<FileOutcome> {
    const turn = Promise.allSettled([busy.get(path)]).then(() => readFile(path, importer, signal, isAgain));
    busy.set(path, turn);
    try {
      return await turn;
    } finally {
      if (busy.get(path) === turn) busy.delete(path);
    }
  }

  /** @param isAgain whether it is read from its beginning, whatever was read of it before */
  async function readFile(path: string, importer: Importer, signal?: AbortSignal, isAgain = false): Promise<FileOutcome> {
    const { source } = importer;
    const twins = twinsOf(importer);
    const stored = ports.cursor(path);
    const known = isAgain ? undefined : stored?.source === source ? parseCursor(stored.cursor) : undefined;
    const sessions = new Set(known ? stored?.sessions : []);
    const latest = new Map(Object.entries(known?.latest ?? {}));
    let newRecords = 0;
    let problems = 0;

    const marked = new Set(known?.twins);
    const stale = new Set<string>();

    /** What is told more fully elsewhere is marked; what is told less fully elsewhere has to be. */
    const withoutTwins = (all: readonly ImportedRecord[], { format }: FileCursor): readonly ImportedRecord[] => {
      const names = new Map(all.map(({ session }) => [sessionName(source, session), session]));
      const fuller = twins.among(path, format, names.keys());
      for (const name of names.keys()) sessions.add(name);
      for (const name of fuller) marked.add(name);
      for (const other of twins.unmarked(format, names.keys())) stale.add(other);
      for (const [name, session] of names) latest.set(session, [latest.get(session) ?? '', twins.latest(name, session)].sort().at(-1) ?? '');
      const isReplaced = importer.capabilities.replaced?.includes(format) === true;
      const twin = (record: ImportedRecord): ImportedRecord | readonly [] => (isReplaced ? [] : asTwin(record) ?? []);
      return all.flatMap((record) => (fuller.has(sessionName(source, record.session)) ? twin(record) : record));
    };

    const emit = async (reading: Reading, cursor: FileCursor): Promise<void> => {
      signal?.throwIfAborted();
      problems += reading.problems.length;
      const records = [
        ...inOrder(withoutTwins(reading.records, cursor), latest).map((record) => toRecord(source, record)),
        ...reading.problems.map((problem) => problemRecord(source, problem, new Date(cursor.stamp.mtimeMs).toISOString())),
      ];
      twins.note({ path, format: cursor.format, sessions: [...sessions], twins: [...marked], latest: Object.fromEntries(latest) });
      const result = await ports.submit({
        records, source, contents: contentsOf(reading.records),
        cursor: { path, source, cursor: JSON.stringify({ readerVersion, latest: Object.fromEntries(latest), twins: [...marked], ...cursor }), sessions: [...sessions] },
      });
      newRecords += result.accepted;
      for (const { line, reason } of result.rejected) await report(refused(path, records[line - 1]?.id ?? '', reason));
    };

    const report = async (problem: Problem): Promise<void> => {
      problems++;
      newRecords += (await ports.submit({ records: [problemRecord(source, problem, new Date().toISOString())], source })).accepted;
    };

    let followed: Followed = 'gone';
    try {
      followed = await follower.follow(path, importer, known, emit);
      for (const other of stale) newRecords += (await file(other, importer, signal, true)).newRecords;
      if (followed === 'unrecognised') await report(unrecognised(path, importer));
    } catch (error) {
      signal?.throwIfAborted();
      if (isTrouble(error)) throw error; // the file is not at fault, and is read again when something can be written
      if (error instanceof ProblemError) await report(error.problem);
      else await report({ code: 'unreadable-file', message: `${path} could not be read: ${sentence(error)}.`, where: { file: path } });
    }
    return { followed, sessions: [...sessions], newRecords, problems };
  }

  return {
    file: (path, importer) => file(path, importer),
    async files(files, { onProgress, signal } = {}) {
      const bySource = new Map<string, FileOutcome[]>();
      for (const [index, found] of files.entries()) {
        signal?.throwIfAborted();
        const outcome = await file(found.path, found.importer, signal);
        bySource.set(found.importer.source, [...(bySource.get(found.importer.source) ?? []), outcome]);
        onProgress?.(index + 1, files.length);
      }
      return Object.fromEntries([...bySource].map(([source, outcomes]) => [source, counts(outcomes)]));
    },
  };

  function counts(outcomes: readonly FileOutcome[]): ImportCounts {
    const sum = (pick: (outcome: FileOutcome) => number): number => outcomes.reduce((total, outcome) => total + pick(outcome), 0);
    return {
      files: outcomes.length,
      ...ports.count([...new Set(outcomes.flatMap(({ sessions }) => sessions))]),
      newRecords: sum(({ newRecords }) => newRecords),
      problems: sum(({ problems }) => problems),
    };
  }
}

/**
 * Headers after what they are about, each with the time of the newest thing known of its session: the header that was handed over last
 * counts, also when a file is read once more in other steps.
 * @param latest time of the newest record by session; brought up to date
 */
function inOrder(records: readonly ImportedRecord[], latest: Map<string, string>): ImportedRecord[] {
  for (const { session, time } of records) if (time > (latest.get(session) ?? '')) latest.set(session, time);
  const { header = [], other = [] } = Object.groupBy(records, ({ kind }) => (kind === 'session' ? 'header' : 'other'));
  return [...other, ...header.map((record) => ({ ...record, time: latest.get(record.session) ?? record.time }))];
}

/** A cursor as it is stored. */
interface SavedCursor extends FileCursor {
  readonly readerVersion: number;
  /** Time of the newest record by session. */
  readonly latest?: Readonly<Record<string, string>>;
  /** Names of sessions that are told more fully elsewhere. */
  readonly twins?: readonly string[];
}

function parseCursor(text: string): Omit<SavedCursor, 'readerVersion'> | undefined {
  const { readerVersion: version, ...cursor } = JSON.parse(text) as SavedCursor;
  return version === readerVersion ? cursor : undefined;
}

/** How far a file was read, and what it was like then, by the cursor that was stored for it. */
export function readUpTo(cursor: string): Pick<FileCursor, 'stamp' | 'offset'> {
  const { stamp, offset } = JSON.parse(cursor) as SavedCursor;
  return { stamp, offset };
}

function refused(path: string, id: string, reason: string): Problem {
  return { code: 'refused-record', message: `The record ${id} of ${path} was not kept: ${reason}`, where: { file: path } };
}

function unrecognised(path: string, importer: Importer): Problem {
  return {
    code: 'unrecognised-file',
    message: `${path} lies where ${importer.displayName} keeps its sessions but is in no format that Daybook knows. It was left alone.`,
    where: { file: path },
  };
}
