/** One client's time with the server: its settings, what it captures, what it asks. */

import { basename } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { consentAmong } from '../../shared/consent.ts';
import type { ConsentLevel } from '../../shared/consentLevel.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Status } from '../../shared/protocol.ts';
import { isTrouble } from '../../shared/trouble.ts';
import type { Core, CoreDeps, Situation } from '../core.ts';
import type { Machine } from '../importers/importer.ts';
import type { UsersRedactor } from '../ingest/redact.ts';
import { stoppedReason } from '../everywhere.ts';
import type { Log } from '../log/log.ts';
import { unlockByItself } from '../unlocking.ts';
import { createAttention } from './attention.ts';
import { createCodingSessions } from './codingSessions.ts';
import { underConsent, type LevelOf } from './consent.ts';
import { diagnosticsRequests } from './diagnostics.ts';
import { createDue } from './due.ts';
import { createHolding } from './holding.ts';
import { createEditorCapture, type EditorCapture } from './editorCapture.ts';
import { encryptionRequests, unlockWith } from './encryption.ts';
import { createExportRequests } from './exports.ts';
import { createIgnoreRules } from './ignoreRules.ts';
import { goingFirst, newAsked } from './giveWay.ts';
import { historyFolders } from './historyFolders.ts';
import { createImports } from './imports.ts';
import { createKnownRuns } from './knownRuns.ts';
import { createLiveIntake } from './liveIntake.ts';
import { createLongWork } from './longWork.ts';
import { createOwnFiles } from './ownFiles.ts';
import { forgetParams, forgetSelection, markParams, recordList } from './params.ts';
import { readingRequests, startOfDay, type RequestHandlers } from './queries.ts';
import { redactingRequests } from './redacting.ts';
import { orElse } from './readable.ts';
import { createReportWatch } from './reportWatch.ts';
import { createRest } from './rest.ts';
import { openSessionLog } from './sessionLog.ts';
import type { Settings } from './settings.ts';
import { situationOf } from './situation.ts';
import { createStoreNews } from './storeNews.ts';
import { createTestReports } from './testReports.ts';
import { createTold } from './told.ts';
import { createWorkspaces, type Workspaces } from './workspaces.ts';

export interface ServerDeps {
  readonly createCore: (dataDirectory: string, live: Pick<CoreDeps, 'onStored' | 'testResults' | 'onTestRun' | 'maxAttachment' | 'log'>) => Core;
  /** Of this Daybook. */
  readonly version: string;
  /** Names of those there are. */
  readonly sources: readonly string[];
  readonly redactor: UsersRedactor;
  /** The data directory when the settings name none; absolute. */
  readonly defaultDataDirectory: string;
  readonly machine: Machine;
  readonly workerScript: URL;
  readonly upkeepScript: URL;
  /** Gives back memory; called when nothing was done for a while. */
  readonly collectGarbage: () => void;
}

export interface SessionStart {
  readonly settings: Settings;
  readonly folders: readonly string[];
  /** The client, as it calls itself. */
  readonly editor: string;
  readonly canShowProgress: boolean;
  /** Whether the client tells of files on disk when it is asked to. */
  readonly canWatchFiles: boolean;
  /** Names of settings that could not be read. */
  readonly wrong: readonly string[];
}

export interface Session {
  readonly log: Log;
  readonly editor: EditorCapture;
  readonly requests: RequestHandlers;
  start(): void;
  /** @param wrong names of settings that could not be read */
  configure(settings: Settings, wrong: readonly string[]): void;
  foldersChanged(added: readonly string[], removed: readonly string[]): void;
  /** Files that were created or changed on disk, whoever did it. */
  filesOnDisk(uris: readonly string[]): void;
  files(kind: 'file.created' | 'file.renamed' | 'file.deleted', files: readonly { readonly uri: string }[]): void;
  close(): Promise<void>;
}

/** Milliseconds without anything to do after which memory is given back. */
const restMs = 8_000;

/** @throws ProblemError when the store cannot be opened */
export function createSession(connection: Connection, deps: ServerDeps, start: SessionStart): Session {
  let { settings } = start;
  /** What the person in this window wants. */
  let wantsRecording = settings.recording;
  let rules = createIgnoreRules(settings.ignore, settings.maxFileSize);
  const workspaces = createWorkspaces();
  workspaces.set(start.folders);
  const maxAttachment = (): number => settings.maxAttachment;
  const runs = createKnownRuns();
  const dataDirectory = settings.dataDirectory || deps.defaultDataDirectory;
  const log = openSessionLog(connection, dataDirectory, { settings: settings.log, redact: deps.redactor.now });
  if (!unlockWith(dataDirectory, settings.unlock ?? {})) unlockByItself(dataDirectory, deps.machine.env);
  const core = log.starting(() => deps.createCore(dataDirectory, {
    onStored: stored, testResults: () => settings.captureTestResults, onTestRun: runs.printed, maxAttachment, log,
  }));
  let isRecording = wantsRecording && core.everywhere.stoppedSince === undefined;
  const news = createStoreNews({
    tell: tellChanged, onTrouble: (message) => log.say('warn', message),
    onStop: () => void recordOrNot().catch((error: unknown) => warn('recording', String(error))),
  });
  const coding = createCodingSessions({ idleMs: () => settings.idleMinutes * 60_000, last: (workspace) => readable(() => core.lastCodingSession(workspace), undefined) });
  const attention = createAttention(() => tellStatus());
  const levelOf: LevelOf = (folder) => consentAmong(settings.consent, workspaces.all(), folder);
  const machine = (): Machine => ({
    ...deps.machine, vscodeUserDirectories: settings.vscodeUserDirectories, workspaceFolders: historyFolders(workspaces.all(), levelOf),
  });
  const asked = newAsked();
  const imports = createImports({
    budget: () => settings.budget, asked, log,
    connection, core, workerScript: deps.workerScript, canShowProgress: start.canShowProgress,
    machine, maxAttachment,
    disabledSources: () => settings.disabledSources,
    onStatus() {
      tellStatus();
      due.look();
    },
    onTrouble: (message, error) => (isTrouble(error) ? holding.met(error) : warn('sources', message)),
    onRead() {
      attention.clear('sources');
      due.read();
    },
  });
  const rest = createRest(restMs, () => {
    core.rest();
    deps.collectGarbage();
  });
  const holding = createHolding({
    record: core.record, tryWriting: core.tryWriting, onChange: troubled, onTrouble: (message) => warn('recording', message),
  });
  const readable = <T>(ask: () => T, otherwise: T): T => orElse(ask, otherwise, holding.met);
  // What may be kept of it is decided when it happens, however long it is held.
  const intake = createLiveIntake(underConsent(levelOf, holding.take), workspaces, coding);
  const offered = createLiveIntake(underConsent(levelOf, holding.offer), workspaces, coding);
  const describe = (uri: string): ReturnType<Workspaces['place']> & { readonly consent: ConsentLevel } =>
    ({ ...workspaces.place(uri), consent: levelOf(workspaces.place(uri).workspace) });
  const lostEdit = (error: unknown): void => warn('recording', `An editor event could not be recorded: ${String(error)}`);
  const editor = createEditorCapture({
    rules: () => rules, redactor: deps.redactor, describe,
    isPaused: (uri) => !isRecording || !settings.captureEditor || describe(uri).consent === 'off',
    emit: (record) => void intake([record], 'lsp').then(() => attention.clear('recording'), lostEdit), onTrouble: lostEdit,
    tellsReloads: () => settings.tellsReloads,
    isOwn: createOwnFiles(core.dataDirectory, settings.vscodeUserDirectories),
  });

  const isAllRead = (): boolean => !isRecording || (imports.status().imported !== undefined && imports.status().importing === undefined);
  const due = createDue({
    core, imports: () => imports, settings: () => settings, upkeepScript: deps.upkeepScript, isReady: isAllRead, log,
    onNews(message) {
      if (message !== undefined) log.say('info', message);
      tellChanged();
    },
    onTrouble: warn,
  });
  const readsReports = (): boolean => isRecording && settings.captureTestReports;
  const reports = createTestReports({
    describe, rules: () => rules, isOn: readsReports, runs,
    emit: (records) => intake(records, 'lsp').then(() => attention.clear('test reports')),
    onTrouble: (error) => warn('test reports', `A test report could not be recorded: ${String(error)}`),
  });
  const reportWatch = createReportWatch(connection, start.canWatchFiles);
  /** Where nothing may be recorded of any folder, nothing is watched either. */
  const watchReports = (): void => reportWatch.set(readsReports() && workspaces.all().some((folder) => levelOf(folder) !== 'off'));

  function stored(): void {
    rest.busy();
    news.stored();
    due.look();
  }

  function warn(cause: string, message: string): void {
    log.warn(cause, message);
    attention.raise(cause, message);
  }

  const sourcesNow = (): string => JSON.stringify([settings.disabledSources, machine(), settings.budget, deps.redactor.ruleSet]);
  let sources = '';
  /** Where sessions are to be looked for may be elsewhere now. */
  function lookAgain(): void {
    const before = sources;
    sources = sourcesNow();
    if (before !== sources && isRecording) void imports.again().catch((error: unknown) => warn('sources', String(error)));
  }

  const told = createTold({ dataDirectory: core.dataDirectory, editor: start.editor, home: deps.machine.home, redactor: deps.redactor, warn, clear: attention.clear });

  let wrongSettings: readonly string[] = [];
  function tellWrong(names: readonly string[]): void {
    for (const name of wrongSettings) attention.clear(`setting ${name}`);
    for (const name of names) warn(`setting ${name}`, `The setting daybook.${name} has a value of the wrong type and is not used.`);
    wrongSettings = names;
  }

  const situation = (): Promise<Situation> => situationOf({ imports, holding, machine, settings: () => settings, isRecording: () => isRecording });

  function status(): Status {
    const { total, redactions } = readable(() => core.latest(startOfDay(), 0), { records: [], total: 0, redactions: 0 });
    const { stoppedSince } = core.everywhere;
    return {
      recording: isRecording && stoppedSince === undefined,
      ...(stoppedSince === undefined ? {} : { stoppedSince }),
      dataDirectory: core.dataDirectory,
      today: { records: total, redactions },
      ...imports.status(),
      ...due.status(),
      ...(attention.message === undefined ? {} : { attention: attention.message }),
      ...(holding.trouble && { trouble: holding.trouble }),
    };
  }

  /** Nothing can be written, or something can again: then what the AI tools wrote meanwhile is read. */
  function troubled(): void {
    const { trouble } = holding;
    log.write(trouble ? 'store.trouble' : 'store.troubleOver', {});
    if (trouble) warn('writing', `Nothing can be recorded. ${trouble.message} What happens is kept meanwhile, and recorded once that is possible.`);
    else {
      attention.clear('writing');
      log.say('info', 'Recording goes on.');
    }
    if (isRecording) void (trouble ? imports.stop() : imports.stop().then(imports.start)).catch((error: unknown) => warn('sources', String(error)));
    tellStatus();
  }

  function tellStatus(): void {
    rest.busy();
    void connection.sendNotification('daybook/statusChanged', status());
  }

  function tellChanged(): void {
    void connection.sendNotification('daybook/changed', { sessions: true, records: true });
    tellStatus();
  }

  /** Does what this window's person wants, unless recording is stopped everywhere. */
  async function recordOrNot(): Promise<void> {
    const records = wantsRecording && core.everywhere.stoppedSince === undefined;
    if (records === isRecording) return;
    isRecording = records;
    log.write('capture.switched', { on: records });
    watchReports();
    if (records) imports.start();
    else await imports.stop();
    tellStatus();
  }

  const long = createLongWork(connection, start.canShowProgress);
  const exports = createExportRequests({ connection, core, canShowProgress: start.canShowProgress });
  const requests: RequestHandlers = {
    ...goingFirst(readingRequests(core, situation), asked),
    ...exports.requests,
    ...redactingRequests({ core, long, flush: editor.flush, onRedacted: tellChanged }),
    ...due.requests,
    ...diagnosticsRequests({ core, situation, version: deps.version, usualDirectory: deps.defaultDataDirectory, sources: deps.sources, redactor: deps.redactor }),
    ...encryptionRequests({
      dataDirectory, script: deps.upkeepScript, long,
      async pause() {
        await Promise.all([editor.flush(), reports.flush(), imports.stop()]);
      },
      goOn() {
        holding.again();
        if (isRecording) imports.start();
        tellChanged();
      },
    }),
    'daybook/record': ({ records }) => {
      const list = recordList(records);
      const { stoppedSince } = core.everywhere;
      if (isRecording && stoppedSince === undefined) return offered(list, 'vscode');
      const reason = stoppedSince === undefined ? 'Recording is paused.' : stoppedReason;
      return { accepted: 0, duplicates: 0, rejected: list.map((_, index) => ({ line: index + 1, reason })) };
    },
    'daybook/mark': (params) => core.mark(markParams(params), 'vscode'),
    'daybook/forgetPreview': (params) => core.forgetPreview(forgetSelection(params)),
    async 'daybook/forget'(params) {
      // What was typed a moment ago may be meant, too.
      await editor.flush();
      const receipt = await core.forget(forgetParams(params));
      tellChanged();
      return receipt;
    },
    'daybook/status': () => status(),
    async 'daybook/setRecording'({ recording, everywhere = false }) {
      // What happened until now is recorded, before the word that stops it.
      if (isRecording && !recording) await Promise.all([editor.flush(), reports.flush()]);
      if (everywhere) core.everywhere[recording ? 'resume' : 'stop']();
      else wantsRecording = recording;
      await recordOrNot();
      tellStatus();
      return status();
    },
    'daybook/import': () => {
      if (core.everywhere.stoppedSince !== undefined) throw new ProblemError({ code: 'stopped', message: stoppedReason });
      return imports.again();
    },
  };

  return {
    log,
    editor,
    get requests() {
      rest.busy();
      return requests;
    },
    start() {
      log.started(deps.version);
      tellWrong(start.wrong);
      told(settings);
      news.watch({ dataDirectory: core.dataDirectory, version: () => readable(core.version, 0) });
      watchReports();
      sources = sourcesNow();
      if (isRecording) imports.start();
      due.look();
      tellStatus();
    },
    configure(next, wrong) {
      tellWrong(wrong);
      // What was typed until now was typed under the consent until now.
      if (JSON.stringify(next.consent) !== JSON.stringify(settings.consent)) void editor.flush();
      const before = settings;
      settings = { ...next, dataDirectory: settings.dataDirectory };
      told(settings);
      log.configure(settings.log, wrong.length);
      due.changed(before);
      rules = createIgnoreRules(settings.ignore, settings.maxFileSize);
      watchReports();
      lookAgain();
    },
    foldersChanged(added, removed) {
      workspaces.change(added, removed);
      watchReports();
      lookAgain();
    },
    filesOnDisk: reports.changed,
    files(kind, files) {
      if (!isRecording || !settings.captureEditor || files.length === 0) return;
      const records = files.map((data) => ({ family: 'events' as const, kind, data, ...describe(data.uri) }));
      void intake(records, 'lsp').catch((error: unknown) => warn('recording', `${basename(files[0]?.uri ?? '')}: ${String(error)}`));
    },
    async close() {
      rest.close();
      news.close();
      await Promise.all([editor.flush(), reports.flush()]);
      await imports.stop();
      await Promise.all([exports.stop(), long.stop()]);
      await due.stop();
      const unwritten = await holding.close();
      log.ended(unwritten);
      await core.close();
    },
  };
}
