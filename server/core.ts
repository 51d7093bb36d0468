/** The core: everything Daybook can do, as plain data in and out, wired by hand. Every host (LSP, command line, worker) stands on it. */

import type { Requests } from '../shared/protocol.ts';
import type { DaybookRecord } from '../shared/record.ts';
import type { DoctorResult, HealthResult, ImportResult, RebuildResult, RecordResult, SealResult, SessionDocument, Stats } from '../shared/results.ts';
import { diagnose } from './doctor.ts';
import { sessionMarkdown } from './export/markdown.ts';
import { createCompleteness } from './health/completeness.ts';
import { createHealth, type Situation } from './health/health.ts';
import { discover, recogniseBelow } from './importers/discover.ts';
import type { Importer, Machine } from './importers/importer.ts';
import { createImportRun } from './importers/run.ts';
import { watchSources, type SourceWatch } from './importers/watch.ts';
import { createIngest } from './ingest/pipeline.ts';
import type { Redactor } from './ingest/redact.ts';
import { createReading, type Reading, type ReadingEvents } from './reading.ts';
import { sessionDocument } from './query/sessionDocument.ts';
import { contentHash, revisionId } from './store/indexer.ts';
import { openStore, type Progress } from './store/store.ts';

export type { Situation };

type Params<Method extends keyof Requests> = Requests[Method]['params'];
type Answer<Method extends keyof Requests> = Requests[Method]['result'];

export interface Core {
  readonly dataDirectory: string;
  /** Resolves when the records are durable. `source` is that of short forms. */
  record(records: readonly unknown[], source: string): Promise<RecordResult>;
  search(params: Params<'daybook/search'>): Answer<'daybook/search'>;
  sessions(params: Params<'daybook/sessions'>): Answer<'daybook/sessions'>;
  session(id: string): SessionDocument | null;
  sessionMarkdown(id: string): Answer<'daybook/sessionMarkdown'>;
  show(id: string): Answer<'daybook/show'>;
  /** Records from `since` (milliseconds since 1970) on, newest first. */
  latest(since: number, limit: number): { readonly records: readonly DaybookRecord[]; readonly total: number; readonly redactions: number };
  lastCodingSession(workspace: string): { readonly id: string; readonly ended: number } | undefined;
  stats(): Stats;
  import(options: ImportOptions): Promise<ImportResult>;
  /** Reads sources, all of them and one by one, until it is stopped. */
  reading(events: ReadingEvents): Reading;
  /** Tells which files of which source change, or come. */
  watch(changed: (path: string, source: string) => void): Promise<SourceWatch>;
  /** Compresses the days that are over; all that is there when `everything`. */
  seal(everything: boolean, onProgress?: (progress: Progress) => void): SealResult;
  /** Brings the index up to the journal. */
  catchUp(onProgress?: (progress: Progress) => void): RebuildResult;
  rebuild(onProgress?: (progress: Progress) => void): RebuildResult;
  doctor(): Promise<DoctorResult>;
  /** The ledger of each source, and what needs a look. Takes some time for a large record, in slices. */
  health(situation?: Situation): Promise<HealthResult>;
  /** What a source writes that Daybook does not know, as Markdown without any content; undefined when nothing is known of the source. */
  healthReport(source: string): Promise<string | undefined>;
  /** Changes whenever another process or thread has written to the store. */
  version(): number;
  /** Gives back memory that the next query would use again. */
  rest(): void;
  close(): Promise<void>;
}

export interface ImportOptions {
  /** Names of the sources to read; all when absent. */
  readonly sources?: readonly string[];
  /** Files and folders to read in place of the tools' own. */
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
  /** Called after each batch that this core added. */
  readonly onStored?: (records: readonly DaybookRecord[]) => void;
}

const defaultSearchLimit = 20;

/** @throws ProblemError when the data directory or the database cannot be opened */
export function createCore(deps: CoreDeps): Core {
  const store = openStore(deps.dataDirectory);
  const ingest = createIngest({
    store,
    redactor: deps.redactor,
    hashes: { contentHash, revisionId },
    ...(deps.onStored && { onStored: deps.onStored }),
  });
  const run = createImportRun({
    submit: ingest.submit,
    cursor: (path) => store.cursors.get(path),
    count: (sessions) => store.queries.count(sessions),
  });
  const importersOf = (sources?: readonly string[]): readonly Importer[] =>
    sources ? deps.importers.filter(({ source }) => sources.includes(source)) : deps.importers;

  const completeness = createCompleteness(() => store.ledger);
  const health = createHealth({ store, machine: deps.machine, importers: deps.importers });

  function session(id: string): SessionDocument | null {
    const found = store.queries.session(id);
    const [summary] = completeness.of(found ? [found] : []);
    return summary ? sessionDocument(summary, store.queries.sessionRecords(id)) : null;
  }

  return {
    dataDirectory: deps.dataDirectory,
    record: (records, source) => ingest.submit({ records, source }),
    search: ({ query, limit = defaultSearchLimit, typing = false }) => store.queries.search(query, { limit, typing }),
    sessions: ({ limit, before }) => ({ sessions: completeness.of(store.queries.sessions(limit, before)) }),
    session,
    sessionMarkdown(id) {
      const document = session(id);
      return document && { title: document.session.title, markdown: sessionMarkdown(document) };
    },
    show(id) {
      const record = store.queries.record(id);
      return record ? { record } : null;
    },
    latest: (since, limit) => store.queries.latest(since, limit),
    lastCodingSession: (workspace) => store.queries.lastCodingSession(workspace),
    stats: store.stats,
    async import({ sources, from, onProgress, signal }) {
      const importers = importersOf(sources);
      const options = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
      if (!from) return { sources: await run.files(await discover(importers, deps.machine, signal), options), unrecognised: [] };
      const { files, unrecognised } = await recogniseBelow(from, importers);
      return { sources: await run.files(files, options), unrecognised };
    },
    reading: (events) => createReading({ importers: deps.importers, machine: deps.machine, run }, events),
    watch: (changed) => watchSources(deps.importers, deps.machine, (path, { source }) => changed(path, source)),
    seal: (everything, onProgress) => store.seal({ everything }, onProgress),
    catchUp: store.catchUp,
    rebuild: store.rebuild,
    doctor: () => diagnose({ store, machine: deps.machine, importers: deps.importers, health }),
    health: health.look,
    healthReport: health.report,
    version: store.version,
    rest: store.rest,
    async close() {
      await ingest.idle();
      store.close();
    },
  };
}
