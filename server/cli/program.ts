/** The command line: words in, core, words or JSON out. */

import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';
import type { Core } from '../core.ts';
import type { Reader, Progress } from '../reader.ts';
import { defineBackup } from './backup.ts';
import { defineEncrypt } from './encrypt.ts';
import { defineEverywhere } from './everywhere.ts';
import { defineExport } from './export.ts';
import { defineForget } from './forget.ts';
import { defineStats, defineWatch, notLooking, type Looking } from './look.ts';
import { recordLines } from './record.ts';
import { diagnosticsOf } from '../diagnostics.ts';
import { openCommandLog, type CommandLog } from '../log/commandLog.ts';
import { noLog, type Log } from '../log/log.ts';
import { logged } from '../log/logged.ts';
import { defineLogs } from './logs.ts';
import { defineRetention } from './retention.ts';
import { defineRedact } from './redact.ts';
import { defineShow } from './show.ts';
import { completionText, mistakeText, queryOf } from './search.ts';
import { colored, plainStyle, searchText } from './searchText.ts';
import * as show from './text.ts';
import { unlockFor } from './unlock.ts';

export interface CliDeps {
  readonly openCore: (dataDirectory: string, log: Log) => Core | Promise<Core>;
  /** The same for commands that only read: they start sooner. */
  readonly openReader: (dataDirectory: string) => Reader;
  readonly defaultDataDirectory: string;
  /** Names of the sources that can be imported. */
  readonly sources: () => Promise<readonly string[]>;
  readonly input: NodeJS.ReadableStream;
  /** Of the process; empty when absent. */
  readonly env?: NodeJS.ProcessEnv;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly version: string;
  /** Starts the language server in this process. */
  readonly serveLsp: () => Promise<void> | void;
  /** Whether a person is looking: then progress is shown. */
  readonly isTerminal: boolean;
  /** Whether what is printed may have colours. */
  readonly hasColors?: boolean;
  /** Calls `stop` when the person interrupts, in place of ending at once; returns what ends that. */
  readonly onInterrupt?: (stop: () => void) => () => void;
  /** What the terminal can show; nothing but plain text when absent. */
  readonly looking?: Looking;
}

/** The commands there are. */
const commandNames = [
  'import', 'record', 'search', 'list', 'show', 'stats', 'watch', 'export', 'forget', 'backup', 'restore', 'retention', 'redact', 'encrypt', 'decrypt', 'stop', 'resume', 'rebuild', 'seal', 'doctor', 'logs', 'lsp',
] as const;
type Name = typeof commandNames[number];

interface Common {
  readonly dataDir?: string;
  readonly json?: true;
}

/** Runs one command. Returns the exit code: 0 done, 1 failed (one sentence was printed), 2 not understood. */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<number> {
  let exitCode = 0;
  let log: CommandLog | undefined;
  const program = new Command('daybook')
    .description('A complete, searchable, private record of how software gets made on this machine.')
    .enablePositionalOptions() // what follows a command is the command's: -Value is a word of a search
    .exitOverride()
    .configureOutput({ writeOut: deps.out, writeErr: deps.err })
    .showHelpAfterError('Run: daybook --help');

  const isNamed = commandNames.some((name) => name === args[0]);
  /** One that is asked for by its name is defined alone, which takes a tenth of the time; for help and for what is misspelt they are all there. */
  const asks = (...these: readonly Name[]): boolean => !isNamed || these.some((name) => name === args[0]);

  if (!isNamed) program.version(deps.version);

  /** A command on the store, with the options all of them take. */
  function command(name: string, description: string): Command {
    return program.command(name).description(description)
      .option('--data-dir <directory>', 'where the record is kept (also: DAYBOOK_DATA_DIR)')
      .option('--json', 'print JSON')
      .exitOverride()
      .configureOutput({ writeOut: deps.out, writeErr: deps.err });
  }

  /** @param prepare a process that was killed may have left lines that the index does not know; without any there is nothing to do */
  async function using<Opened extends Reader, T>(opening: Opened | Promise<Opened>, work: (opened: Opened) => T | Promise<T>, prepare = (it: Opened): unknown => it.catchUp()): Promise<T> {
    const opened = await opening;
    try {
      prepare(opened);
      return await work(opened);
    } finally {
      await opened.close();
    }
  }

  program.hook('preAction', (_program, action) => {
    if (action.name() !== 'lsp') log = openCommandLog(directory(action.opts()), action.name());
  });

  const showProgress = ({ files, filesDone, records }: Progress): void => deps.err(`\r${filesDone} of ${files} journal files, ${records} records${filesDone === files ? '\n' : ''}`);
  const directory = ({ dataDir }: Common): string => (dataDir === undefined ? deps.defaultDataDirectory : resolve(dataDir));
  const unlock = (path: string, what?: string): Promise<void> => unlockFor(path, { input: () => deps.input, err: deps.err, isTerminal: deps.isTerminal, env: deps.env ?? {} }, what);
  async function opened<Opened>(options: Common, open: (directory: string) => Opened | Promise<Opened>): Promise<Opened> {
    await unlock(directory(options));
    return open(directory(options));
  }
  const openCore = (path: string): Core | Promise<Core> => deps.openCore(path, log ?? noLog);
  const openReader = (path: string): Reader => logged(deps.openReader(path), path, log ?? noLog);
  const withCore = <T>(options: Common, work: (core: Core) => T | Promise<T>): Promise<T> => using(opened(options, openCore), work);
  const withReader = <T>(options: Common, work: (reader: Reader) => T | Promise<T>): Promise<T> => using(opened(options, openReader), work);
  /** For a question whose answer somebody waits for. */
  const asking = <T>(options: Common, work: (reader: Reader) => T | Promise<T>): Promise<T> => using(opened(options, openReader), work, (reader) => reader.keepUp());

  async function diagnosed(core: Core): Promise<{ markdown: string }> {
    const { createRedactor } = await import('../ingest/redact.ts');
    return { markdown: await diagnosticsOf({ core, version: deps.version, usualDirectory: deps.defaultDataDirectory, sources: await deps.sources(), redactor: createRedactor() }) };
  }

  async function known(sources: readonly string[]): Promise<void> {
    const names = await deps.sources();
    const wrong = sources.find((source) => !names.includes(source));
    if (wrong !== undefined) program.error(`error: There is no source ${wrong}. There are: ${names.join(', ')}.`, { exitCode: 2 });
  }

  function print<T>(options: Common, value: T, text: (value: T) => string): void {
    deps.out(options.json ? `${JSON.stringify(value, null, 2)}\n` : `${text(value)}\n`);
  }

  if (asks('import')) command('import', 'read AI sessions: those of all tools on this machine, or the files and folders given')
    .option('--source <name...>', 'only these sources')
    .option('--from <path...>', 'files or folders to read, each recognised by its content')
    .action(async (options: Common & { source?: string[]; from?: string[] }) => {
      await known(options.source ?? []);
      const result = await withCore(options, (core) => core.import({
        ...(options.source && { sources: options.source }),
        ...(options.from && { from: options.from.map((path) => resolve(path)) }),
        ...(deps.isTerminal && { onProgress: (done, total) => deps.err(`\r${done} of ${total} files${done === total ? '\n' : ''}`) }),
      }));
      print(options, result, show.importText);
    });

  if (asks('record')) command('record', 'record JSON lines from standard input: CloudEvents, or {family, kind, data, time?, session?, subject?, actor?}')
    .action(async (options: Common) => {
      const result = await withCore(options, (core) => recordLines(core, deps.input));
      print(options, result, show.recordText);
      if (result.rejected.length > 0 && result.accepted + result.duplicates === 0) exitCode = 1;
    });

  if (asks('search')) command('search', 'find records: words, "phrases", prefix*, -not, OR, and filters such as source:codex, is:error, file:app.ts, during:yesterday')
    .argument('[query...]', 'what to look for')
    .option('--limit <number>', 'how many results', count, 20)
    .option('--complete', 'print what the last word can be, one a line, for the completion of a shell')
    .allowUnknownOption() // -word is a word that must not occur
    .action(async (words: string[], options: Common & { limit: number; complete?: true }) => {
      if (options.complete) {
        const found = await asking(options, (reader) => reader.searchComplete({ query: words.join(' ') }));
        if (options.json || found.items.length > 0) print(options, found, completionText);
        return;
      }
      if (words.length === 0) return program.error("error: missing required argument 'query'", { exitCode: 2 });
      const query = queryOf(words);
      const result = await asking(options, (reader) => reader.search({ query, limit: options.limit, grouped: true }));
      for (const mistake of result.mistakes ?? []) deps.err(mistakeText(query, mistake));
      print(options, result, (found) => searchText(found, deps.hasColors ? colored : plainStyle));
    });

  if (asks('list')) command('list', 'list sessions, the latest first')
    .option('--limit <number>', 'how many sessions', count, 50)
    .option('--file <path>', 'only sessions that opened, read or changed this file')
    .action(async (options: Common & { limit: number; file?: string }) => {
      const { limit, file } = options;
      if (file !== undefined) return print(options, await asking(options, (reader) => reader.touching({ file: resolve(file), limit })), (found) => show.touchingText(found, file));
      print(options, await asking(options, (reader) => reader.sessions({ limit: options.limit })), show.listText);
    });

  if (asks('show')) defineShow<Common>(command('show', 'show a session or a record'), { withReader: asking, print });

  const look = { directory, withReader: asking, print, out: deps.out, onInterrupt: deps.onInterrupt ?? (() => () => undefined), looking: deps.looking ?? notLooking };
  if (asks('stats')) defineStats<Common>(command('stats', 'say how much is recorded, and what of: activity, tools, models, commands, tests and files'), look);
  if (asks('watch')) defineWatch<Common>(command('watch', 'show what is happening, live, until it is interrupted'), look);

  if (asks('export')) defineExport<Common>(command('export', 'take out what is recorded, as files for people, programs and models'), {
    directory, withReader, print, err: deps.err, isTerminal: deps.isTerminal, onInterrupt: deps.onInterrupt ?? (() => () => undefined),
  });

  if (asks('forget')) defineForget<Common>(command('forget', 'take records or sessions out for good; they do not come back with the next import'), {
    withReader, print, err: deps.err, input: deps.input, isTerminal: deps.isTerminal,
  });

  if (asks('backup', 'restore')) defineBackup<Common>({ command, directory, unlock, withReader, print, err: deps.err, input: deps.input, isTerminal: deps.isTerminal });
  if (asks('retention')) defineRetention<Common>(command('retention', 'say what is kept how long and what would go; run plans it, undo keeps it'), {
    withReader, print, err: deps.err, input: deps.input, isTerminal: deps.isTerminal,
  });
  if (asks('redact')) defineRedact<Common>(command('redact', 'run the rules of redaction of today over what is recorded already, attachments and index included'), {
    withReader, print, err: deps.err, input: deps.input, isTerminal: deps.isTerminal, onInterrupt: deps.onInterrupt ?? (() => () => undefined),
  });

  if (asks('encrypt', 'decrypt')) defineEncrypt<Common>({ command, directory, unlock, print, err: deps.err, input: deps.input, isTerminal: deps.isTerminal });
  if (asks('stop', 'resume')) defineEverywhere<Common>(command, { directory, print });

  if (asks('rebuild')) command('rebuild', 'make the index again from the journal')
    .action(async (options: Common) => print(options, await withReader(options, (reader) => reader.rebuild()), show.rebuildText));

  if (asks('seal')) command('seal', 'compress the days that are over; they stay searchable, and readable with zstd -dc')
    .option('--all', 'today and chats that go on, too')
    .action(async (options: Common & { all?: true }) => {
      print(options, await withReader(options, (reader) => reader.seal(options.all === true)), show.sealText);
    });

  if (asks('doctor')) command('doctor', 'look whether all is well')
    .option('--repair', 'put right what can be put right, after a backup')
    .option('--diagnostics', 'print what a bug report needs, as Markdown without anything that was recorded')
    .option('--report <source>', 'print what a source writes that Daybook does not know, as Markdown without any content')
    .action(async (options: Common & { report?: string; repair?: true; diagnostics?: true }) => {
      const { report: source } = options;
      if (options.repair) return print(options, await withReader(options, (reader) => reader.repair(deps.isTerminal ? showProgress : undefined)), show.repairText);
      if (options.diagnostics) return print(options, await withCore(options, diagnosed), ({ markdown }) => markdown.trimEnd());
      if (source !== undefined) return print(options, await withCore(options, (core) => reportOn(core, source)), ({ markdown }) => markdown.trimEnd());
      const result = await withCore(options, (core) => core.doctor());
      print(options, result, show.doctorText);
      if (!result.healthy) exitCode = 1;
    });

  if (asks('logs')) defineLogs<Common>(command('logs', 'print what Daybook said of itself: no text of anything that was recorded'), {
    directory, out: deps.out, count, onInterrupt: deps.onInterrupt ?? (() => () => undefined),
  });

  if (asks('lsp')) program.command('lsp').description('serve any LSP editor over standard input and output').option('--stdio', 'the only transport, and the default')
    .action(async () => {
      exitCode = -1;
      await deps.serveLsp();
    });

  try {
    await program.parseAsync([...args], { from: 'user' });
    await log?.end(commandNames);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    await log?.end(commandNames, error);
    deps.err(`daybook: ${plain(error)}\n`);
    return 1;
  }
  return exitCode;
}

async function reportOn(core: Core, source: string): Promise<{ markdown: string }> {
  const markdown = await core.healthReport(source);
  if (markdown === undefined) throw new ProblemError({ code: 'not-found', message: `Nothing is known of a source ${source}.` });
  return { markdown };
}

/** One sentence for whatever was thrown. */
function plain(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.message;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path !== undefined) return `There is no file or folder ${path}.`;
  if (code === 'EACCES' && path !== undefined) return `${path} may not be read or written by this user.`;
  return message;
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 100_000) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 100000.');
  }
  return number;
}
