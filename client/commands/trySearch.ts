import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';
import type { Server } from '../server.ts';

/** *Try a Search of Your Own*: the search opens with something that the newest sessions hold. */
export function trySearch(server: Server): () => Promise<void> {
  return async () => {
    const suggestion = await server.request('daybook/firstSearch', {});
    await vscode.commands.executeCommand(commands.search, suggestion?.query);
  };
}
