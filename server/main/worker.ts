/** Entry point: the thread that reads the sources. It has its own connection to the store, so that nobody waits for it. */

import { parentPort, workerData } from 'node:worker_threads';
import { sentence } from '../../shared/problem.ts';
import { createCore } from '../core.ts';
import { importers } from '../importers/registry.ts';
import { createRedactor } from '../ingest/redact.ts';
import type { FromWorker, ToWorker, WorkerStart } from '../lsp/importWorker.ts';

const { dataDirectory, machine, disabledSources } = workerData as WorkerStart;
const say = (message: FromWorker): void => parentPort?.postMessage(message);

let isStopping = false;

const core = createCore({
  dataDirectory,
  machine,
  importers: importers.filter(({ source }) => !disabledSources.includes(source)),
  redactor: createRedactor(),
});
core.catchUp();
const firstTime = !core.sessions({ limit: 1_000 }).sessions.some(({ kind }) => kind === 'chat');
const following = core.follow({
  onProgress: (done, total) => say({ type: 'progress', done, total }),
  onError: (error) => say({ type: 'error', message: sentence(error) }),
});

following.firstPass.then(
  (result) => say({ type: 'firstPass', result, firstTime }),
  (error: unknown) => {
    if (!isStopping) say({ type: 'error', message: sentence(error) });
  },
);

parentPort?.on('message', ({ type }: ToWorker) => {
  if (type !== 'stop') return;
  isStopping = true;
  void following.stop().then(() => core.close()).then(() => process.exit(0));
});
