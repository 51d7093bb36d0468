import * as vscode from 'vscode';
import type { TouchingSession } from '../../shared/results.ts';
import type { Open } from '../panels/open.ts';
import type { Server } from '../server.ts';
import { sessionLook } from '../sources.ts';
import { pickLabel, withoutIcons } from '../text/label.ts';
import { age } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import { sessionTitle } from '../views/sessionText.ts';

const mostListed = 200;
const { t } = vscode.l10n;

/** *Sessions That Touched This File*: of the file that was clicked, else of the one in the editor. Enter opens a session. */
export function sessionsOfFile(server: Server, open: Open): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    if (!uri) {
      void vscode.window.showInformationMessage(t('Open the file first, or choose it in the explorer.'));
      return;
    }
    const name = pickLabel(vscode.workspace.asRelativePath(uri), 80);
    const items = server.request('daybook/touching', { file: uri.toString(), limit: mostListed }).then(({ sessions }): SessionItem[] =>
      (sessions.length > 0 ? sessions.map(sessionItem) : [{ label: t('No session that Daybook knows of touched this file.') }]));
    const chosen = await vscode.window.showQuickPick(items, { title: t('Sessions That Touched {0}', name), placeHolder: t('Choose a session to open'), matchOnDescription: true });
    if (chosen?.id !== undefined) await open.session(chosen.id);
  };
}

interface SessionItem extends vscode.QuickPickItem {
  /** Absent where the line only says something. */
  readonly id?: string;
}

function sessionItem(session: TouchingSession): SessionItem {
  const { displayName, icon } = sessionLook(session);
  const did = session.changes === 0 ? t('only looked') : counted(t, session.changes, '1 change', '{0} changes');
  return {
    label: withoutIcons(sessionTitle(t, session)), description: withoutIcons([did, age(t, session.touchedAt, new Date()), displayName].join(' · ')),
    iconPath: new vscode.ThemeIcon(icon), id: session.id,
  };
}
