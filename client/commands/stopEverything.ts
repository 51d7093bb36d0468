import * as vscode from 'vscode';
import type { ForgetSelection } from '../../shared/protocol.ts';
import type { Server } from '../server.ts';
import type { StatusWatch } from '../status.ts';
import { counted } from '../text/translate.ts';
import { forgetSelection } from './forget.ts';

const { t } = vscode.l10n;
const offered: readonly number[] = [5, 15, 60];
const mostMinutes = 7 * 24 * 60;

/** *Stop Everything…*: first nothing is recorded any more, by no window and no program; then it is asked what of the last minutes shall go. */
export function stopEverything(server: Server, status: StatusWatch): () => Promise<void> {
  return async () => {
    status.update(await server.request('daybook/setRecording', { recording: false, everywhere: true }));
    const selection = await chooseMinutes(Date.now());
    if (selection) await forgetSelection(server, selection);
  };
}

/** *Resume Recording*: what a person stopped everywhere goes on everywhere, else it goes on in this window. */
export function resumeEverything(server: Server, status: StatusWatch, resumeHere: () => Promise<void>): () => Promise<void> {
  return async () => {
    if (status.current?.stoppedSince !== undefined) await server.request('daybook/setRecording', { recording: true, everywhere: true });
    await resumeHere();
  };
}

interface Choice extends vscode.QuickPickItem {
  readonly minutes?: () => number | Promise<number | undefined>;
}

/** @param now when recording was stopped, milliseconds since 1970: what is asked for afterwards is about the time before */
async function chooseMinutes(now: number): Promise<ForgetSelection | undefined> {
  const choices: readonly Choice[] = [
    { label: t('Keep what is recorded'), iconPath: new vscode.ThemeIcon('check') },
    ...offered.map((minutes): Choice => ({
      label: counted(t, minutes, 'Forget the last minute', 'Forget the last {0} minutes'), iconPath: new vscode.ThemeIcon('history'), minutes: () => minutes,
    })),
    { label: t('Forget more, or less…'), iconPath: new vscode.ThemeIcon('edit'), minutes: askMinutes },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: t('Nothing is recorded any more, in any window'), ignoreFocusOut: true, placeHolder: t('It stays like that until you resume. Forget the last minutes, too?'),
  });
  const minutes = await chosen?.minutes?.();
  return minutes === undefined ? undefined : { since: new Date(now - minutes * 60_000).toISOString() };
}

async function askMinutes(): Promise<number | undefined> {
  const valid = (text: string): boolean => /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= mostMinutes;
  const text = await vscode.window.showInputBox({
    title: t('Forget the last minutes'), ignoreFocusOut: true, prompt: t('How many minutes?'), value: '30',
    validateInput: (given) => (valid(given) ? undefined : t('A whole number from 1 to {0}', mostMinutes)),
  });
  return text === undefined ? undefined : Number(text);
}
