import * as vscode from 'vscode';
import { levelNow } from '../consent.ts';
import type { StatusWatch } from '../status.ts';
import { underConsent } from './consented.ts';
import { captureDebug } from './debug.ts';
import { captureDiagnostics } from './diagnostics.ts';
import { createEmit } from './emit.ts';
import { captureExtensions } from './extensions.ts';
import { captureFiles } from './files.ts';
import { captureGit } from './git.ts';
import { captureNotebooks } from './notebooks.ts';
import type { RecordQueue } from './queue.ts';
import { runSources } from './switches.ts';
import { captureTasks } from './tasks.ts';
import { captureTerminal } from './terminal.ts';
import { reportTerminalGaps } from './terminalGap.ts';
import { captureWindow } from './window.ts';

export interface CaptureWorld {
  readonly queue: RecordQueue;
  readonly log: vscode.LogOutputChannel;
  readonly status: StatusWatch;
}

/** Everything that the editor's own events tell, each with its switch. Text and files of the editor reach the server as LSP. */
export function captureAll({ queue: all, log, status }: CaptureWorld): vscode.Disposable {
  const queue = underConsent(all, levelNow);
  const emit = createEmit(queue);
  const recording = (): boolean => status.recording;
  return runSources([
    {
      setting: 'daybook.terminal.enabled',
      start: () => vscode.Disposable.from(captureTerminal({ queue, log, recording }), reportTerminalGaps({ queue, recording })),
    },
    { setting: 'daybook.capture.tasks', start: () => captureTasks(emit) },
    { setting: 'daybook.capture.debug', start: () => captureDebug(emit) },
    { setting: 'daybook.capture.git', start: () => captureGit(emit, log) },
    { setting: 'daybook.capture.diagnostics', start: () => captureDiagnostics(emit) },
    { setting: 'daybook.capture.files', start: () => captureFiles(emit, () => status.current?.dataDirectory) },
    { setting: 'daybook.capture.window', start: () => captureWindow(emit) },
    { setting: 'daybook.capture.notebooks', start: () => captureNotebooks(emit) },
    { setting: 'daybook.capture.extensions', start: () => captureExtensions(emit) },
  ], status);
}
