/**
 * The contract of an exporter. An exporter turns records or sessions into the bytes of one format. It knows no store, no disk and no
 * other exporter: what it gets has been chosen, ordered and redacted, and what it writes lands under its final name only when all is well.
 * The same input gives the same bytes. Each exporter is one file in formats/, and a line in registry.ts.
 */

import * as v from 'valibot';
import { ProblemError } from '../../shared/problem.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Attached } from './attached.ts';
import type { ExportedSession } from './exportedSession.ts';

interface About {
  /** Lower-case, kebab-case, stable for ever. */
  readonly name: string;
  readonly displayName: string;
  /** Of its files, without the dot. */
  readonly extension: string;
  readonly audience: 'people' | 'models' | 'programs';
  /** What it can write; the first is what it writes unless told. */
  readonly layouts: readonly [Layout, ...Layout[]];
  /** In a folder, each file is of one day and says so in its name: what is exported day by day lies beside each other. */
  readonly byDay?: true;
  /** What does not survive, in sentences for whoever chooses a format. */
  readonly loses: string;
  /** What each option means, by its name. */
  readonly optionTexts: Readonly<Record<string, string>>;
}

/** One file, or a folder of files. */
export type Layout = 'file' | 'folder';

export type Exporter =
  | (About & { readonly unit: 'record'; write(records: AsyncIterable<DaybookRecord>, sink: Sink, options: Options, attached: Attached): Promise<Outcome> })
  | (About & { readonly unit: 'session'; write(sessions: AsyncIterable<ExportedSession>, sink: Sink, options: Options, attached: Attached): Promise<Outcome> });

/** As they were given, by name. */
export type Options = Readonly<Record<string, string>>;

export interface Outcome {
  /** Lines, rows, documents, examples. */
  readonly items: number;
  /** Records or sessions of which the format could hold nothing. */
  readonly leftOut: number;
}

/** Where an exporter writes. */
export interface Sink {
  readonly layout: Layout;
  /**
   * Begins a file; several may be open at a time.
   * @param name below the folder, with `/`; without meaning for the layout `file`, which takes one file
   * @throws ProblemError for a second file of the layout `file`, and for a name that leads out of the folder
   */
  open(name: string): Promise<SinkFile>;
}

export interface SinkFile {
  /** Appends. Text is written as UTF-8, a lone surrogate as U+FFFD. */
  write(chunk: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

type OptionSchemas = Readonly<Record<string, v.GenericSchema>>;
type OptionValues<Schemas extends OptionSchemas> = { readonly [Name in keyof Schemas]: v.InferOutput<Schemas[Name]> };

interface Definition<Unit, Schemas extends OptionSchemas> extends Omit<About, 'optionTexts'> {
  /** By name: what is allowed, with a `description` that says what it means. */
  readonly options: Schemas;
  write(units: AsyncIterable<Unit>, sink: Sink, options: OptionValues<Schemas>, attached: Attached): Promise<Outcome>;
}

/** An exporter of records. */
export function recordExporter<Schemas extends OptionSchemas>(definition: Definition<DaybookRecord, Schemas>): Exporter {
  const { options, write, ...about } = definition;
  const parse = readOptions(definition);
  return { ...about, unit: 'record', optionTexts: textsOf(options), write: async (records, sink, given, attached) => write(records, sink, parse(given), attached) };
}

/** An exporter of sessions. */
export function sessionExporter<Schemas extends OptionSchemas>(definition: Definition<ExportedSession, Schemas>): Exporter {
  const { options, write, ...about } = definition;
  const parse = readOptions(definition);
  return { ...about, unit: 'session', optionTexts: textsOf(options), write: async (sessions, sink, given, attached) => write(sessions, sink, parse(given), attached) };
}

function textsOf(options: OptionSchemas): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(options).map(([name, schema]) => [name, v.getDescription(schema) ?? '']));
}

function readOptions<Schemas extends OptionSchemas>({ name, options }: Definition<never, Schemas>): (given: Options) => OptionValues<Schemas> {
  return (given) => {
    const parsed = v.safeParse(v.strictObject(options), given, { abortEarly: true });
    if (parsed.success) return parsed.output;
    const wrong = v.getDotPath(parsed.issues[0]) ?? '';
    const known = Object.entries(textsOf(options)).map(([each, text]) => `${each} (${text})`);
    const message = Object.hasOwn(options, wrong)
      ? `The option ${wrong} of the format ${name} cannot be ${JSON.stringify(given[wrong])}. It means: ${known.find((each) => each.startsWith(`${wrong} `)) ?? ''}.`
      : `The format ${name} has no option ${wrong}. ${known.length > 0 ? `It has: ${known.join('; ')}.` : 'It has none.'}`;
    throw new ProblemError({ code: 'wrong-option', message });
  };
}
