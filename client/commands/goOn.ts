import * as vscode from 'vscode';
import { resumeCommand } from '../resume.ts';
import type { Server } from '../server.ts';
import { sessionTitle } from '../views/sessionText.ts';
import { chosenSession } from './chosenSession.ts';

const { t } = vscode.l10n;

/** *Resume in Terminal*: in the session's folder, with the tool that had it. In an untrusted workspace the command is typed and not run. */
export function resumeInTerminal(server: Server): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = await chosenSession(server, argument);
    const session = id === undefined ? undefined : (await server.request('daybook/session', { id }))?.session;
    if (!session) return;
    const command = resumeCommand(session);
    if (command === undefined) throw new Error(t('The tool of this session cannot resume it by its id.'));
    const cwd = session.workspace === null ? undefined : vscode.Uri.parse(session.workspace);
    const terminal = vscode.window.createTerminal({ name: sessionTitle(t, session), ...(cwd?.scheme === 'file' && { cwd }) });
    terminal.show();
    terminal.sendText(command, vscode.workspace.isTrusted);
  };
}

/** *Open Source File*: the tool's own file, as it is. */
export function openSourceFile(server: Server): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = await chosenSession(server, argument);
    if (id === undefined) return;
    const origin = (await server.request('daybook/session', { id }))?.session.origin;
    if (origin === undefined) throw new Error(t('It is not known which file this session was read from.'));
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(origin));
  };
}
