import * as vscode from 'vscode';
import type { Server } from '../server.ts';

/** *Open Data Folder*: in the file explorer of the system, or in a new window where there is none. */
export function openDataFolder(server: Server): () => Promise<void> {
  return async () => {
    const { dataDirectory } = await server.request('daybook/status', {});
    const folder = vscode.Uri.file(dataDirectory);
    // A remote machine has no file explorer to show: `revealFileInOS` is for desktops.
    const remote = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
    await (remote
      ? vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true })
      : vscode.commands.executeCommand('revealFileInOS', folder));
  };
}
