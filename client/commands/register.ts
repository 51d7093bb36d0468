import * as vscode from 'vscode';
import { commands, type CommandId } from '../../shared/contributions.ts';

/** What runs when a command is called; VS Code hands over whatever the caller gave. */
export type Command = (argument?: unknown, selected?: unknown) => unknown;

/**
 * Registers every command there is. What goes wrong is told, not thrown at VS Code.
 * @param handlers what runs, asked for when a command is called: it may not be loaded yet
 */
export function registerCommands(handlers: () => Promise<Readonly<Record<CommandId, Command>>>, failed: (error: unknown) => void): vscode.Disposable {
  const registered = Object.values(commands).map((id) =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        return await (await handlers())[id](argument, selected);
      } catch (error) {
        failed(error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
