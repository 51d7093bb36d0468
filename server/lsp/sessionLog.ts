/**
 * The log of a server and of its client: a line of an event goes into the file and to the client, as much of it as each of them wants; a sentence
 * for the person goes to the client alone, redacted, for where the client puts it is not known here.
 */

import type { Connection } from 'vscode-languageserver';
import { logLevels, type LogLevel, type LogLine } from '../../shared/log.ts';
import { sentence } from '../../shared/problem.ts';
import type { LogSettings } from '../../shared/log.ts';
import { causes } from '../log/events.ts';
import { among, fault, version } from '../log/fields.ts';
import type { Log } from '../log/log.ts';
import { openLog } from '../log/open.ts';
import { since } from '../log/logged.ts';
import { logText } from '../log/read.ts';
import { noteLevels } from '../log/told.ts';

export interface SessionLog extends Log {
  /** What the levels are, for threads. */
  readonly shared: SharedArrayBuffer;
  /** Hands a line that a thread wrote on to the client. */
  passOn(line: LogLine): void;
  /** Writes a line that a thread made. */
  take(line: LogLine): void;
  /** Tells the client, in words. */
  say(level: 'error' | 'warn' | 'info', message: string): void;
  /** The same, and notes that there was something of this cause. */
  warn(cause: string, message: string): void;
  /** Opens the store, and notes it when that fails. */
  starting<T>(open: () => T): T;
  started(version: string): void;
  /** @param unwritten records that are lost with it */
  ended(unwritten: number): void;
  /**
   * The settings were told.
   * @param wrong how many of them could not be read
   */
  configure(settings: LogSettings, wrong: number): void;
}

const platforms = ['linux', 'darwin', 'win32'];

/** @param root absolute path of the data directory */
export function openSessionLog(connection: Connection, root: string, { settings, redact }: { readonly settings: LogSettings; readonly redact: (text: string) => string }): SessionLog {
  const begun = performance.now();
  let now = settings;
  const isShown = (level: LogLevel): boolean => logLevels.indexOf(level) <= logLevels.indexOf(now.channel);
  const tell = (level: LogLine['level'], message: string): void => {
    if (isShown(level)) connection.console[level === 'trace' ? 'debug' : level](redact(message));
  };
  // The time and the process stand there already.
  const passOn = (line: LogLine): void => tell(line.level, `[${line.category}] ${logText(line).replace(/^.{23} \S+ +\S+ +/, '').replace(/ \(\w+ \d+\)$/, '')}`);
  // What is said in words besides is not said twice.
  const log = openLog(root, { process: 'lsp', redact, onLine: (line) => line.event !== 'lsp.warned' && passOn(line) });
  const { levels } = log;
  // Whoever has the editor show more wants it for a reason: the file holds as much then.
  function set(): void {
    levels.set(now, now.channel === 'debug' || now.channel === 'trace' ? now.channel : 'off');
  }

  function note({ level, levels: each }: LogSettings): void {
    try {
      noteLevels(root, { level, levels: each });
    } catch (error) {
      tell('warn', `The level of the log could not be noted for the command line: ${sentence(error)}`);
    }
  }

  set();
  return {
    ...log,
    shared: levels.shared,
    passOn,
    say: tell,
    warn(cause, message) {
      tell('warn', message);
      log.write('lsp.warned', { cause: cause.startsWith('setting ') ? 'settings' : causes.find((each) => each === cause) ?? 'other' });
    },
    starting(open) {
      try {
        return open();
      } catch (error) {
        log.write('lsp.failed', { error: fault(error) });
        throw error;
      }
    },
    started(daybook) {
      note(now);
      log.write('lsp.started', { version: version(daybook), node: version(process.versions.node), platform: among(process.platform, platforms), ms: since(begun) });
    },
    ended(unwritten) {
      if (unwritten > 0) tell('error', `${unwritten} records could not be written before the end, and are lost.`);
      if (unwritten > 0) log.write('capture.lost', { records: unwritten });
      log.write('lsp.ended', { minutes: Math.round(since(begun) / 60_000) });
    },
    configure(next, wrong) {
      log.write('settings.changed', { wrong });
      if (JSON.stringify(next) === JSON.stringify(now)) return;
      now = next;
      set();
      note(now);
      log.write('settings.logLevel', { usual: now.level, categories: Object.keys(now.levels).length });
    },
  };
}
