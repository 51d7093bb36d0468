/** Composition only: what there is, and who gets whom. */

import { setImmediate as immediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commands } from '../shared/contributions.ts';
import { createApi } from './api.ts';
import type { DaybookApi } from './api.ts';
import { provideAttachments } from './attachments/files.ts';
import { underConsent } from './capture/consented.ts';
import { createRecordQueue } from './capture/queue.ts';
import { chooseConsent } from './commands/chooseConsent.ts';
import { copyHealthReport } from './commands/copyHealthReport.ts';
import { copySessionMarkdown } from './commands/copySessionMarkdown.ts';
import { dismissNotice } from './commands/dismissNotice.ts';
import { encryptRecord } from './commands/encryptRecord.ts';
import { exportRecord } from './commands/exportRecord.ts';
import { exportMarkdown } from './commands/exportMarkdown.ts';
import { forget } from './commands/forget.ts';
import { redactPast } from './commands/redactPast.ts';
import { openSourceFile, resumeInTerminal } from './commands/goOn.ts';
import { getStarted } from './commands/getStarted.ts';
import { importNow } from './commands/importNow.ts';
import { filterSessions, groupBy } from './commands/listSessions.ts';
import { hide, pin, rename, tag } from './commands/markSessions.ts';
import { openDataFolder } from './commands/openDataFolder.ts';
import { openRecord } from './commands/openRecord.ts';
import { openSession } from './commands/openSession.ts';
import { openSettings } from './commands/openSettings.ts';
import { pause } from './commands/pause.ts';
import { registerCommands } from './commands/register.ts';
import { keepWhatWouldGo, previewRetention } from './commands/retention.ts';
import { resume } from './commands/resume.ts';
import { search } from './commands/search.ts';
import { createShortPause, shortPauseMs } from './commands/shortPause.ts';
import { sessionsOfFile } from './commands/sessionsOfFile.ts';
import { showLog } from './commands/showLog.ts';
import { showMenu } from './commands/showMenu.ts';
import { resumeEverything, stopEverything } from './commands/stopEverything.ts';
import { trySearch } from './commands/trySearch.ts';
import { unlockRecord } from './commands/unlockRecord.ts';
import { whatIsRecorded } from './commands/whatIsRecorded.ts';
import { serverSettings, setting, settingProblem } from './connection/settings.ts';
import { levelNow } from './consent.ts';
import { createSessionPanels } from './document/panels.ts';
import { provideParts } from './document/parts.ts';
import { createUnlocking } from './encryption/unlocking.ts';
import { sayWhatWillGo } from './letGoNotice.ts';
import { createLiveRecords } from './liveRecords.ts';
import { sayFailed, saySetting, sayStopped, sayTrouble, welcome } from './messages.ts';
import { provideLinks } from './panels/links.ts';
import { createOpen } from './panels/open.ts';
import { whatIsRecorded as recordedPage } from './panels/page.ts';
import { provideDocuments } from './panels/documents.ts';
import { createServer } from './server.ts';
import type { Server } from './server.ts';
import { watchStatus } from './status.ts';
import { createStatusBar } from './statusBar.ts';
import { createDismissed } from './views/dismissed.ts';
import { createHealthView } from './views/health.ts';
import { createSessionsView } from './views/sessions.ts';
import { createTodayView } from './views/today.ts';
import { createPanels } from './webview/panels.ts';

/** Records that may wait for the server. */
const queueCapacity = 500;

let server: Server | undefined;

/** Returns before the server has started. */
export function activate(context: vscode.ExtensionContext): DaybookApi {
  const log = vscode.window.createOutputChannel('Daybook', { log: true });
  const unlocking = createUnlocking(context.secrets, log);
  const settings = () => serverSettings(context.globalStorageUri, status.recording);
  const running = createServer({ module: context.asAbsolutePath('dist/bundle/server.cjs'), log, settings, unlocking });
  server = running;
  const status = watchStatus(running, log, setting('daybook.recording.enabled'));
  const queue = createRecordQueue({
    send: (records) => running.request('daybook/record', { records }),
    log,
    capacity: queueCapacity,
  });
  const failed = sayFailed(log);
  const panels = createSessionPanels(running, context.extensionUri, log);
  const open = createOpen(running, panels);
  const sessions = createSessionsView(running, status, context.workspaceState, log);
  const health = createHealthView(running, status, createDismissed(context.globalState), log);
  const pages = createPanels({ root: context.extensionUri, server: running, status, log });
  const short = createShortPause({ pause: pause(running, status), resume: resume(running, status), failed, pauseMs: shortPauseMs });

  context.subscriptions.push(
    log,
    running,
    status,
    short,
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
    later(async () => (await import('./capture/all.ts')).captureAll({ queue, log, status }), failed),
    registerCommands(
      {
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
        [commands.hideSession]: hide(running, true),
        [commands.showSessionAgain]: hide(running, false),
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
        [commands.restartServer]: running.restart,
        [commands.trySearch]: trySearch(running),
        [commands.getStarted]: getStarted(context.extension.id),
      },
      failed,
    ),
    sayStopped(running),
    sayTrouble(status, () => void queue.flush()),
    status.onDidChange((now) => void welcome(now, context.globalState)),
    status.onDidChange((now) => void sayWhatWillGo(now, context.globalState)),
    running.onDidChangeState((state) => state === 'running' && void queue.flush()),
    vscode.workspace.onDidGrantWorkspaceTrust(running.sendSettings),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const setRecording = setting('daybook.recording.enabled') ? short.resume : short.pause;
      settingsChanged(change, running, setRecording).catch(failed);
    }),
  );
  running.start();
  tellSettingProblem();
  return createApi({ server: running, status, queue: underConsent(queue, levelNow), live: createLiveRecords(running, log), log });
}

/** Something whose code is loaded when the extension stands: it is not even read before. */
function later(load: () => Promise<vscode.Disposable>, failed: (error: unknown) => void): vscode.Disposable {
  let isOver = false;
  let loaded: vscode.Disposable | undefined;
  immediate().then(load).then((made) => {
    loaded = made;
    if (isOver) made.dispose();
  }, failed);
  return new vscode.Disposable(() => {
    isOver = true;
    loaded?.dispose();
  });
}

/** Waits for the server to write what it holds. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
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
