/**
 * What a person sees and calls: views, panels, what the status bar and messages say, and the commands. It is a bundle of its own, loaded when
 * the extension stands; a command that is called before waits for it.
 */

import * as vscode from 'vscode';
import { commands } from '../shared/contributions.ts';
import type { CommandId } from '../shared/contributions.ts';
import type { ServerSettings } from '../shared/protocol.ts';
import { provideAttachments } from './attachments/files.ts';
import type { RecordQueue } from './capture/queue.ts';
import { chooseConsent } from './commands/chooseConsent.ts';
import { copyDiagnostics } from './commands/copyDiagnostics.ts';
import { copyHealthReport } from './commands/copyHealthReport.ts';
import { copySessionMarkdown } from './commands/copySessionMarkdown.ts';
import { deleteSessions, watchDeletions } from './commands/deleteSessions.ts';
import { dismissNotice } from './commands/dismissNotice.ts';
import { encryptRecord } from './commands/encryptRecord.ts';
import { exportMarkdown } from './commands/exportMarkdown.ts';
import { exportRecord } from './commands/exportRecord.ts';
import { forget } from './commands/forget.ts';
import { getStarted } from './commands/getStarted.ts';
import { openSourceFile, resumeInTerminal } from './commands/goOn.ts';
import { importNow } from './commands/importNow.ts';
import { filterSessions, groupBy } from './commands/listSessions.ts';
import { hide, pin, rename, tag } from './commands/markSessions.ts';
import { openDataFolder } from './commands/openDataFolder.ts';
import { openRecord } from './commands/openRecord.ts';
import { openSession } from './commands/openSession.ts';
import { openSettings } from './commands/openSettings.ts';
import { pause } from './commands/pause.ts';
import { redactPast } from './commands/redactPast.ts';
import type { Command } from './commands/register.ts';
import { resume } from './commands/resume.ts';
import { keepWhatWouldGo, previewRetention } from './commands/retention.ts';
import { search } from './commands/search.ts';
import { sessionsOfFile } from './commands/sessionsOfFile.ts';
import { createShortPause, shortPauseMs } from './commands/shortPause.ts';
import { showLog } from './commands/showLog.ts';
import { showMenu } from './commands/showMenu.ts';
import { resumeEverything, stopEverything } from './commands/stopEverything.ts';
import { trySearch } from './commands/trySearch.ts';
import { unlockRecord } from './commands/unlockRecord.ts';
import { whatIsRecorded } from './commands/whatIsRecorded.ts';
import { setting, settingProblem } from './connection/settings.ts';
import { createSessionPanels } from './document/panels.ts';
import { provideParts } from './document/parts.ts';
import type { Unlocking } from './encryption/unlocking.ts';
import { sayWhatWillGo } from './letGoNotice.ts';
import { saySetting, sayStopped, sayTrouble, welcome } from './messages.ts';
import { provideDocuments } from './panels/documents.ts';
import { provideLinks } from './panels/links.ts';
import { createOpen } from './panels/open.ts';
import { whatIsRecorded as recordedPage } from './panels/page.ts';
import type { Server } from './server.ts';
import type { StatusWatch } from './status.ts';
import { createStatusBar } from './statusBar.ts';
import { createDismissed } from './views/dismissed.ts';
import { createHealthView } from './views/health.ts';
import { createSessionsView } from './views/sessions.ts';
import { createTodayView } from './views/today.ts';
import { createPanels } from './webview/panels.ts';

export interface SurfaceWorld {
  readonly context: vscode.ExtensionContext;
  readonly running: Server;
  readonly status: StatusWatch;
  readonly queue: RecordQueue;
  readonly log: vscode.LogOutputChannel;
  readonly settings: () => ServerSettings;
  /** Asks for what opens an encrypted record, and keeps it. */
  readonly unlocking: Unlocking;
  /** Tells the person what went wrong. */
  readonly failed: (error: unknown) => void;
}

export interface Surface {
  /** What runs when a command is called. */
  readonly handlers: Readonly<Record<CommandId, Command>>;
  dispose(): void;
}

export function createSurface({ context, running, status, queue, log, settings, unlocking, failed }: SurfaceWorld): Surface {
  const panels = createSessionPanels(running, context.extensionUri, log);
  const open = createOpen(running, panels);
  const sessions = createSessionsView(running, status, context.workspaceState, log);
  const health = createHealthView(running, status, createDismissed(context.globalState), log);
  const pages = createPanels({ root: context.extensionUri, server: running, status, log });
  const deletions = watchDeletions(running, context.globalState, log);
  const short = createShortPause({ pause: pause(running, status), resume: resume(running, status), failed, pauseMs: shortPauseMs });

  const shown = vscode.Disposable.from(
    short,
    deletions,
    sessions,
    health,
    panels,
    createTodayView(running, log),
    createStatusBar(running, status),
    provideAttachments(running),
    provideLinks(running),
    pages,
    provideParts(running),
    provideDocuments(running, status, () => recordedPage(vscode.l10n.t, settings(), status.current)),
    sayStopped(running),
    sayTrouble(status, () => void queue.flush()),
    status.onDidChange((now) => void welcome(now, context.globalState)),
    status.onDidChange((now) => void sayWhatWillGo(now, context.globalState)),
    vscode.workspace.onDidGrantWorkspaceTrust(running.sendSettings),
    log.onDidChangeLogLevel(running.sendSettings),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const setRecording = setting('daybook.recording.enabled') ? short.resume : short.pause;
      settingsChanged(change, running, setRecording).catch(failed);
    }),
  );
  tellSettingProblem();
  return {
    handlers: {
      [commands.search]: search(running, open, failed),
      [commands.openDashboard]: pages.dashboard,
      [commands.openTimeline]: pages.timeline,
      [commands.revealInTimeline]: pages.reveal,
      [commands.pause]: short.pause,
      [commands.pauseShortly]: short.pauseShortly,
      [commands.resume]: resumeEverything(running, status, short.resume),
      [commands.stopEverything]: stopEverything(running, status),
      [commands.showMenu]: showMenu(running, status),
      [commands.importNow]: importNow(running),
      [commands.openSession]: openSession(running, open),
      [commands.export]: exportRecord(running),
      [commands.exportMarkdown]: exportMarkdown(running),
      [commands.copySessionMarkdown]: copySessionMarkdown(running),
      [commands.openRecord]: openRecord(open),
      [commands.loadMoreSessions]: sessions.loadMore,
      [commands.pinSession]: pin(running, true),
      [commands.unpinSession]: pin(running, false),
      [commands.renameSession]: rename(running),
      [commands.tagSession]: tag(running),
      [commands.hideSession]: hide(running, deletions, true),
      [commands.showSessionAgain]: hide(running, deletions, false),
      [commands.deleteSession]: deleteSessions(running, deletions),
      [commands.forget]: forget(running),
      [commands.redactPast]: redactPast(running),
      [commands.encryptRecord]: encryptRecord(running, unlocking),
      [commands.unlockRecord]: unlockRecord(running, status, unlocking),
      [commands.previewRetention]: previewRetention(running),
      [commands.keepWhatWouldGo]: keepWhatWouldGo(running),
      [commands.sessionsOfFile]: sessionsOfFile(running, open),
      [commands.resumeInTerminal]: resumeInTerminal(running),
      [commands.openSourceFile]: openSourceFile(running),
      [commands.groupSessions]: groupBy(sessions),
      [commands.filterSessions]: filterSessions(sessions),
      [commands.clearFilter]: () => sessions.filterBy(''),
      [commands.listHidden]: () => sessions.listHidden(true),
      [commands.listUsual]: () => sessions.listHidden(false),
      [commands.lookAgain]: health.look,
      [commands.copyHealthReport]: copyHealthReport(running),
      [commands.dismissNotice]: dismissNotice(health),
      [commands.whatIsRecorded]: whatIsRecorded(open),
      [commands.chooseConsent]: chooseConsent,
      [commands.openSettings]: openSettings(context.extension.id),
      [commands.openDataFolder]: openDataFolder(running),
      [commands.showLog]: showLog(log),
      [commands.copyDiagnostics]: copyDiagnostics(running, context.extension),
      [commands.restartServer]: running.restart,
      [commands.trySearch]: trySearch(running),
      [commands.getStarted]: getStarted(context.extension.id),
    },
    dispose() {
      shown.dispose();
    },
  };
}

/** @param setRecording carries out what `daybook.recording.enabled` says now */
async function settingsChanged(change: vscode.ConfigurationChangeEvent, running: Server, setRecording: () => Promise<void>): Promise<void> {
  if (!change.affectsConfiguration('daybook')) return;
  if (change.affectsConfiguration('daybook.recording.enabled')) await setRecording();
  // A store stays where it was opened, so another data directory needs another server.
  if (change.affectsConfiguration('daybook.dataDirectory')) {
    tellSettingProblem();
    await running.restart();
  } else running.sendSettings();
}

function tellSettingProblem(): void {
  const problem = settingProblem();
  if (problem) void saySetting(problem);
}
