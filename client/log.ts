import * as vscode from 'vscode';
import { guarded } from './text/guarded.ts';

/** The output channel, for what this process says; what may be a secret is left out of it. */
export function openLog(): vscode.LogOutputChannel {
  const channel = vscode.window.createOutputChannel('Daybook', { log: true });
  const say = (level: 'trace' | 'debug' | 'info' | 'warn') => (message: string): void => channel[level](guarded(message));
  return {
    name: channel.name,
    get logLevel() {
      return channel.logLevel;
    },
    onDidChangeLogLevel: channel.onDidChangeLogLevel,
    trace: say('trace'),
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: (error) => channel.error(guarded(error instanceof Error ? error.stack ?? error.message : error)),
    append: (text) => channel.append(guarded(text)),
    appendLine: (text) => channel.appendLine(guarded(text)),
    replace: (text) => channel.replace(guarded(text)),
    clear: () => channel.clear(),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- only the other of its two signatures is
    show: (preserveFocus?: unknown) => channel.show(preserveFocus === true),
    hide: () => channel.hide(),
    dispose: () => channel.dispose(),
  };
}
