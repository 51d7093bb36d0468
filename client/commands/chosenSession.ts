import * as vscode from 'vscode';
import type { SessionsParams } from '../../shared/protocol.ts';
import type { Server } from '../server.ts';
import { sessionLook } from '../sources.ts';
import { withoutIcons } from '../text/label.ts';
import { age } from '../text/time.ts';
import { sessionDescription, sessionTitle } from '../views/sessionText.ts';

const mostOffered = 200;
const { t } = vscode.l10n;

/**
 * Id of the session a command is about: the argument may be an id or a node of the tree; without one the person is asked.
 * Undefined when the person chose none. Rejects when the server is not there.
 * @param only which ones are offered: those that are pinned, or hidden; else all that are not hidden
 */
export async function chosenSession(server: Server, argument: unknown, only?: SessionsParams['only']): Promise<string | undefined> {
  if (typeof argument === 'string') return argument;
  return idOfNode(argument) ?? (await ask(server, only));
}

/** Id of the session that a node of the tree stands for; undefined for anything else. */
export function idOfNode(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null || !('session' in node)) return undefined;
  const { session } = node;
  return typeof session === 'object' && session !== null && 'id' in session && typeof session.id === 'string' ? session.id : undefined;
}

/** Ids of the sessions that a command of the tree is about: all that are selected, else the one that was clicked. */
export function idsOfNodes(argument: unknown, selected: unknown): string[] {
  const nodes: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [argument];
  // With several tags a session stands in several places.
  return [...new Set(nodes.map(idOfNode).filter((id) => id !== undefined))];
}

async function ask(server: Server, only: SessionsParams['only']): Promise<string | undefined> {
  const items = server.request('daybook/sessions', { limit: mostOffered, ...(only && { only }) }).then(({ sessions }) =>
    sessions.map((session) => ({
      label: withoutIcons(sessionTitle(t, session)),
      description: withoutIcons(sessionDescription(t, session, age(t, session.endedAt, new Date()))),
      iconPath: new vscode.ThemeIcon(sessionLook(session).icon),
      id: session.id,
    })),
  );
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: t('Choose a session'), matchOnDescription: true, ignoreFocusOut: true });
  return chosen?.id;
}
