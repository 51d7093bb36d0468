/** The core: everything Daybook can do, as plain data in and out, wired by hand. Every host (LSP, command line, worker) stands on it. */

import { marksProblem } from '../shared/marks.ts';
import { ProblemError, type Problem } from '../shared/problem.ts';
import type { MarkParams } from '../shared/protocol.ts';
import type { DaybookRecord } from '../shared/record.ts';
import type { HealthResult } from '../shared/health.ts';
import type { DoctorResult, ImportResult, RecordResult } from '../shared/results.ts';
import type { TestRun } from '../shared/testRun.ts';
import { diagnose } from './doctor.ts';
import { createEverywhere, stoppedReason, type Everywhere } from './everywhere.ts';
import type { Exports } from './export/flow.ts';
import type { Carried, Carrying } from './export/scheduled/carryOut.ts';
import { createHealth, type Situation } from './health/health.ts';
import { discover, recogniseBelow } from './importers/discover.ts';
import type { Importer, Machine } from './importers/importer.ts';
import { createImportRun } from './importers/run.ts';
import { problemRecord } from './importers/toRecord.ts';
import { watchSources, type SourceWatch } from './importers/watch.ts';
import { createIngest } from './ingest/pipeline.ts';
import type { Redactor } from './ingest/redact.ts';
import { noLog, type Log } from './log/log.ts';
import { logged } from './log/logged.ts';
import { opening, reading, taking } from './log/noted.ts';
import { testRunRecord } from './outcomes/testRunRecord.ts';
import { createReader, levelsTold, type Reader } from './reader.ts';
import { noteRules } from './redacting/ruleNotes.ts';
import { createReading, type Reading, type ReadingEvents } from './reading.ts';
import { openForeign } from './store/foreign.ts';
import { contentHash, revisionId } from './store/indexer.ts';
import { openStore } from './store/store.ts';

export type { Exports, Situation };

export interface Core extends Reader {
  readonly dataDirectory: string;
  /** Whether a person stopped recording, for this core and every other on the data directory: then records are turned away. */
  readonly everywhere: Everywhere;
  /** Resolves when the records are durable. `source` is that of short forms. */
  record(records: readonly unknown[], source: string): Promise<RecordResult>;
  /** Pins, hides, renames or tags sessions. Resolves when that is durable; rejects with a ProblemError where it cannot be. */
  mark(params: MarkParams, source: string): Promise<RecordResult>;
  import(options: ImportOptions): Promise<ImportResult>;
  /** The way out. Its formats are loaded when they are first asked for. */
  exports(): Promise<Exports>;
  /**
   * Carries out the exports of the setting `daybook.exports` that are due; how they went stands in *Health*.
   * @param list what the setting holds
   */
  carryOut(list: readonly unknown[], when: Pick<Carrying, 'now' | 'signal'>): Promise<Carried>;
  /** Reads sources, all of them and one by one, until it is stopped. */
  reading(events: ReadingEvents): Reading;
  /** Tells which files of which source change, or come. */
  watch(changed: (path: string, source: string) => void, options?: WatchOptions): Promise<SourceWatch>;
  doctor(): Promise<DoctorResult>;
  /** The ledger of each source, and what needs a look. Takes some time for a large record, in slices. */
  health(situation?: Situation): Promise<HealthResult>;
  /** What a source writes that Daybook does not know, as Markdown without any content; undefined when nothing is known of the source. */
  healthReport(source: string): Promise<string | undefined>;
  /** Throws a ProblemError (`isTrouble`) while nothing can be written. */
  tryWriting(): void;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Where to look; the core's own machine when absent. */
  readonly machine?: Machine;
  /** Names of sources that are not looked at. */
  readonly disabledSources?: readonly string[];
}

export interface ImportOptions {
  /** Names of the sources to read; all when absent. */
  readonly sources?: readonly string[];
  /** Files and folders to read in place of the tools' own; Daybook's own exports among them are read back. */
  readonly from?: readonly string[];
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface CoreDeps {
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly machine: Machine;
  readonly importers: readonly Importer[];
  readonly redactor: Redactor;
  /** Daybook's own log; none when absent. */
  readonly log?: Log;
  /** Called after each batch that this core added. */
  readonly onStored?: (records: readonly DaybookRecord[]) => void;
  /** Whether the test runs in what commands print are recorded too; they are when absent. */
  readonly testResults?: () => boolean;
  /** Bytes up to which an image or document is kept; ten megabytes when absent. */
  readonly maxAttachment?: () => number;
  /** Waits before each portion of what is read from the sources. */
  readonly pace?: () => Promise<void>;
  /** Told of each test run in what a command printed; what it gives back is recorded. */
  readonly onTestRun?: (run: DaybookRecord<TestRun>, command: DaybookRecord) => DaybookRecord<TestRun>;
}

const defaultMaxAttachment = 10 << 20;

/** @throws ProblemError when the data directory or the database cannot be opened */
export function createCore(deps: CoreDeps): Core {
  const { log = noLog } = deps;
  const store = opening(log, () => openStore(deps.dataDirectory));
  const everywhere = createEverywhere(deps.dataDirectory);
  let notedRules: string | undefined;
  const ingest = createIngest({
    store: {
      write: (work) => store.write((batch) => {
        const { ruleSet } = deps.redactor;
        if (notedRules !== ruleSet) noteRules(store.paths.root, ruleSet, store.past.files);
        notedRules = ruleSet;
        return work(batch);
      }),
    },
    redactor: deps.redactor,
    hashes: { contentHash, revisionId },
    attachments: { files: store.attachments, maxBytes: () => deps.maxAttachment?.() ?? defaultMaxAttachment },
    ...(deps.onStored && { onStored: deps.onStored }),
    ...(deps.pace && { between: deps.pace }),
  });
  const run = createImportRun({
    async submit(batch) {
      await deps.pace?.();
      return ingest.submit(batch);
    },
    cursor: (path) => store.cursors.get(path),
    cursorsOf: (source) => store.cursors.of(source),
    count: (sessions) => store.queries.count(sessions),
    openDatabase: (path) => openForeign(path),
  });
  const importersOf = (sources?: readonly string[]): readonly Importer[] =>
    sources ? deps.importers.filter(({ source }) => sources.includes(source)) : deps.importers;

  const health = createHealth({ store, machine: deps.machine, importers: deps.importers });

  function testRunIn(record: DaybookRecord): DaybookRecord | undefined {
    const found = testRunRecord(record);
    return found && (deps.onTestRun?.(found, record) ?? found);
  }

  /** Daybook's own exports among the files. */
  async function readExports(from: readonly string[], options: { readonly signal?: AbortSignal }): Promise<{ exported: string[]; counts: ImportResult['sources'] }> {
    const { findExports, readBack, readBackSource } = await import('./export/readBack.ts');
    const exported = await findExports(from);
    if (exported.length === 0) return { exported, counts: {} };
    const onProblem = (problem: Problem): ReturnType<typeof ingest.submit> =>
      ingest.submit({ records: [problemRecord(readBackSource, problem, new Date().toISOString())], source: readBackSource });
    const counts = await readBack(exported, { submit: ingest.submit, count: store.queries.count, onProblem }, options);
    return { exported, counts: { [readBackSource]: counts } };
  }

  async function readNow({ sources, from, onProgress, signal }: ImportOptions): Promise<ImportResult> {
    const importers = importersOf(sources);
    const options = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
    if (!from) return { sources: await run.files(await discover(importers, deps.machine, signal), options), unrecognised: [] };
    const { exported, counts } = await readExports(from, options);
    const { files, unrecognised } = await recogniseBelow(from, importers);
    const others = files.filter(({ path }) => !exported.includes(path));
    return { sources: { ...counts, ...(await run.files(others, options)) }, unrecognised: unrecognised.filter((path) => !exported.includes(path)) };
  }

  const reader = createReader(store, () => Promise.resolve(deps.redactor), levelsTold(deps.dataDirectory));

  return logged<Core>({
    ...reader,
    dataDirectory: deps.dataDirectory,
    everywhere,
    async record(records, source) {
      if (everywhere.stoppedSince !== undefined) return { accepted: 0, duplicates: 0, rejected: records.map((_, index) => ({ line: index + 1, reason: stoppedReason })) };
      return taking(log, records.length, () => ingest.submit({ records, source, ...(deps.testResults?.() !== false && { derive: testRunIn }) }));
    },
    mark({ sessions, ...marks }, source) {
      const problem = marksProblem(marks);
      if (problem !== undefined) throw new ProblemError({ code: 'bad-mark', message: problem });
      const unknown = sessions.find((id) => store.queries.session(id) === undefined);
      if (unknown !== undefined) throw new ProblemError({ code: 'not-found', message: `There is no session ${unknown}.` });
      return ingest.submit({ records: sessions.map((session) => ({ family: 'events', kind: 'session.marked', actor: 'user', data: { session, ...marks } })), source });
    },
    async import(options) {
      if (everywhere.stoppedSince !== undefined) throw new ProblemError({ code: 'stopped', message: stoppedReason });
      return reading(log, deps.importers.map(({ source }) => source), () => readNow(options));
    },
    rest() {
      reader.rest();
      deps.redactor.rest();
    },
    carryOut: async (list, when) => (await import('./export/scheduled/carryOut.ts')).carryOut(list, { ...when, exports: reader.exports, dataDirectory: deps.dataDirectory }),
    reading: (events) => createReading({ importers: deps.importers, machine: deps.machine, run }, events),
    watch: (changed, { machine = deps.machine, disabledSources = [] } = {}) =>
      watchSources(deps.importers.filter(({ source }) => !disabledSources.includes(source)), machine, (path, { source }) => changed(path, source)),
    doctor: () => diagnose({ store, machine: deps.machine, importers: deps.importers, health }),
    health: health.look,
    healthReport: health.report,
    tryWriting: store.tryWriting,
    async close() {
      await ingest.idle();
      store.close();
    },
  }, deps.dataDirectory, log);
}
