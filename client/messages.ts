import * as vscode from 'vscode';
import { commands } from '../shared/contributions.ts';
import { sentence } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import type { Status } from '../shared/protocol.ts';
import type { Server } from './server.ts';
import type { StatusWatch } from './status.ts';
import { counted } from './text/translate.ts';

const { t } = vscode.l10n;
const welcomed = 'welcomed';

/** Says in the log, and to the person who asked for it, what went wrong. */
export function sayFailed(log: vscode.LogOutputChannel): (error: unknown) => void {
  return (error) => {
    log.error(error instanceof Error ? error : String(error));
    const showLog = t('Show Log');
    void vscode.window.showErrorMessage(t('Daybook: {0}', sentence(error)), showLog).then((chosen) => {
      if (chosen === showLog) log.show();
    });
  };
}

/** One message for the first crash of a window, one when the server is given up; the log has all of them. */
export function sayStopped(server: Server): vscode.Disposable {
  let said = false;
  return server.onDidStop(({ reason, startsAgain }) => {
    if (!startsAgain) return void offer(vscode.window.showErrorMessage, t('Daybook stopped and does not record. {0}', reason), restartChoices());
    if (said) return;
    said = true;
    vscode.window.setStatusBarMessage(t('Daybook stopped unexpectedly and is starting again.'), 8000);
  });
}

function restartChoices(): Choices {
  return { [t('Start Again')]: commands.restartServer, [t('Show Log')]: commands.showLog };
}

/** Quietly, once when nothing can be written and once when it can again; the status bar and *Health* say it all the while. */
export function sayTrouble(status: StatusWatch, onOver: () => void): vscode.Disposable {
  let isTroubled = false;
  return status.onDidChange((now) => {
    if (!now || isTroubled === (now.trouble !== undefined)) return;
    isTroubled = now.trouble !== undefined;
    if (!isTroubled) onOver();
    const message = isTroubled ? t('Daybook cannot record: {0}', now.trouble?.message ?? '') : t('Daybook records again.');
    if (now.trouble?.locked) return void offer(vscode.window.showWarningMessage, message, { [t('Unlock')]: commands.unlockRecord });
    vscode.window.setStatusBarMessage(message, 8000);
  });
}

/** After the very first import on this machine, one quiet message; the memory of it outlives the window. */
export async function welcome(status: Status | undefined, memory: vscode.Memento): Promise<void> {
  const imported = status?.imported;
  if (!imported?.firstTime || imported.sessions === 0 || memory.get(welcomed)) return;
  await memory.update(welcomed, true);
  const sessions = counted(t, imported.sessions, '1 session', '{0} sessions');
  const tools = counted(t, imported.sources.length, '1 tool', '{0} tools');
  await offer(vscode.window.showInformationMessage, t('Daybook found {0} from {1}. They stay on this machine.', sessions, tools), {
    [t('Search them')]: commands.search,
    [t('What is recorded?')]: commands.whatIsRecorded,
    [t('Choose')]: commands.chooseConsent,
  });
}

/** A setting that cannot be used as it is. */
export async function saySetting(problem: Problem): Promise<void> {
  await offer(vscode.window.showWarningMessage, problem.message, { [t('Open Settings')]: commands.openSettings });
}

type Choices = Readonly<Record<string, string>>;

/** Shows a message with buttons, each of which runs a command. */
async function offer(show: (message: string, ...titles: string[]) => Thenable<string | undefined>, message: string, choices: Choices): Promise<void> {
  const chosen = await show(message, ...Object.keys(choices));
  const command = chosen === undefined ? undefined : choices[chosen];
  if (command !== undefined) await vscode.commands.executeCommand(command);
}
