import * as vscode from 'vscode';
import { isConsentLevel } from '../../shared/consentLevel.ts';
import { chooseConsent as keep, levelNow, openFolders } from '../consent.ts';
import { consentWords } from '../consentText.ts';
import { plainLabel } from '../text/label.ts';
import type { Command } from './register.ts';

const { t } = vscode.l10n;

/** *Choose What Is Recorded Here…*: one click for all open folders. A caller that names a level is not asked. */
export const chooseConsent: Command = async (argument) => {
  const folders = openFolders();
  const level = isConsentLevel(argument) ? argument : await ask();
  if (level !== undefined) await keep(level, folders);
};

async function ask(): Promise<ReturnType<typeof consentWords>[number]['level'] | undefined> {
  const now = levelNow();
  const items = consentWords(t).map(({ level, title, detail }) => ({
    label: title, detail, level, ...(level === now ? { description: t('now') } : {}),
  }));
  const names = (vscode.workspace.workspaceFolders ?? []).map(({ name }) => plainLabel(name, 60)).join(', ');
  const title = names === '' ? t('What is recorded where nothing else was chosen?') : t('What is recorded in {0}?', names);
  const trust = vscode.workspace.isTrusted ? '' : ` ${t('Until the folder is trusted, no more than that something happened.')}`;
  const placeHolder = t('AI sessions are chosen apart, with the setting daybook.sources.disabled.') + trust;
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true }))?.level;
}
