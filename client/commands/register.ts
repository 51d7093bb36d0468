import * as vscode from 'vscode';
import type { CommandId } from '../../shared/contributions.ts';

/** What runs when a command is called; VS Code hands over whatever the caller gave. */
export type Command = (argument?: unknown, selected?: unknown) => unknown;

/** Registers every command there is: one that is forgotten does not compile. What goes wrong is told, not thrown at VS Code. */
export function registerCommands(handlers: Readonly<Record<CommandId, Command>>, failed: (error: unknown) => void): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        return await handler(argument, selected);
      } catch (error) {
        failed(error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
