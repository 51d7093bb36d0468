/**
 * Reading the sources for a client. The watch is here and costs nothing while nothing changes; reading is done in a thread that is started
 * when there is something to read, and ended when there is nothing left.
 */

import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { ProblemError } from '../../shared/problem.ts';
import type { Budget, Status } from '../../shared/protocol.ts';
import type { ImportResult } from '../../shared/results.ts';
import type { Core } from '../core.ts';
import type { Machine } from '../importers/importer.ts';
import type { SourceWatch } from '../importers/watch.ts';
import { isOverDisk, type BudgetState } from './budget.ts';
import { diskUse } from '../diskUse.ts';
import type { Asked } from './giveWay.ts';
import { startImportWorker, type FromWorker, type ImportWorker, type Retain } from './importWorker.ts';
import type { Slowed } from './pace.ts';
import type { SessionLog } from './sessionLog.ts';

export interface Imports {
  /** Reads what is there and follows what grows; nothing when it does already. */
  start(): void;
  stop(): Promise<void>;
  /** Has the days that are over compressed. */
  maintain(): void;
  /** Lets go what is too old, or plans it; resolves when that is done. Undefined while nothing is read: then there is no thread for it. */
  retain(what: Omit<Retain, 'type'>): Promise<void> | undefined;
  /** Begins anew and resolves with the figures of the first pass. */
  again(): Promise<ImportResult>;
  status(): Pick<Status, 'importing' | 'imported'>;
  /** What became of the budget; looks whether there is room again, and goes on where there is. */
  budget(): Promise<BudgetState>;
}

export interface ImportsDeps {
  readonly connection: Connection;
  readonly core: Core;
  readonly workerScript: URL;
  readonly canShowProgress: boolean;
  readonly machine: () => Machine;
  readonly disabledSources: () => readonly string[];
  /** Bytes. */
  readonly maxAttachment: () => number;
  readonly budget: () => Budget;
  /** Whether somebody is being answered: then reading gives way. */
  readonly asked: Asked;
  readonly log: Pick<SessionLog, 'write' | 'shared' | 'passOn'>;
  readonly onStatus: () => void;
  readonly onTrouble: (message: string, error?: ProblemError) => void;
  /** Everything was read. */
  readonly onRead: () => void;
}

const maxDeaths = 4;
const restartMs = 5_000;

export function createImports(deps: ImportsDeps): Imports {
  let worker: ImportWorker | undefined;
  let importing: Status['importing'];
  let imported: Status['imported'];
  let progress: WorkDoneProgressServerReporter | undefined;
  let firstPass = newPass();
  let deaths = 0;
  let restart: NodeJS.Timeout | undefined;
  let budget: BudgetState = {};

  /** How many messages the thread was told. */
  let told = 0;
  let watch: Promise<SourceWatch> | undefined;

  function start(): void {
    if (watch) return;
    firstPass = newPass();
    // The watch stands before the first pass, so that nothing written in between is missed.
    const standing = deps.core.watch((path, source) => {
      if (watch === standing) tell({ type: 'changed', path, source });
    }, { machine: deps.machine(), disabledSources: deps.disabledSources() });
    watch = standing;
    standing.then(() => {
      if (watch === standing && !worker) launch(true);
    }, (error: unknown) => onMessage({ type: 'error', message: String(error) }));
  }

  function launch(pass: boolean): ImportWorker {
    const at = { dataDirectory: deps.core.dataDirectory, machine: deps.machine(), disabledSources: deps.disabledSources(), maxAttachment: deps.maxAttachment(), budget: deps.budget(), asked: deps.asked, log: deps.log.shared, pass };
    told = 0;
    budget = pass || budget.diskBytes === undefined ? {} : { diskBytes: budget.diskBytes };
    const launched = startImportWorker(deps.workerScript, at, { onMessage: (message) => {
      if (worker === launched) onMessage(message);
    } });
    worker = launched;
    return launched;
  }

  function tell(message: Parameters<ImportWorker['tell']>[0]): void {
    (worker ?? launch(false)).tell(message);
    told++;
  }

  /** Unless something was told meanwhile, there is nothing to stay for. */
  function end(handled: number): void {
    if (handled !== told) return;
    const idle = worker;
    worker = undefined;
    void idle?.stop();
  }

  /** Whoever waits for what the thread lets go. */
  const retaining: (() => void)[] = [];

  function retained(problem?: string): void {
    if (problem !== undefined) deps.onTrouble(`What is too old could not be let go: ${problem}`);
    retaining.shift()?.();
  }

  function onMessage(message: FromWorker): void {
    if (message.type === 'retained') return retained(message.problem);
    if (message.type === 'logged') return deps.log.passOn(message.line);
    if (message.type === 'progress') showProgress(message.done, message.total);
    else if (message.type === 'ended') beginAgainLater();
    else if (message.type === 'slowed') slowed(message.slowed);
    else if (message.type === 'full') full(message.diskBytes);
    else if (message.type === 'idle') end(message.handled);
    else if (message.type === 'error') {
      deps.onTrouble(`Sessions could not be read: ${message.message}`, message.problem && new ProblemError(message.problem));
      firstPass.reject(new Error(message.message));
      if (importing) endProgress(); // it begins again where reading goes on
    } else finished(message.result, message.firstTime);
  }

  /** Work rests many times in a row: the first time is news. */
  function slowed(how: Slowed): void {
    if (!budget.slowed) deps.log.write('import.slowed', {});
    budget = { ...budget, slowed: { ...how, at: new Date() } };
  }

  function full(diskBytes: number): void {
    deps.log.write('import.full', { bytes: diskBytes });
    budget = { ...budget, diskBytes };
  }

  /** A thread that died, for want of memory perhaps, is given another chance, but not for ever. */
  function beginAgainLater(): void {
    worker = undefined;
    retaining.splice(0).forEach((done) => done());
    if (importing) endProgress();
    deps.log.write('import.threadEnded', { times: deaths + 1 });
    if (deaths++ >= maxDeaths) return;
    restart = setTimeout(() => {
      if (watch && !worker) launch(true);
    }, restartMs * 2 ** deaths);
    restart.unref();
  }

  function showProgress(done: number, total: number): void {
    const isFirst = importing === undefined;
    importing = { done, total };
    if (isFirst) {
      deps.onStatus();
      if (deps.canShowProgress) void openProgress().catch(() => undefined); // a client may refuse to show it
    }
    progress?.report(Math.round((done / total) * 100), `${done} of ${total} files`);
  }

  async function openProgress(): Promise<void> {
    const reporter = await deps.connection.window.createWorkDoneProgress();
    if (importing === undefined) return;
    progress = reporter;
    reporter.begin('Daybook reads your sessions', 0, undefined, true);
    reporter.token.onCancellationRequested(() => void stop());
  }

  function finished(result: ImportResult, firstTime: boolean): void {
    const counts = Object.entries(result.sources).filter(([, { sessions }]) => sessions > 0);
    imported = { sessions: counts.reduce((sum, [, { sessions }]) => sum + sessions, 0), sources: counts.map(([source]) => source), firstTime };
    deps.onRead();
    endProgress();
    firstPass.resolve(result);
  }

  function endProgress(): void {
    importing = undefined;
    progress?.done();
    progress = undefined;
    deps.onStatus();
  }

  async function stop(): Promise<void> {
    const stopping = worker;
    const watching = watch;
    const pass = firstPass; // another one may begin while this one ends
    worker = undefined;
    watch = undefined;
    retaining.splice(0).forEach((done) => done());
    clearTimeout(restart);
    (await watching?.catch(() => undefined))?.close();
    await stopping?.stop();
    pass.reject(new Error('Reading was stopped.'));
    if (importing && !worker) endProgress();
  }

  async function lookAtBudget(): Promise<BudgetState> {
    if (budget.diskBytes === undefined) return budget;
    const diskBytes = await diskUse(deps.core.dataDirectory);
    if (isOverDisk(diskBytes, deps.budget())) budget = { ...budget, diskBytes };
    else if (budget.diskBytes !== undefined) {
      const { diskBytes: _, ...rest } = budget;
      budget = rest;
      if (watch) void again().catch(() => undefined); // stopped meanwhile, or said as trouble
    }
    return budget;
  }

  async function again(): Promise<ImportResult> {
    await stop();
    start();
    return firstPass.promise;
  }

  return {
    start,
    stop,
    budget: lookAtBudget,
    maintain() {
      if (watch) tell({ type: 'seal' });
    },
    retain(what) {
      if (!watch) return undefined;
      const done = new Promise<void>((resolve) => retaining.push(resolve));
      tell({ type: 'retain', ...what });
      return done;
    },
    again,
    status: () => ({ ...(importing && { importing }), ...(imported && { imported }) }),
  };
}

function newPass(): PromiseWithResolvers<ImportResult> {
  const pass = Promise.withResolvers<ImportResult>();
  pass.promise.catch(() => undefined); // who waits for it is told; nobody has to wait
  return pass;
}
