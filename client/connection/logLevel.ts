import * as vscode from 'vscode';
import { readLogChoice, type LogLevel } from '../../shared/log.ts';
import type { LogSettings } from '../../shared/log.ts';
import { setting } from './settings.ts';

const levels: Readonly<Record<vscode.LogLevel, LogLevel>> = {
  [vscode.LogLevel.Off]: 'off',
  [vscode.LogLevel.Trace]: 'trace',
  [vscode.LogLevel.Debug]: 'debug',
  [vscode.LogLevel.Info]: 'info',
  [vscode.LogLevel.Warning]: 'warn',
  [vscode.LogLevel.Error]: 'error',
};

/** How much the settings want, and how much the channel shows: that one is chosen with *Developer: Set Log Level…*. */
export function logSettings(log: vscode.LogOutputChannel): LogSettings {
  return { ...readLogChoice(setting('daybook.log.level'), setting('daybook.log.levels')), channel: levels[log.logLevel] };
}
