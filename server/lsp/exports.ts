/** The requests by which a client takes things out: parameters checked, progress shown, cancelled when the client says so. */

import type { CancellationToken, Connection } from 'vscode-languageserver';
import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { consentLevels } from '../../shared/consentLevel.ts';
import { families } from '../../shared/record.ts';
import type { Core, Exports } from '../core.ts';
import { createLongWork } from './longWork.ts';
import type { RequestHandlers } from './queries.ts';

export interface ExportRequests {
  readonly requests: Pick<RequestHandlers, 'daybook/export' | 'daybook/exportPreview' | 'daybook/exportFormats' | 'daybook/dataset' | 'daybook/datasetPreview'>;
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
const place = { output: v.pipe(v.string(), v.check(isAbsolute, 'output must be an absolute path')), force: v.optional(v.boolean()) };
const exportParams = v.object({ ...preview, ...place });
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const { layout: _layout, ...chosen } = preview;
const datasetParams = v.object({
  ...chosen, ...place,
  filters: v.optional(v.object({
    models: strings, tools: strings, outcomes: strings, minTurns: v.optional(whole), maxTurns: v.optional(whole), consent: v.optional(v.picklist(consentLevels)),
  })),
  split: v.object({
    by: v.picklist(['session', 'time', 'workspace']),
    seed: whole,
    shares: v.pipe(v.tuple([whole, whole, whole]), v.check(([train]) => train > 0, 'the share of training cannot be 0')),
  }),
  licence: v.optional(v.string()),
});

type Watch = NonNullable<Parameters<Exports['run']>[1]>;

export function createExportRequests({ connection, core, canShowProgress }: ExportRequestsDeps): ExportRequests {
  const long = createLongWork(connection, canShowProgress);
  const watched = <T>(token: CancellationToken | undefined, title: string, work: (watch: Watch) => Promise<T>): Promise<T> =>
    long.run(token, title, ({ signal, say }) => work({ signal, onProgress: ({ chosen }) => say(`${chosen.toLocaleString('en')} so far`) }));

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
      'daybook/datasetPreview': async (params, token) => {
        const checked = defined(v.parse(datasetParams, params));
        return watched(token, 'Daybook looks at what the dataset would be', async (watch) => (await core.exports()).datasetPreview(checked, watch));
      },
      'daybook/dataset': async (params, token) => {
        const checked = defined(v.parse(datasetParams, params));
        return watched(token, 'Daybook writes a dataset', async (watch) => (await core.exports()).dataset(checked, watch));
      },
    },
    stop: long.stop,
  };
}

/** Fields that are absent, rather than there and undefined. */
type Defined<T> = T extends readonly unknown[] ? T : T extends object ? { [Key in keyof T]: Defined<Exclude<T[Key], undefined>> } : T;

function defined<T extends object>(params: T): Defined<T> {
  return JSON.parse(JSON.stringify(params)) as Defined<T>;
}
