import * as vscode from 'vscode';
import { commands, views } from '../../shared/contributions.ts';
import type { CommandId } from '../../shared/contributions.ts';
import { levelNow } from '../consent.ts';
import { consentWords } from '../consentText.ts';
import type { Server } from '../server.ts';
import type { StatusWatch } from '../status.ts';

const { t } = vscode.l10n;

interface Entry extends vscode.QuickPickItem {
  readonly command?: CommandId | `${(typeof views)[keyof typeof views]}.focus`;
  readonly argument?: unknown;
}

/** *Show Menu*: what a click on the status bar offers. */
export function showMenu(server: Server, status: StatusWatch): () => Promise<void> {
  return async () => {
    const chosen = await vscode.window.showQuickPick(entries(server, status), { title: 'Daybook', placeHolder: t('What would you like to do?') });
    if (chosen?.command !== undefined) await vscode.commands.executeCommand(chosen.command, ...(chosen.argument === undefined ? [] : [chosen.argument]));
  };
}

function entries(server: Server, status: StatusWatch): readonly Entry[] {
  if (server.state === 'failed') return [entry(t('Start Again'), 'debug-restart', commands.restartServer), entry(t('Show Log'), 'output', commands.showLog)];
  const isStopped = status.current?.stoppedSince !== undefined;
  return [
    ...(status.recording
      ? [entry(t('Pause Recording'), 'debug-pause', commands.pause), entry(t('Pause for 15 Minutes'), 'clock', commands.pauseShortly)]
      : [entry(isStopped ? t('Resume Recording in All Windows') : t('Resume Recording'), 'record', commands.resume)]),
    ...(isStopped ? [] : [entry(t('Stop Everything…'), 'stop-circle', commands.stopEverything)]),
    group(t('Recorded here')),
    ...levels(),
    group(t('Look')),
    entry(t('Search'), 'search', commands.search),
    entry(t('Today'), 'calendar', `${views.today}.focus`),
    entry(t('Health'), 'pulse', `${views.health}.focus`),
    entry(t('What Is Recorded?'), 'question', commands.whatIsRecorded),
  ];
}

/** One click for each level; the one that holds is marked. */
function levels(): readonly Entry[] {
  const now = levelNow();
  return consentWords(t).map(({ level, title, detail }) => ({
    ...entry(title, level === now ? 'pass-filled' : 'circle-large-outline', commands.chooseConsent), description: detail, argument: level,
  }));
}

function entry(label: string, icon: string, command: NonNullable<Entry['command']>): Entry {
  return { label, iconPath: new vscode.ThemeIcon(icon), command };
}

function group(label: string): Entry {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
