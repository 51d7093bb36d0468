/** The requests by which a client takes things out: parameters checked, progress shown, cancelled when the client says so. */

import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection, type WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { ProblemError } from '../../shared/problem.ts';
import { families } from '../../shared/record.ts';
import type { Core, Exports } from '../core.ts';
import type { RequestHandlers } from './queries.ts';

export interface ExportRequests {
  readonly requests: Pick<RequestHandlers, 'daybook/export' | 'daybook/exportPreview' | 'daybook/exportFormats'>;
  /** Stops what runs, and resolves when nothing does. */
  stop(): Promise<void>;
}

export interface ExportRequestsDeps {
  readonly connection: Connection;
  readonly core: Core;
  readonly canShowProgress: boolean;
}

const strings = v.optional(v.array(v.string()));
const moment = v.optional(v.pipe(v.string(), v.check((text) => !Number.isNaN(Date.parse(text)), 'must be an RFC 3339 time')));
const preview = {
  format: v.string(),
  selection: v.optional(v.object({
    query: v.optional(v.string()), sessions: strings, since: moment, until: moment,
    families: v.optional(v.array(v.picklist(families))), sources: strings, workspaces: strings,
  })),
  options: v.optional(v.record(v.string(), v.string())),
  layout: v.optional(v.picklist(['file', 'folder'])),
};
const previewParams = v.object(preview);
const exportParams = v.object({ ...preview, output: v.pipe(v.string(), v.check(isAbsolute, 'output must be an absolute path')), force: v.optional(v.boolean()) });

type Watch = NonNullable<Parameters<Exports['run']>[1]>;

export function createExportRequests({ connection, core, canShowProgress }: ExportRequestsDeps): ExportRequests {
  const running = new Map<AbortController, Promise<unknown>>();

  async function watched<T>(token: CancellationToken | undefined, title: string, work: (watch: Watch) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    token?.onCancellationRequested(() => stop.abort());
    const progress = canShowProgress ? showProgress(connection, title, () => stop.abort()) : undefined;
    const result = work({ signal: stop.signal, onProgress: ({ chosen }) => progress?.report(chosen) });
    running.set(stop, result);
    try {
      return await result;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'cancelled') throw error;
      throw new ResponseError(LSPErrorCodes.RequestCancelled, error.problem.message);
    } finally {
      running.delete(stop);
      progress?.done();
    }
  }

  return {
    requests: {
      'daybook/exportFormats': async () => (await core.exports()).formats(),
      'daybook/exportPreview': async (params, token) => {
        const checked = defined(v.parse(previewParams, params));
        return watched(token, 'Daybook looks at what it would export', async (watch) => (await core.exports()).preview(checked, watch));
      },
      'daybook/export': async (params, token) => {
        const checked = defined(v.parse(exportParams, params));
        return watched(token, 'Daybook exports', async (watch) => (await core.exports()).run(checked, watch));
      },
    },
    async stop() {
      for (const stop of running.keys()) stop.abort();
      await Promise.allSettled(running.values());
    },
  };
}

/** Fields that are absent, rather than there and undefined. */
type Defined<T> = T extends readonly unknown[] ? T : T extends object ? { [Key in keyof T]: Defined<Exclude<T[Key], undefined>> } : T;

function defined<T extends object>(params: T): Defined<T> {
  return JSON.parse(JSON.stringify(params)) as Defined<T>;
}

interface Progress {
  report(chosen: number): void;
  done(): void;
}

/** A client may take its time to show it, or refuse to. */
function showProgress(connection: Connection, title: string, stop: () => void): Progress {
  let reporter: WorkDoneProgressServerReporter | undefined;
  let isDone = false;
  connection.window.createWorkDoneProgress().then((created) => {
    if (isDone) return;
    reporter = created;
    created.begin(title, undefined, undefined, true);
    created.token.onCancellationRequested(stop);
  }, () => undefined);
  return {
    report: (chosen) => reporter?.report(`${chosen.toLocaleString('en')} so far`),
    done() {
      isDone = true;
      reporter?.done();
    },
  };
}
