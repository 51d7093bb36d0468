/** Entry point: the thread that reads the sources. It has its own connection to the store, so that nobody waits for it. */

import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError, sentence } from '../../shared/problem.ts';
import { createCore } from '../core.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';
import type { FromWorker, ToWorker, WorkerStart } from '../lsp/importWorker.ts';

const { dataDirectory, machine, disabledSources, maxAttachment, pass } = workerData as WorkerStart;
const say = (message: FromWorker): void => parentPort?.postMessage(message);
/** What is left to do after a burst comes soon; a thread is quicker kept for a moment than started again. */
const lingerMs = 5_000;

let handled = 0;
let isStopping = false;
let lingering: NodeJS.Timeout | undefined;

const core = createCore({
  dataDirectory,
  machine,
  importers: importers.filter(({ source }) => !disabledSources.includes(source)),
  redactor: createRedactor(),
  maxAttachment: () => maxAttachment,
});
const trouble = (error: unknown): void => {
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
  say({ type: 'firstPass', result: await reading.pass(), firstTime });
  core.seal(false);
}

function handle(message: ToWorker): void {
  if (message.type === 'stop') return stop();
  handled++;
  if (message.type === 'changed') reading.changed(message.path, message.source);
  else core.seal(false);
  linger();
}

function stop(): void {
  isStopping = true;
  clearTimeout(lingering);
  void reading.stop().then(() => core.close()).then(() => process.exit(0));
}

parentPort?.on('message', handle);
if (pass) readAll().catch(trouble);
else linger();
