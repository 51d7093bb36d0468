/** Composition only: what there is, and who gets whom. What a person sees comes after it, in surface.ts: an editor that starts waits for this one. */

import { setImmediate as immediate } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { createApi } from './api.ts';
import type { DaybookApi } from './api.ts';
import { underConsent } from './capture/consented.ts';
import { createRecordQueue } from './capture/queue.ts';
import { registerCommands } from './commands/register.ts';
import { logSettings } from './connection/logLevel.ts';
import { serverSettings, setting } from './connection/settings.ts';
import { levelNow } from './consent.ts';
import { createUnlocking } from './encryption/unlocking.ts';
import { createLiveRecords } from './liveRecords.ts';
import { openLog } from './log.ts';
import { sayFailed } from './messages.ts';
import { createServer } from './server.ts';
import type { Server } from './server.ts';
import { watchStatus } from './status.ts';

/** Records that may wait for the server. */
const queueCapacity = 500;

let server: Server | undefined;

/** Returns before the server has started. */
export function activate(context: vscode.ExtensionContext): DaybookApi {
  const log = openLog();
  const unlocking = createUnlocking(context.secrets, log);
  const settings = () => ({ ...serverSettings(context.globalStorageUri, status.recording), log: logSettings(log) });
  const running = createServer({ module: context.asAbsolutePath('dist/bundle/server.cjs'), log, settings, unlocking });
  server = running;
  const status = watchStatus(running, log, setting('daybook.recording.enabled'));
  const queue = createRecordQueue({
    send: (records) => running.request('daybook/record', { records }),
    log,
    capacity: queueCapacity,
  });
  const failed = sayFailed(log);
  const surface = later(async () => (await import('./surface.ts')).createSurface({ context, running, status, queue, log, settings, unlocking, failed }), failed);

  context.subscriptions.push(
    log,
    running,
    status,
    surface,
    later(async () => (await import('./capture/all.ts')).captureAll({ queue, log, status }), failed),
    registerCommands(async () => (await surface.loaded).handlers, failed),
    running.onDidChangeState((state) => state === 'running' && void queue.flush()),
  );
  running.start();
  return createApi({ server: running, status, queue: underConsent(queue, levelNow), live: createLiveRecords(running, log), log });
}

interface Later<T> {
  readonly loaded: Promise<T>;
  dispose(): void;
}

/** Something whose code is loaded when the extension stands: it is not even read before. */
function later<T extends { dispose(): void }>(load: () => Promise<T>, failed: (error: unknown) => void): Later<T> {
  let isOver = false;
  let there: T | undefined;
  const loaded = immediate().then(load);
  loaded.then((made) => {
    there = made;
    if (isOver) made.dispose();
  }, failed);
  return {
    loaded,
    dispose() {
      isOver = true;
      there?.dispose();
    },
  };
}

/** Waits for the server to write what it holds. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
