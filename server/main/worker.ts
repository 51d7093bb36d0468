/** Entry point: the thread that reads the sources. It has its own connection to the store, so that nobody waits for it. */

import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError, sentence } from '../../shared/problem.ts';
import { createCore } from '../core.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';
import { openLog } from '../log/open.ts';
import { noteRead } from '../log/noted.ts';
import { fault } from '../log/fields.ts';
import { createDiskLimit } from '../lsp/diskLimit.ts';
import { createGiveWay } from '../lsp/giveWay.ts';
import type { FromWorker, Retain, ToWorker, WorkerStart } from '../lsp/importWorker.ts';
import { createPace } from '../lsp/pace.ts';
import { toldRules } from '../redactionTold.ts';
import { collectGarbage } from './collect.ts';

const { dataDirectory, machine, disabledSources, maxAttachment, budget, asked, log: shared, pass } = workerData as WorkerStart;
const say = (message: FromWorker): void => parentPort?.postMessage(message);
/** What is left to do after a burst comes soon; a thread is quicker kept for a moment than started again. */
const lingerMs = 5_000;

let handled = 0;
let isStopping = false;
let lingering: NodeJS.Timeout | undefined;

const pace = createPace({ budget, collectGarbage, isStopping: () => isStopping, onSlowed: (slowed) => say({ type: 'slowed', slowed }) });
const giveWay = createGiveWay(asked, () => isStopping);
const disk = createDiskLimit(dataDirectory, budget, (diskBytes) => say({ type: 'full', diskBytes }));
const redactor = createRedactor(toldRules(dataDirectory, machine.home).rules);
const log = openLog(dataDirectory, { process: 'worker', shared, redact: redactor.now, onLine: (line) => say({ type: 'logged', line }) });
const core = createCore({
  log,
  dataDirectory,
  machine,
  importers: importers.filter(({ source }) => !disabledSources.includes(source)),
  redactor,
  maxAttachment: () => maxAttachment,
  async pace() {
    await giveWay();
    await pace.step();
  },
});
const trouble = (error: unknown): void => {
  log.write('import.failed', { error: fault(error) });
  if (!isStopping) say({ type: 'error', message: sentence(error), ...(error instanceof ProblemError && { problem: error.problem }) });
};
const reading = core.reading({ onProgress: (done, total) => say({ type: 'progress', done, total }), onError: trouble, onIdle: linger });

function linger(): void {
  clearTimeout(lingering);
  if (isStopping) return;
  lingering = setTimeout(() => {
    if (!reading.isBusy()) say({ type: 'idle', handled });
  }, lingerMs);
}

async function readAll(): Promise<void> {
  core.catchUp();
  const firstTime = !core.sessions({ limit: 1_000 }).sessions.some(({ kind }) => kind === 'chat');
  const begun = performance.now();
  const result = await disk.within((signal) => reading.pass(signal)) ?? { sources: {}, unrecognised: [] };
  noteRead(log, importers.map(({ source }) => source), result, Math.round(performance.now() - begun));
  say({ type: 'firstPass', result, firstTime });
  core.seal(false, pace.stepNow);
  linger();
}

function handle(message: ToWorker): void {
  if (message.type === 'stop') return stop();
  handled++;
  if (message.type === 'changed') reading.changed(message.path, message.source);
  else if (message.type === 'retain') void retain(message);
  else core.seal(false, pace.stepNow);
  linger();
}

async function retain({ how, policy }: Retain): Promise<void> {
  try {
    const retention = await core.retention();
    const now = Date.now();
    if (how === 'now') retention.carryOut(now);
    else retention.look({ now, isStart: how === 'start', ...(policy && { policy }) });
    say({ type: 'retained' });
  } catch (error) {
    log.write('retention.failed', { error: fault(error) });
    say({ type: 'retained', problem: sentence(error) });
  }
  linger();
}

function stop(): void {
  isStopping = true;
  clearTimeout(lingering);
  disk.close();
  void reading.stop().then(() => core.close()).then(() => process.exit(0));
}

parentPort?.on('message', handle);
if (pass) readAll().catch(trouble);
else linger();
