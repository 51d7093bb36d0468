/** `daybook export`: what was asked for in words, what came of it in words. */

import { InvalidArgumentError, Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '../../shared/problem.ts';
import type { DatasetParams, ExportParams, ExportSelection } from '../../shared/protocol.ts';
import { families, type Family } from '../../shared/record.ts';
import type { ExportCounts, ExportFormats, ExportPreview, ExportResult } from '../../shared/exportResults.ts';
import { size } from '../../shared/size.ts';
import type { Exports } from '../core.ts';
import type { Reader } from '../reader.ts';
import { datasetOptions, datasetParams, datasetPreviewText, datasetText, type DatasetOptions } from './dataset.ts';
import { redactionText } from './redactionText.ts';
import { visible } from './visible.ts';

/** What the command needs of the command line around it. */
export interface ExportHost<Common> {
  /** The data directory, an absolute path. */
  directory(options: Common): string;
  withReader<T>(options: Common, work: (reader: Reader) => T | Promise<T>): Promise<T>;
  print<T>(options: Common, value: T, text: (value: T) => string): void;
  readonly err: (text: string) => void;
  readonly isTerminal: boolean;
  /** Calls `stop` when the person interrupts; returns what ends that. */
  readonly onInterrupt: (stop: () => void) => () => void;
}

interface ExportOptions extends DatasetOptions {
  readonly format?: string;
  readonly output?: string;
  readonly query?: string;
  readonly since?: string;
  readonly until?: string;
  readonly source?: string[];
  readonly family?: Family[];
  readonly session?: string[];
  readonly workspace?: string[];
  readonly set?: Readonly<Record<string, string>>;
  readonly preview?: true;
  readonly force?: true;
  readonly formats?: true;
}

/** Gives the command its options and its work. */
export function defineExport<Common extends object>(command: Command, host: ExportHost<Common>): void {
  datasetOptions(command
    .option('--format <name>', 'the format; --formats lists them')
    .option('--output <path>', 'the file or folder to write; its name is noted, so that daybook forget and daybook redact find it')
    .option('--query <words>', 'only what a search for this finds')
    .option('--session <id...>', 'only these sessions')
    .option('--since <time>', 'only what happened from then on: 2026-11-20 (UTC), or a time such as 2026-11-20T09:30:00Z; last: from where the last such export ended', timeOrLast)
    .option('--until <time>', 'only what happened before', time)
    .option('--source <name...>', 'only from these sources')
    .addOption(new Option('--family <name...>', 'only these families').choices([...families]))
    .option('--workspace <folder...>', 'only of these workspace folders, as paths or URIs')
    .option('--set <name=value>', 'an option of the format; may be given again', setting)
    .option('--preview', 'write nothing, and say what would be written')
    .option('--force', 'replace files that are there')
    .option('--formats', 'list the formats, what each loses, and its options'));
  command.action(async (options: Common & ExportOptions) => {
    if (options.formats) return host.print(options, await host.withReader(options, async (reader) => (await reader.exports()).formats()), formatsText);
    if (options.dataset !== undefined) {
      if (options.output !== undefined) throw new ProblemError({ code: 'two-places', message: 'A dataset is written to the folder that --dataset names. Leave out --output.' });
      if (options.since === last) throw new ProblemError({ code: 'no-parts', message: 'A dataset is made anew each time, so that its splits stay apart. Give --since a time.' });
      const params = datasetParamsOf(options.dataset, options);
      if (options.preview) return host.print(options, await watched(host, options, async (reader, watch) => (await reader.exports()).datasetPreview(params, watch)), datasetPreviewText);
      return host.print(options, await watched(host, options, async (reader, watch) => (await reader.exports()).dataset(params, watch)), datasetText);
    }
    if (options.format === undefined) throw missing('--format NAME (daybook export --formats lists them)');
    const isPart = options.since === last;
    if (options.output === undefined && (isPart || !options.preview)) throw missing('--output PATH, the file or folder to write');
    const params = paramsOf(options);
    const exportsOf = async (reader: Reader): Promise<ReturnType<Exports['parts']>> => {
      const exports = await reader.exports();
      return isPart ? exports.parts(host.directory(options)) : exports;
    };
    if (options.preview) return host.print(options, await watched(host, options, async (reader, watch) => (await exportsOf(reader)).preview(params, watch)), previewText);
    return host.print(options, await watched(host, options, async (reader, watch) => (await exportsOf(reader)).run(params, watch)), isPart ? partText : resultText);
  });
}

function missing(what: string): ProblemError {
  return new ProblemError({ code: 'missing-option', message: `An export needs ${what}.` });
}

/** In place of a time. */
const last = 'last';

type Watch = NonNullable<Parameters<Exports['run']>[1]>;

/** Shows how far it is where somebody looks, and stops when they say so. */
async function watched<Common extends object, T>(host: ExportHost<Common>, options: Common & ExportOptions, work: (reader: Reader, watch: Watch) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const release = host.onInterrupt(() => stop.abort());
  const onProgress: Watch['onProgress'] = ({ chosen, bytes }) => host.err(`\r${chosen} read, ${size(bytes)} written`);
  try {
    return await host.withReader(options, (reader) => work(reader, { signal: stop.signal, ...(host.isTerminal && { onProgress }) }));
  } finally {
    if (host.isTerminal) host.err('\r\u001b[K'); // the line of progress goes
    release();
  }
}

function paramsOf({ format = '', output = '', set, force, preview, ...options }: ExportOptions): ExportParams {
  return { format, output: preview && output === '' ? output : resolve(output), selection: selectionOf(options), options: set ?? {}, force: force ?? false };
}

function datasetParamsOf(folder: string, { format = 'huggingface', set, force, ...options }: ExportOptions): DatasetParams {
  return { ...datasetParams(resolve(folder), options), format, selection: selectionOf(options), options: set ?? {}, force: force ?? false };
}

function selectionOf({ query, session, since, until, source, family, workspace }: ExportOptions): ExportSelection {
  return {
    ...(query !== undefined && { query }),
    ...(session && { sessions: session }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(source && { sources: source }),
    ...(family && { families: family }),
    ...(workspace && { workspaces: workspace.map(workspaceUri) }),
  };
}

/** Workspaces are recorded by their URIs, without a slash at the end. */
export function workspaceUri(folder: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(folder) ? folder : pathToFileURL(resolve(folder)).href;
}

export function time(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const moment = isDay || /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/i.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(moment)) throw new InvalidArgumentError('It must be a day such as 2026-11-20, or a time with its zone such as 2026-11-20T09:30:00Z.');
  return new Date(moment).toISOString();
}

function timeOrLast(text: string): string {
  return text === last ? last : time(text);
}

function setting(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be a name and a value, such as type=prompt-completion.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function formatsText({ formats }: ExportFormats): string {
  return formats.map(({ name, displayName, audience, unit, layouts, loses, options }) => [
    `${name}: ${displayName}, for ${audience}, of ${unit}s, ${layouts.map((layout) => (layout === 'file' ? 'one file' : 'a folder of files')).join(' or ')}`,
    `    Loses: ${loses}`,
    ...Object.entries(options).map(([option, text]) => `    --set ${option}=…: ${text}`),
  ].join('\n')).join('\n');
}

function resultText(result: ExportResult): string {
  const { output, files, notNoted } = result;
  return [`${output}: ${countsText(result)}${files.length > 1 ? ` in ${files.length} files` : ''}`, ...redactionText(result), ...(notNoted === undefined ? [] : [visible(notNoted)])].join('\n');
}

function partText(result: ExportResult): string {
  return result.files.length === 0 ? 'Nothing is new since the last export.' : resultText(result);
}

function previewText(preview: ExportPreview): string {
  const { files, sample } = preview;
  return [`Would write ${countsText(preview)}${files > 1 ? ` in ${files} files` : ''}`, ...redactionText(preview), '', visible(sample.trimEnd())].join('\n');
}

function countsText({ items, chosen, leftOut, bytes }: ExportCounts): string {
  const left = leftOut > 0 ? `, ${leftOut} of ${chosen} left out, of which the format can hold nothing` : '';
  return `${items} ${items === 1 ? 'item' : 'items'}, ${size(bytes)}${left}`;
}
