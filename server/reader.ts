/** What can be asked of a store. It stands by itself, so that a command that only reads loads nothing else. */

import { homedir } from 'node:os';
import type { BackupResult, RestoreResult } from '../shared/backups.ts';
import type { ActorCounts } from '../shared/links.ts';
import { ProblemError } from '../shared/problem.ts';
import type { ForgetParams, ForgetSelection, Requests, Status } from '../shared/protocol.ts';
import type { DaybookRecord } from '../shared/record.ts';
import type { SizeForecast } from '../shared/retention.ts';
import type { RedactPreview, RedactReceipt, RedactSelection } from '../shared/redaction.ts';
import type { ForgetPreview, ForgetReceipt, RebuildResult, RepairResult, SealResult, SessionDocument, Stats } from '../shared/results.ts';
import { countActors } from './attribution/tally.ts';
import { createTracer, type Tracer } from './attribution/tracer.ts';
import type { BackUpOptions, FoundBackup } from './backups.ts';
import type { Exports } from './export/flow.ts';
import type { LevelNow } from './export/levels.ts';
import { attachmentWords } from './export/attachedMarkdown.ts';
import { sessionMarkdown } from './export/markdown.ts';
import type { Forgetting, OnForgetProgress } from './forgetting.ts';
import { forecast } from './expiry/forecast.ts';
import type { Retaining } from './expiry/retaining.ts';
import { readState, shown } from './expiry/state.ts';
import { createCompleteness } from './health/completeness.ts';
import type { Redactor } from './ingest/redact.ts';
import { firstSearch } from './query/firstSearch.ts';
import { ask, type Understood } from './query/language/ask.ts';
import { complete } from './query/language/completion.ts';
import { knownValues } from './query/language/known.ts';
import type { Asker } from './query/language/query.ts';
import type { Select } from './query/select.ts';
import { sessionDocument } from './query/sessionDocument.ts';
import { hoursOf, ratesOf, statisticsOf } from './query/statistics.ts';
import { workflowKinds, workflowPast } from './query/workflow.ts';
import { groupHits } from './searchGroups.ts';
import type { OnFile } from './restoring.ts';
import { createSessionReading, type SessionReading } from './sessionReading.ts';
import type { Redacting, RedactWatch } from './redacting/redacting.ts';
import { openStore, type Progress, type Store } from './store/store.ts';

export type { Progress };

type Params<Method extends keyof Requests> = Requests[Method]['params'];
type Answer<Method extends keyof Requests> = Requests[Method]['result'];

export interface Reader {
  search(params: Params<'daybook/search'>): Answer<'daybook/search'>;
  searchComplete(params: Params<'daybook/searchComplete'>): Answer<'daybook/searchComplete'>;
  sessions(params: Params<'daybook/sessions'>): Answer<'daybook/sessions'>;
  touching(params: Params<'daybook/touching'>): Answer<'daybook/touching'>;
  session(id: string): SessionDocument | null;
  sessionMarkdown(id: string): Answer<'daybook/sessionMarkdown'>;
  /** The file of an image or document, by its name. */
  attachment(name: string, withContent?: boolean): Answer<'daybook/attachment'>;
  firstSearch(): Answer<'daybook/firstSearch'>;
  /** A session page by page. */
  readonly pages: SessionReading;
  show(id: string): Answer<'daybook/show'>;
  workflow(choice: Params<'daybook/workflow'>): Answer<'daybook/workflow'>;
  /** Records from `since` (milliseconds since 1970) on, newest first. */
  latest(since: number, limit: number): { readonly records: readonly DaybookRecord[]; readonly total: number; readonly redactions: number };
  lastCodingSession(workspace: string): { readonly id: string; readonly ended: number } | undefined;
  stats(): Stats;
  /** Who made the edits of the last days. */
  actors(): ActorCounts;
  statistics(params: Params<'daybook/statistics'>): Answer<'daybook/statistics'>;
  /** How much happened in the last hour. */
  rates(): Answer<'daybook/rates'>;
  /** Rejects with a ProblemError when there is no such day. */
  timeline(params: Params<'daybook/timeline'>): Promise<Answer<'daybook/timeline'>>;
  /** Brings the index up to the journal. */
  catchUp(onProgress?: (progress: Progress) => void): RebuildResult;
  /** The same where a glance at the journal does not tell that there is nothing to do: for a question that somebody waits for. */
  keepUp(): void;
  rebuild(onProgress?: (progress: Progress) => void): RebuildResult;
  /** Compresses the days that are over; all that is there when `everything`. */
  seal(everything: boolean, onProgress?: (progress: Progress) => void): SealResult;
  /** The way out. Its formats and the rules of redaction are loaded when they are first asked for. */
  exports(): Promise<Exports>;
  /** What would be forgotten. Rejects with a ProblemError when nothing is chosen, or something that is not there. */
  forgetPreview(selection: ForgetSelection): Promise<ForgetPreview>;
  /** Forgets for good; what is handed in once more is refused. Rejects like the preview. */
  forget(params: ForgetParams, onProgress?: OnForgetProgress): Promise<ForgetReceipt>;
  /** Makes a backup. Rejects with a ProblemError when it cannot be made. */
  backUp(options: BackUpOptions): Promise<BackupResult>;
  /** Restores a backup over the record, after a backup of it. */
  restoreOver(backup: FoundBackup, onFile?: OnFile): Promise<RestoreResult>;
  /** What waits to be let go; undefined when nothing does. Cheap. */
  waitingToGo(): Status['retention'];
  /** What is let go by age and size. */
  retention(): Promise<Retaining>;
  /** What the rules of today find in what is recorded already. Rejects with a ProblemError: `bad-query`, `cancelled`. */
  redactPreview(selection: RedactSelection, watch?: RedactWatch): Promise<RedactPreview>;
  /** Takes it out, and looks whether it is gone. Rejects like the preview; then nothing is changed. */
  redact(selection: RedactSelection, watch?: RedactWatch): Promise<RedactReceipt>;
  /** Puts right what can be put right, after a backup. Rejects with a ProblemError when none can be made. */
  repair(onProgress?: (progress: Progress) => void): Promise<RepairResult>;
  /** Changes whenever another process or thread has written to the store. */
  version(): number;
  /** Gives back memory that the next query would use again. */
  rest(): void;
  close(): void | Promise<void>;
}

const defaultSearchLimit = 20;
const defaultCompletions = 20;
const mostPins = 100_000;
/** A first search is looked for in so many sessions, none of them so long that a person would wait. */
const newestLooked = 50;
const mostSessions = 5;
const mostCalls = 500;

/** @throws ProblemError when the data directory or the database cannot be opened */
export function openReader(dataDirectory: string, home = homedir()): Reader {
  return createReader(openStore(dataDirectory), () => redactorTold(dataDirectory, home), levelsTold(dataDirectory));
}

/** With the rules of its user, as the editors were told them. */
async function redactorTold(dataDirectory: string, home: string): Promise<Redactor> {
  const [{ createRedactor }, { toldRules }] = await Promise.all([import('./ingest/redact.ts'), import('./redactionTold.ts')]);
  return createRedactor(toldRules(dataDirectory, home).rules);
}

/** What may be taken out, by what the editors were told until then. */
export const levelsTold = (dataDirectory: string) => async (): Promise<LevelNow> => (await import('./consentTold.ts')).toldLevels(dataDirectory);

/**
 * @param redactor of what is taken out
 * @param levels how much of it may leave, asked for each export; everything when absent
 */
export function createReader(store: Store, redactor: () => Promise<Redactor>, levels: () => Promise<LevelNow> = () => Promise.resolve(() => 'full')): Reader {
  const completeness = createCompleteness(() => store.ledger);

  function session(id: string): SessionDocument | null {
    const found = store.queries.session(id);
    const [summary] = completeness.of(found ? [found] : []);
    return summary ? sessionDocument(summary, store.queries.sessionRecords(id)) : null;
  }

  function openTracer(): Tracer {
    const { deeds, scan, record, touching } = store.queries;
    return createTracer({ deeds, scan, record, touching, title: (id) => store.queries.session(id)?.title });
  }

  const pages = createSessionReading(session, (id) => JSON.stringify([completeness.of([store.queries.session(id)].filter((found) => found !== undefined)), store.queries.sessionState(id)]));

  /** Dates and words such as `yesterday` are those of this machine. */
  function understand(query: string, typing: boolean): Understood {
    const pinned = (): string[] => store.queries.sessions(mostPins, undefined, { only: 'pinned' }).map(({ id }) => id);
    const tracer = openTracer(); // what it remembers is of this question
    return ask(query, asker(), { typing, pinned, tags: () => store.queries.tags(), actor: tracer.actor });
  }

  const values = knownValues({
    facts: (name, typed, limit) => store.queries.facts.beginning(name, typed, limit),
    tags: () => store.queries.tags(),
    sessions: (limit) => store.queries.sessions(limit, undefined, { only: 'everything' }).map(({ id }) => id),
  });

  async function openSelect(): Promise<Select> {
    const { createSelect } = await import('./query/select.ts');
    const { scan, record, sessions, sessionRecords } = store.queries;
    return createSelect({
      scan, record, sessions, sessionRecords,
      matches(query) {
        const { question, mistakes: [mistake] } = understand(query, false);
        // Search leaves out what it does not understand and says so; what leaves, or goes for good, must be exactly what was meant.
        if (mistake) throw new ProblemError({ code: 'bad-query', message: mistake.message });
        return question ? store.queries.matches(question) : [];
      },
      // Without a look at whether its source is still there: the same record gives the same bytes.
      session(id) {
        const found = store.queries.session(id);
        return found ? sessionDocument(found, sessionRecords(id)) : null;
      },
    });
  }

  function growth(now: number): SizeForecast {
    const chats = store.holdings.chatDays().map((each) => ({ ...each, family: 'chats' as const }));
    return forecast(readState(store.paths.root).policy, [...store.holdings.days(), ...chats], store.databaseBytes(), now);
  }

  async function openForgetting(): Promise<Forgetting> {
    const [{ createForgetting }, { lookIntoExports }, select] = await Promise.all([import('./forgetting.ts'), import('./exported/forgetting.ts'), openSelect()]);
    const deps = { dataDirectory: store.paths.root, journal: store.past };
    return createForgetting({ ...store.queries, forget: store.forget }, select, (going) => lookIntoExports(deps, going));
  }

  async function openRedacting(): Promise<Redacting> {
    const [{ openRedactingOf }, select, rules] = await Promise.all([import('./redacting/open.ts'), openSelect(), redactor()]);
    return openRedactingOf(store, select, rules);
  }

  return {
    search({ query, limit = defaultSearchLimit, typing = false, grouped = false }) {
      const { question, mistakes } = understand(query, typing);
      const found = question ? store.queries.search(question, { limit, typing }) : { total: 0, results: [] };
      const groups = grouped && { groups: groupHits(found.results, store.queries) };
      return { query, ...found, ...groups, ...(mistakes.length > 0 && { mistakes }) };
    },
    searchComplete: ({ query, limit = defaultCompletions }) => ({ query, ...complete(query, values, limit) }),
    sessions: ({ limit, before, ...choice }) => ({ sessions: completeness.of(store.queries.sessions(limit, before, choice)) }),
    touching({ file, limit }) {
      const touches = store.queries.touching(file, limit).flatMap((touch) => {
        const found = store.queries.session(touch.session);
        return found ? [{ ...found, touchedAt: new Date(touch.last).toISOString(), changes: touch.changes }] : [];
      });
      return { sessions: completeness.of(touches) };
    },
    session,
    sessionMarkdown(id) {
      const document = session(id);
      return document && { title: document.session.title, markdown: sessionMarkdown(document, undefined, attachmentWords) };
    },
    attachment(name, withContent = false) {
      const found = store.attachments.find(name);
      if (!found) return null;
      const content = withContent && found.encrypted ? store.attachments.read(name)?.toString('base64') : undefined;
      return { path: found.path, bytes: found.bytes, ...(content !== undefined && { content }) };
    },
    firstSearch() {
      const newest = store.queries.sessions(newestLooked).filter(({ kind, toolExecutions }) => kind === 'chat' && toolExecutions <= mostCalls);
      const finds = (query: string): boolean => {
        const { question } = understand(query, false);
        return question !== undefined && store.queries.search(question, { limit: 1, typing: false }).total > 0;
      };
      return firstSearch(newest.slice(0, mostSessions).map(({ id }) => id), { read: session, finds }) ?? null;
    },
    pages,
    show(id) {
      const record = store.queries.record(id);
      return record ? { record, ...openTracer().links(record) } : null;
    },
    workflow: (choice) => workflowPast(store.queries.scan({ kinds: workflowKinds }), choice),
    latest: (since, limit) => store.queries.latest(since, limit),
    lastCodingSession: (workspace) => store.queries.lastCodingSession(workspace),
    stats: store.stats,
    actors: () => countActors(store.queries.scan, openTracer().actor, Date.now()),
    statistics(params) {
      const now = new Date();
      const rows = store.queries.statistics.rows({ ...hoursOf(params, now), workspace: params.workspace });
      return { ...statisticsOf(rows, params, store.databaseBytes(), now), forecast: growth(now.getTime()) };
    },
    rates() {
      const now = new Date();
      return ratesOf(store.queries.statistics.minutes(now.getTime() - 3_600_000), now);
    },
    async timeline(params) {
      const { daySpan, timelineOf } = await import('./query/timeline.ts');
      const span = daySpan(params.day);
      if (!span) throw new ProblemError({ code: 'bad-day', message: `${params.day} is no day; a day is written 2026-11-20.` });
      const { scan, statistics: { around } } = store.queries;
      return timelineOf(params, span, { scan, around, pause: () => new Promise((resolve) => setImmediate(resolve)) });
    },
    catchUp: store.catchUp,
    keepUp: store.keepUp,
    rebuild: store.rebuild,
    seal: (everything, onProgress) => store.seal({ everything }, onProgress),
    async exports() {
      const [{ createExports }, { noteExported }, select, { redactRecords }, rules, levelNow] = await Promise.all([
        import('./export/flow.ts'), import('./export/ledger.ts'), openSelect(), import('./ingest/redact.ts'), redactor(), levels(),
      ]);
      const redaction = { ruleSet: rules.ruleSet, records: (records: readonly DaybookRecord[]) => redactRecords(rules, records), values: rules.values };
      return createExports(select, redaction, store.attachments.read, levelNow, (exported) => noteExported(store.paths.root, exported));
    },
    forgetPreview: async (selection) => (await openForgetting()).preview(selection),
    async forget(params, onProgress) {
      pages.rest();
      return (await openForgetting()).forget(params, onProgress);
    },
    backUp: async (options) => (await import('./backups.ts')).backUp(store, options),
    async restoreOver(backup, onFile) {
      pages.rest();
      return (await import('./restoring.ts')).restoreOver(store, backup, onFile);
    },
    waitingToGo() {
      const { plan, policy } = readState(store.paths.root);
      return plan && { plan: shown(plan), policy };
    },
    retention: async () => (await import('./expiry/retaining.ts')).createRetaining(store),
    redactPreview: async (selection, watch) => (await openRedacting()).preview(selection, watch),
    async redact(selection, watch) {
      pages.rest();
      return (await openRedacting()).redact(selection, watch);
    },
    repair: async (onProgress) => (await import('./repairing.ts')).repair(store, onProgress),
    version: store.version,
    rest() {
      pages.rest();
      store.rest();
    },
    close: store.close,
  };
}

/** Who asks, here and now. The time zone is found out only for queries that name a day: it takes longer than all the rest of a search. */
function asker(): Asker {
  return {
    now: Date.now(),
    get timeZone() {
      return Intl.DateTimeFormat().resolvedOptions().timeZone;
    },
  };
}
