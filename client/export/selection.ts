/** What can be taken out, as choices. */

import * as vscode from 'vscode';
import type { ExportSelection } from '../../shared/protocol.ts';
import type { Server } from '../server.ts';
import { sessionLook, sourceLook } from '../sources.ts';
import { withoutIcons } from '../text/label.ts';
import { age } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import { sessionDescription, sessionTitle } from '../views/sessionText.ts';
import { daySelection, weekday } from './text.ts';

const { t } = vscode.l10n;
const mostOffered = 500;

/** What was chosen, and a few words for it that can be a file's name. */
export interface Chosen {
  readonly selection: ExportSelection;
  readonly name: string;
}

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => Chosen | Promise<Chosen | undefined>;
}

/** Asks what is to be taken out; undefined when the person thought better of it. */
export async function chooseSelection(server: Server): Promise<Chosen | undefined> {
  const since = (days: number): ExportSelection => ({ since: new Date(new Date().setHours(0, 0, 0, 0) - (days - 1) * 86_400_000).toISOString() });
  const choices: Choice[] = [
    { label: t('Sessions…'), iconPath: new vscode.ThemeIcon('comment-discussion'), choose: () => chooseSessions(server) },
    { label: t('What a search finds…'), iconPath: new vscode.ThemeIcon('search'), choose: chooseQuery },
    { label: t('AI tools and other sources…'), iconPath: new vscode.ThemeIcon('tools'), choose: () => chooseSources(server) },
    { label: t('Today'), iconPath: new vscode.ThemeIcon('calendar'), choose: () => ({ selection: since(1), name: 'daybook today' }) },
    { label: t('A day…'), iconPath: new vscode.ThemeIcon('calendar'), choose: () => chooseDay(server) },
    { label: t('The last seven days'), iconPath: new vscode.ThemeIcon('calendar'), choose: () => ({ selection: since(7), name: 'daybook week' }) },
    { label: t('Everything'), iconPath: new vscode.ThemeIcon('database'), choose: () => ({ selection: {}, name: 'daybook' }) },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title: t('Export (1 of 3)'), ignoreFocusOut: true, placeHolder: t('What should be exported?') });
  return chosen?.choose();
}

async function chooseSessions(server: Server): Promise<Chosen | undefined> {
  const items = server.request('daybook/sessions', { limit: mostOffered }).then(({ sessions }) => sessions.map((session) => ({
    label: withoutIcons(sessionTitle(t, session)),
    description: withoutIcons(sessionDescription(t, session, age(t, session.endedAt, new Date()))),
    iconPath: new vscode.ThemeIcon(sessionLook(session).icon),
    id: session.id,
  })));
  const chosen = await vscode.window.showQuickPick(items, { title: t('Export (1 of 3)'), ignoreFocusOut: true, placeHolder: t('Which sessions?'), canPickMany: true, matchOnDescription: true });
  const [first] = chosen ?? [];
  if (!chosen || !first) return undefined;
  return { selection: { sessions: chosen.map(({ id }) => id) }, name: chosen.length === 1 ? first.label : 'daybook sessions' };
}

async function chooseQuery(): Promise<Chosen | undefined> {
  const query = await vscode.window.showInputBox({
    title: t('Export (1 of 3)'), ignoreFocusOut: true, prompt: t('Words, "phrases", prefix*, -not, OR'),
    validateInput: (text) => (text.trim() === '' ? t('What should be looked for?') : undefined),
  });
  return query === undefined ? undefined : { selection: { query }, name: `daybook ${query}` };
}

/** Those on which anything happened, the latest first. */
async function chooseDay(server: Server): Promise<Chosen | undefined> {
  const items = server.request('daybook/statistics', {}).then(({ days }) => days.toReversed().map(({ day, records }) => ({
    label: day, description: `${weekday(day, vscode.env.language)}, ${counted(t, records, '1 record', '{0} records')}`, iconPath: new vscode.ThemeIcon('calendar'),
  })));
  const chosen = await vscode.window.showQuickPick(items, { title: t('Export (1 of 3)'), ignoreFocusOut: true, placeHolder: t('Which day?'), matchOnDescription: true });
  return chosen && { selection: daySelection(chosen.label), name: `daybook ${chosen.label}` };
}

async function chooseSources(server: Server): Promise<Chosen | undefined> {
  const items = server.request('daybook/stats', {}).then(({ bySource }) => Object.entries(bySource).map(([source, records]) => {
    const { displayName, icon } = sourceLook(source);
    return { label: displayName, description: counted(t, records, '1 record', '{0} records'), iconPath: new vscode.ThemeIcon(icon), source };
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: t('Export (1 of 3)'), ignoreFocusOut: true, placeHolder: t('Which sources?'), canPickMany: true });
  if (!chosen || chosen.length === 0) return undefined;
  return { selection: { sources: chosen.map(({ source }) => source) }, name: `daybook ${chosen.map(({ source }) => source).join(' ')}` };
}
